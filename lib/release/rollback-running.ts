import type { ReleaseRecord } from '../model/release.js';
import { sameTemplate } from '../plan/template-json.js';
import { endRecord } from './end-record.js';
import type { Engine } from './engine.js';
import { finishDead } from './finish-dead.js';
import { History } from './history.js';
import { restoredRelease } from './restored.js';
import { carriedContent, contentOf } from './rollback-content.js';
import type { RollbackRequest, RollbackResult } from './rollback-request.js';
import type { Situation } from './situation.js';
import { interrupted } from './stack-recovery.js';
import { waitForRest } from './stack-wait.js';
import { type Stop, type Stopped, stopRelease } from './stop-release.js';
import { isFinished } from './stored-record.js';

/** What became of the release that was in progress. */
export type StoppedForRollback =
  /** The rollback is done with that. */
  | { readonly kind: 'done'; readonly result: RollbackResult }
  /** It had not begun. */
  | { readonly kind: 'ended'; readonly record: ReleaseRecord }
  /** It is over, or the stack goes back: the update forward comes next. */
  | { readonly kind: 'next' };

/** Milliseconds between two looks at a release whose end is waited for. */
const LOOK_EVERY = 3_000;

/** Stops the release in progress and those that wait behind it. */
export async function stopForRollback(
  engine: Engine,
  situation: Situation,
  request: RollbackRequest,
  target: ReleaseRecord | undefined,
): Promise<StoppedForRollback> {
  const [first, ...others] = situation.unfinished.map(({ record }) => record);
  if (first === undefined) return { kind: 'next' };
  const to = target === undefined ? 'ended by a rollback' : `ended by a rollback to v${target.number}`;
  const before = () => endOthers(engine, others, to);
  const stopped = await stopRelease(engine, first, { status: 'superseded', summary: to, before });
  if (stopped.kind === 'ended')
    return target === undefined ? stoppedResult(stopped.record) : { kind: 'ended', record: stopped.record };
  sayWhat(engine, stopped, target);
  if (stopped.kind === 'too-late' || stopped.kind === 'undoing') return whenOver(engine, first, before);
  if (target === undefined || stopped.kind === 'deleting') return whenGone(engine, situation, stopped.record);
  const { current } = situation;
  if (current.kind === 'none' || !(await isRestored(engine, current.value, request, target))) return { kind: 'next' };
  return { kind: 'done', result: await restoredRelease(engine, current.value, request, target) };
}

/** From the newest down, so that none of them has its turn. */
async function endOthers(engine: Engine, others: readonly ReleaseRecord[], summary: string): Promise<void> {
  for (const { number } of [...others].reverse()) {
    await endRecord(engine, number, () => ({ status: 'superseded', summary }) satisfies Omit<Stop, 'before'>);
  }
}

function sayWhat({ report }: Engine, { kind, record }: Stopped, target: ReleaseRecord | undefined): void {
  const name = `v${record.number}`;
  const text = {
    ended: '',
    restoring: `${name} is cancelled: CloudFormation goes back to what served before it`,
    deleting: `${name} is the first create: its stack is deleted`,
    undoing: `${name} failed, and CloudFormation undoes it: waiting until that is done`,
    'too-late': `the update of ${name} is through and cannot be cancelled: waiting until what it replaced is gone`,
  }[kind];
  report({ kind: 'note', text: target === undefined || kind === 'deleting' ? text : `${text}; then v${target.number}` });
}

/** Waits until the release has ended by itself, with what it came to in its record. */
async function whenOver(engine: Engine, record: ReleaseRecord, before: () => Promise<void>): Promise<StoppedForRollback> {
  await before();
  for (;;) {
    await waitForRest(engine, engine.place.stack);
    const stored = await History.of(engine).get(record.number);
    if (stored.kind === 'none' || isFinished(stored.value.record.status)) return { kind: 'next' };
    if (stored.value.dead) await finishDead(engine, stored.value);
    else await engine.windows.clock.sleep(LOOK_EVERY, engine.signal);
    if (engine.signal.aborted) throw interrupted(engine);
  }
}

async function whenGone(engine: Engine, { stack }: Situation, record: ReleaseRecord): Promise<StoppedForRollback> {
  await waitForRest(engine, stack.kind === 'given' ? stack.value.id : engine.place.stack);
  return stoppedResult(record);
}

const stoppedResult = (record: ReleaseRecord): StoppedForRollback => ({ kind: 'done', result: { kind: 'stopped', record } });

/** Whether what CloudFormation goes back to is what the rollback wants. */
async function isRestored(
  engine: Engine,
  current: ReleaseRecord,
  { withScale }: RollbackRequest,
  target: ReleaseRecord,
): Promise<boolean> {
  if (current.number === target.number) return true;
  const [wanted, restored] = await Promise.all([
    carriedContent(engine, target, withScale ? { kind: 'none' } : { kind: 'given', value: current }),
    contentOf(engine, current),
  ]);
  return sameTemplate(wanted.content.template, restored.template);
}
