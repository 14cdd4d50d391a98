import { createHash } from 'node:crypto';
import { formatTemplate } from '../../lib/compile/format-template.js';
import { compileApp } from '../../lib/compile/index.js';
import type { App } from '../../lib/model/app.js';
import type { Given } from '../../lib/model/given.js';
import type { JsonObject } from '../../lib/model/json.js';
import type { SourceMap } from '../../lib/model/template.js';
import type { StackState } from '../../lib/model/windows.js';
import { pinImages } from '../../lib/pin/index.js';
import { openRehearsal, type Rehearsal } from '../../lib/rehearsal/index.js';
import { given, NONE, PLATFORM } from './model-apps.js';

export const START = Date.parse('2026-06-04T14:27:00Z');

/** A rehearsed account in memory in which nobody waits. */
export const rehearsedAccount = (): Rehearsal =>
  openRehearsal({ platform: PLATFORM, root: NONE, speed: Number.POSITIVE_INFINITY, start: given(START) });

/** One update of an app's stack, from its change set to its end. */
export interface Update {
  readonly stack: StackState;
  readonly token: string;
  readonly since: number;
  readonly template: JsonObject;
  readonly sourceMap: SourceMap;
}

/** Releases an app without the engine: what CloudFormation and ECS do by themselves. */
export async function carryOut(rehearsal: Rehearsal, app: App, number: number): Promise<Update> {
  const name = 'empire-acme-inc';
  const pinned = await pinImages(app, rehearsal.registry, []);
  const compiled = compileApp({ app: pinned.app, platform: PLATFORM, ledger: [], origins: new Map() });
  if (compiled.kind === 'refused') throw new Error(JSON.stringify(compiled.problems));
  const body = formatTemplate(compiled.template);
  const token = createHash('sha256').update(`${number}`).digest('hex').slice(0, 32);
  const kind = (await rehearsal.stacks.describe(name)).kind === 'none' ? 'create' : 'update';
  const { id } = await rehearsal.stacks.createChangeSet({
    stack: name,
    name: `v${number}`,
    kind,
    template: { kind: 'body', body },
    parameters: { Release: `v${number}` },
    description: '',
    token,
  });
  await until(rehearsal, async () => {
    const state = await rehearsal.stacks.changeSet(name, id);
    return state.kind === 'given' && state.value.status === 'CREATE_COMPLETE' ? state : NONE;
  });
  const since = rehearsal.clock.now();
  await rehearsal.stacks.executeChangeSet({ stack: name, id, token });
  const stack = await until(rehearsal, async (): Promise<Given<StackState>> => {
    const state = await rehearsal.stacks.describe(name);
    return state.kind === 'given' && !state.value.status.endsWith('_IN_PROGRESS') ? state : NONE;
  });
  return { stack, token, since, template: JSON.parse(body) as JsonObject, sourceMap: compiled.sourceMap };
}

async function until<T>(rehearsal: Rehearsal, look: () => Promise<Given<T>>): Promise<T> {
  for (let tries = 0; tries < 4000; tries += 1) {
    const found = await look();
    if (found.kind === 'given') return found.value;
    await rehearsal.clock.sleep(3000);
  }
  throw new Error('it did not end');
}
