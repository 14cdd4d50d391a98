import type { Given } from '../../model/given.js';
import type { Plan } from '../../model/plan.js';
import type { PinnedReference, ReleaseContent } from '../../model/release.js';
import type { SourceMap } from '../../model/template.js';
import type { StackState } from '../../model/windows.js';
import { credentialLike } from '../../parse/credential-like.js';
import type { CompiledApp } from '../../pipeline.js';
import type { PlanWords } from '../../plan/index.js';
import type { Situation } from '../../release/situation.js';
import type { AppSession } from './open.js';

/** What is compared with what runs. */
export interface Planned {
  readonly content: ReleaseContent;
  readonly parameters: Readonly<Record<string, string>>;
  readonly platform: Readonly<Record<string, string>>;
  readonly situation: Situation;
  readonly compiled: CompiledApp;
  /** Of the release that serves, when something of it goes. */
  readonly sourceMapBefore: Given<SourceMap>;
}

/** Compares with what runs, now or when our turn comes. */
export function planner(session: AppSession, planned: Planned): (running: Given<string>) => Promise<Plan> {
  const { content, parameters, platform, situation, compiled, sourceMapBefore } = planned;
  return async (running) => {
    const { planChanges } = await import('../../plan/index.js');
    const { baseline } = await import('./baseline.js');
    const names = new Set(compiled.template.parameters.map(({ id }) => id));
    // a stack that was made since then has the values of now
    const stack = running.kind === 'given' && situation.running.kind === 'given' ? situation.stack : ({ kind: 'none' } as const);
    const before = stackParameters(stack, names);
    return planChanges(
      {
        before: await baseline(session.engine, running, situation.current),
        after: content.template,
        sourceMap: compiled.sourceMap,
        sourceMapBefore,
        parameters: { before: before.plain, after: { ...before.plain, ...parameters } },
        platform: { before: stack.kind === 'given' ? before.platform : platform, after: platform },
      },
      wordsFor(situation, content.images),
    );
  };
}

/** Images as people wrote them, of every release that may have them; values of variables that look like secrets stay hidden. */
function wordsFor({ current, recent }: Situation, after: readonly PinnedReference[]): PlanWords {
  const served = current.kind === 'given' ? current.value.images : [];
  return planWords([...served, ...recent.flatMap(({ record }) => record.images)], after);
}

export const planWords = (before: readonly PinnedReference[], after: readonly PinnedReference[]): PlanWords => ({
  hides: (name, value) => credentialLike(name, value) !== undefined,
  references: { before, after },
});

/** Values of the stack's parameters that the new template has too; the release's own number is no change. */
function stackParameters(stack: Given<StackState>, names: ReadonlySet<string>) {
  const plain: Record<string, string> = {};
  const platform: Record<string, string> = {};
  for (const { name, value, resolved } of stack.kind === 'given' ? stack.value.parameters : []) {
    if (name === 'Release' || !names.has(name)) continue;
    if (resolved.kind === 'given') platform[name] = resolved.value;
    else plain[name] = value;
  }
  return { plain, platform };
}
