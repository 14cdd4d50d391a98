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
import { approve } from './approval.js';
import { baseline } from './baseline.js';
import { parseTimeout, type ReleaseFlags } from './flags.js';
import { followRelease, unlessInterrupted } from './follow.js';
import type { AppSession } from './open.js';
import type { Ending } from './outcome.js';
import { planWords } from './planner.js';
import { reasonOf } from './reason.js';

/** A restart as a command wants it. */
export interface RestartRequest {
  readonly processes: readonly string[];
  /** `web`, or the app. */
  readonly what: string;
  readonly flags: ReleaseFlags;
}

/**
 * Restarts processes by a new value of their `<Process>Restart` parameter, through the one release path. What is released is exactly what
 * serves: the app directory may have changed since, and a restart must bring none of that.
 */
export async function restartByRelease(session: AppSession, request: RestartRequest): Promise<Ending> {
  const { flags } = request;
  const situation = await settled(session, flags);
  const { current } = situation;
  if (current.kind === 'none') throw nothingServes(session);
  const prepared = await prepare(session, situation, current.value, request.processes);
  // with a release in front the stack may have its template by now: once that one is cancelled it has what serves
  const alone = situation.unfinished.length === 0;
  const plan = await prepared.replan(alone ? situation.running : { kind: 'given', value: prepared.content.template });
  await showPlan(session, plan, flags);
  const question = `Restart ${request.what}?`;
  const allowed = await approve({ plan, asks: 'destructive', flags, undone: [], question });
  const { submit } = await import('../../release/index.js');
  const asked = await reasonOf(session, 'restart', `Restart ${request.what}`, flags.message);
  // what is released comes from the commit that serves, not from the one that is checked out
  const reason = { ...asked, commit: current.value.reason.commit };
  const hold = await submit(session.engine, situation, {
    ...prepared,
    reason,
    rollbackTo: { kind: 'none' },
    plan,
    allowed,
    guard: { kind: 'none' },
    queue: flags.supersede ? 'supersede' : flags['no-queue'] ? 'fail' : 'wait',
    timeoutSeconds: parseTimeout(flags.timeout),
    keepImages: process.env['KEEP_IMAGES'] !== 'off',
  });
  const record = await followRelease(session, hold, flags);
  const done = () => `Restarted ${request.what === session.name ? request.what : `${request.what} of ${session.name}`}.`;
  return { kind: 'released', record, done, written: [], findings: plan.findings };
}

/**
 * What serves, once nothing else is on its way: a restart of what a running release is about to replace would take that release back. With
 * `--supersede` and `--no-queue` the queue of the engine decides.
 */
async function settled(session: AppSession, flags: ReleaseFlags): Promise<Situation> {
  const { followOther, readSituation, reconcile } = await import('../../release/index.js');
  for (;;) {
    const situation = await reconcile(session.engine, await readSituation(session.engine));
    const [first] = situation.unfinished;
    if (first === undefined || flags.supersede || flags['no-queue']) return situation;
    session.engine.report({ kind: 'waiting', for: first.record });
    const options = { timeoutSeconds: parseTimeout(flags.timeout) };
    unlessInterrupted(session, flags, await followOther(session.engine, first.record.number, options));
    session.screen.end();
  }
}

type Prepared = Pick<Submission, 'content' | 'parameters' | 'platform' | 'replan'>;

async function prepare(
  session: AppSession,
  situation: Situation,
  current: ReleaseRecord,
  processes: readonly string[],
): Promise<Prepared> {
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
  { content, parameters, platform }: Omit<Prepared, 'replan'>,
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

async function showPlan(session: AppSession, plan: Plan, flags: ReleaseFlags): Promise<void> {
  if (flags.json || flags.events) return;
  const { renderPlan } = await import('../../view/plan.js');
  process.stderr.write(renderPlan(plan, session.look));
}

const nothingServes = ({ name }: AppSession): Failure =>
  new Failure(name, 'no release serves, so there is nothing to restart', `see \`empire releases -a ${name}\``, 'nothing-serves');

const notOurs = (process: string): Failure =>
  new Failure(process, 'the stack has no parameter that restarts it', 'deploy the app, then restart it', 'restart-not-possible');

const moved = ({ place }: Engine, { number }: ReleaseRecord): Failure =>
  new Failure(
    place.app,
    `something else than v${number} runs by now`,
    `look with \`empire releases -a ${place.app}\`, then restart it again`,
    'release-moved',
  );
