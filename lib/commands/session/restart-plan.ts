import { logicalId } from '../../../constructs/resource.js';
import { Failure } from '../../failure.js';
import type { Given } from '../../model/given.js';
import type { JsonObject } from '../../model/json.js';
import type { Plan } from '../../model/plan.js';
import type { ReleaseRecord } from '../../model/release.js';
import type { SourceMap } from '../../model/template.js';
import type { Engine } from '../../release/engine.js';
import type { Situation } from '../../release/situation.js';
import type { Submission } from '../../release/submission.js';
import { baseline } from './baseline.js';
import type { AppSession } from './open.js';
import { planWords } from './planner.js';

/** What a restart submits, beside who and why. */
export type PreparedRestart = Pick<Submission, 'content' | 'parameters' | 'platform' | 'replan'>;

/** Reads back what serves, and gives the processes new values of their parameters. */
export async function prepareRestart(
  session: AppSession,
  situation: Situation,
  current: ReleaseRecord,
  processes: readonly string[],
): Promise<PreparedRestart> {
  const { engine, windows } = session;
  const { contentOf } = await import('../../release/rollback-content.js');
  const { readPlatformValues } = await import('../../observe/index.js');
  const content = await contentOf(engine, current);
  const template = JSON.parse(content.template) as JsonObject;
  const parameters = restartValues(template, processes, windows.clock.now());
  const platform = await readPlatformValues(windows, template);
  return { content, parameters, platform, replan: planner(engine, situation, current, { content, parameters, platform }) };
}

/** `<Process>Restart` → a value it never had. Its letters are those that a deployment nonce may have. */
function restartValues(template: JsonObject, processes: readonly string[], now: number): Record<string, string> {
  const value = new Date(now).toISOString().replaceAll(/[^0-9TZ]/g, '');
  const known = Object.keys((template['Parameters'] ?? {}) as JsonObject);
  return Object.fromEntries(
    processes.map((process) => {
      const name = `${logicalId(process)}Restart`;
      if (!known.includes(name)) throw notOurs(process);
      return [name, value];
    }),
  );
}

/** Compares with what runs. When our turn comes and something else runs than what is to be restarted, nothing is done. */
function planner(
  engine: Engine,
  { stack }: Situation,
  current: ReleaseRecord,
  { content, parameters, platform }: Omit<PreparedRestart, 'replan'>,
): (running: Given<string>) => Promise<Plan> {
  const has = stack.kind === 'given' ? stack.value.parameters.filter(({ name }) => name !== 'Release') : [];
  const plain = Object.fromEntries(has.flatMap((one) => (one.resolved.kind === 'none' ? [[one.name, one.value]] : [])));
  const resolved = Object.fromEntries(
    has.flatMap((one) => (one.resolved.kind === 'given' ? [[one.name, one.resolved.value]] : [])),
  );
  return async (running) => {
    const { planChanges, sameTemplate } = await import('../../plan/index.js');
    const before = await baseline(engine, running, { kind: 'given', value: current });
    if (before.kind === 'given' && !sameTemplate(before.value, content.template)) throw moved(engine, current);
    return planChanges(
      {
        before,
        after: content.template,
        sourceMap: JSON.parse(content.sourceMap) as SourceMap,
        sourceMapBefore: { kind: 'none' },
        parameters: { before: plain, after: { ...plain, ...parameters } },
        platform: { before: resolved, after: platform },
      },
      planWords(current.images, content.images),
    );
  };
}

const notOurs = (process: string): Failure =>
  new Failure(process, 'the stack has no parameter that restarts it', 'deploy the app, then restart it', 'restart-not-possible');

const moved = ({ place }: Engine, { number }: ReleaseRecord): Failure =>
  new Failure(
    place.app,
    `something else than v${number} runs by now`,
    `look with \`empire releases -a ${place.app}\`, then restart it again`,
    'release-moved',
  );
