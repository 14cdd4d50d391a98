import type { Plan } from '../../model/plan.js';
import type { ReleaseRecord } from '../../model/release.js';
import { renderProblems } from '../../view/problem.js';
import { approve, canAsk } from './approval.js';
import type { Change } from './change.js';
import { sayWritten, writeEdits } from './edits.js';
import { parseTimeout, type ReleaseFlags } from './flags.js';
import { followRelease } from './follow.js';
import type { AppSession } from './open.js';
import { type Ending, sayEnding } from './outcome.js';
import { type PlannedRelease, planRelease } from './planned.js';
import { reasonOf } from './reason.js';
import { undoneValues } from './undone.js';

export type { Change } from './change.js';
export type { FileEdit } from './edits.js';

/** A release that was planned and checked: what is left is somebody's word. */
export interface ReadyRelease {
  readonly planned: PlannedRelease;
  /** Values of the running release that it would take back, a line each. */
  readonly undone: readonly string[];
}

/** The one path of every command that makes a release from the app directory; gives the exit code. */
export async function releaseApp(session: AppSession, change: Change): Promise<number> {
  const { flags } = change;
  const ready = await readyRelease(session, change);
  await showPlan(session, flags, ready);
  const { plan } = ready.planned;
  const allowed =
    plan.kind === 'none'
      ? []
      : await approve({ plan, asks: change.asks, flags, undone: ready.undone, question: questionOf(session, change) });
  return sayEnding(session, flags, await carryOut(session, change, ready.planned, allowed));
}

const questionOf = ({ name }: AppSession, { kind }: Change): string =>
  kind === 'deploy' ? `Deploy ${name}?` : `Change ${name}?`;

/** Steps 1 to 5: only reads. */
export async function readyRelease(session: AppSession, change: Change): Promise<ReadyRelease> {
  const planned = await planRelease(session, change);
  if (change.flags['no-queue']) (await import('../../release/queue.js')).refuseQueue(planned.situation);
  const { refuseGuarded } = await import('../../release/guard.js');
  refuseGuarded(planned.situation.recent, session.name, planned.content.template, change.flags.force);
  return { planned, undone: await undoneValues(session, planned) };
}

/** The plan on stderr; what would be taken back comes first. */
export async function showPlan(session: AppSession, flags: ReleaseFlags, { planned, undone }: ReadyRelease): Promise<void> {
  if ((flags.json || flags.events) && !canAsk(flags)) return;
  const { renderPlan } = await import('../../view/plan.js');
  const first = undone.map((line) => `${line}\n`).join('');
  const plan = planned.plan.kind === 'none' ? '' : renderPlan(planned.plan, session.look);
  process.stderr.write(`${renderProblems(planned.problems)}${first}${plan}`);
}

/** Steps 6 to 11, with what was allowed. */
export async function carryOut(
  session: AppSession,
  change: Change,
  planned: PlannedRelease,
  allowed: readonly string[],
): Promise<Ending> {
  const written = writeEdits(session, planned.edits);
  sayWritten(written, change.flags, planned.edits);
  if (planned.plan.kind === 'none' && !(await isStuck(planned))) return unchanged(session, planned, written);
  const record = await submitAndFollow(session, change, planned, allowed);
  return { kind: 'released', record, done: (ended) => change.done(ended, planned.app), written, findings: planned.plan.findings };
}

/** The same template may be due once more: the stack is stuck, or is not what CloudFormation believes. */
async function isStuck({ situation }: PlannedRelease): Promise<boolean> {
  const { needsRelease } = await import('../../release/index.js');
  return needsRelease(situation);
}

function unchanged({ name }: AppSession, { situation }: PlannedRelease, written: readonly string[]): Ending {
  const { current } = situation;
  const serves = current.kind === 'given' ? `: v${current.value.number} already serves this` : '';
  return { kind: 'unchanged', written, current, text: `nothing to change in ${name}${serves}` };
}

/** The time that was predicted is kept too: later it must be known what it did not hold. */
const leftOut = ({ unpredicted }: Plan): readonly string[] =>
  unpredicted.map((what) => `the predicted time is without ${what}, whose time is not known yet`);

async function submitAndFollow(
  session: AppSession,
  change: Change,
  planned: PlannedRelease,
  allowed: readonly string[],
): Promise<ReleaseRecord> {
  const { flags } = change;
  const [{ submit }, { reconcile }] = await Promise.all([import('../../release/index.js'), import('../../release/reconcile.js')]);
  const description = change.describe(planned.situation.current, planned.app);
  const reason = await reasonOf(session, change.kind, description, flags.message);
  return session.interrupt.during(async () => {
    try {
      const situation = await reconcile(session.engine, planned.situation);
      const hold = await submit(session.engine, situation, {
        reason,
        rollbackTo: { kind: 'none' },
        content: planned.content,
        parameters: planned.parameters,
        platform: planned.platform,
        plan: planned.plan,
        replan: planned.replan,
        allowed,
        guard: { kind: 'none' },
        notes: [...change.notes(planned.plan), ...leftOut(planned.plan)],
        queue: flags.supersede ? 'supersede' : flags['no-queue'] ? 'fail' : 'wait',
        timeoutSeconds: parseTimeout(flags.timeout),
        keepImages: process.env['KEEP_IMAGES'] !== 'off',
      });
      return await followRelease(session, hold, flags);
    } finally {
      session.screen.end();
    }
  });
}
