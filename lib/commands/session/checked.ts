import { formatTemplate } from '../../compile/format-template.js';
import type { App } from '../../model/app.js';
import type { JsonObject } from '../../model/json.js';
import type { RegistryWindow } from '../../model/windows.js';
import type { CompiledApp } from '../../pipeline.js';
import type { Situation } from '../../release/situation.js';
import type { AppSession } from './open.js';

/** What is checked, with the answers that are on their way already. */
export interface CheckedRelease {
  readonly session: AppSession;
  readonly compiled: CompiledApp;
  /** With the images to look for. */
  readonly app: App;
  readonly registry: RegistryWindow;
  readonly situation: Promise<Situation>;
  readonly values: Promise<Readonly<Record<string, string>>>;
}

/** Step 4 of a deploy: throws the first thing that stands in its way. */
export async function checkRelease({ session, compiled, app, registry, situation, values }: CheckedRelease): Promise<void> {
  const { checkInput, firstRefusal, runChecks } = await import('../../check/index.js');
  const { place, caller, platform } = session;
  const facts = { windows: { ...session.windows, registry }, place, caller, platform, app, origins: compiled.origins };
  const stack = situation.then((now) => now.stack);
  const template = JSON.parse(formatTemplate(compiled.template)) as JsonObject;
  const refusal = firstRefusal(await runChecks(checkInput(facts, template, { stack, platformValues: values })));
  if (refusal !== undefined) throw refusal;
}
