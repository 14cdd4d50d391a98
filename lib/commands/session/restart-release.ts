import { Failure } from '../../failure.js';
import type { Plan } from '../../model/plan.js';
import type { Situation } from '../../release/situation.js';
import { approve } from './approval.js';
import { parseTimeout, type ReleaseFlags } from './flags.js';
import { followRelease, unlessInterrupted } from './follow.js';
import type { AppSession } from './open.js';
import type { Ending } from './outcome.js';
import { reasonOf } from './reason.js';
import { prepareRestart } from './restart-plan.js';

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
  const prepared = await prepareRestart(session, situation, current.value, request.processes);
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
    notes: [],
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

async function showPlan(session: AppSession, plan: Plan, flags: ReleaseFlags): Promise<void> {
  if (flags.json || flags.events) return;
  const { renderPlan } = await import('../../view/plan.js');
  process.stderr.write(renderPlan(plan, session.look));
}

const nothingServes = ({ name }: AppSession): Failure =>
  new Failure(name, 'no release serves, so there is nothing to restart', `see \`empire releases -a ${name}\``, 'nothing-serves');
