import { Failure } from '../failure.js';
import type { ReleasePhase, ReleaseRecord } from '../model/release.js';
import type { StackState } from '../model/windows.js';
import { endRecord, seizeRecord } from './end-record.js';
import type { Engine } from './engine.js';
import type { ReleaseEnd } from './hold.js';
import { tokenOf } from './operation-names.js';
import { patiently } from './patience.js';
import { once } from './stack-operation.js';
import { isBusy } from './stack-states.js';
import { deleteChangeSets, stopWork } from './stop-work.js';
import { readTouched, type Touched } from './touched.js';

/** How a release was stopped. */
export type Stopped =
  /** It had not begun to change what runs. */
  | { readonly kind: 'ended'; readonly record: ReleaseRecord }
  /** CloudFormation goes back to what was there before. */
  | { readonly kind: 'restoring'; readonly record: ReleaseRecord }
  /** A first create: there is nothing to go back to, so the stack is deleted. */
  | { readonly kind: 'deleting'; readonly record: ReleaseRecord }
  /** It failed, and CloudFormation goes back already. */
  | { readonly kind: 'undoing'; readonly record: ReleaseRecord }
  /** It is through: only what it replaced is being removed. */
  | { readonly kind: 'too-late'; readonly record: ReleaseRecord };

/** How a release that is stopped ends. */
export interface Stop extends ReleaseEnd {
  /** Done when it can no longer go on, and before it ends and the next one has its turn. */
  readonly before: () => Promise<void>;
}

/**
 * Stops a release, whoever works on it. When its update runs, the first call that changes anything is the one that cancels it; only then
 * is the record ended, which its owner notices.
 */
export async function stopRelease(engine: Engine, record: ReleaseRecord, stop: Stop): Promise<Stopped> {
  const stack = await patiently(engine, () => engine.windows.stacks.describe(engine.place.stack));
  if (stack.kind === 'none') return { kind: 'ended', record: await ended(engine, record, stop) };
  const touched = await readTouched(engine, record, stack.value);
  if (isBusy(stack.value.status) && touched.how !== 'none') return stopUpdate(engine, record, stack.value, stop);
  return stopBefore(engine, record, stack.value, stop, touched);
}

async function stopUpdate(engine: Engine, record: ReleaseRecord, stack: StackState, stop: Stop): Promise<Stopped> {
  if (stack.status === 'CREATE_IN_PROGRESS') {
    await deleteCreated(engine, record, stack);
    return { kind: 'deleting', record: await ended(engine, record, stop) };
  }
  if (stack.status.startsWith('ROLLBACK') || stack.status.startsWith('UPDATE_ROLLBACK')) return { kind: 'undoing', record };
  if (stack.status !== 'UPDATE_IN_PROGRESS') return { kind: 'too-late', record };
  if (!(await cancelUpdate(engine, record, stack))) return stopRelease(engine, record, stop);
  const phases = withUpdate(record, engine.windows.clock.now());
  return { kind: 'restoring', record: await ended(engine, record, { ...stop, phases }) };
}

/** Its owner may not have written yet that its update began: later it must be known that something had to be undone. */
function withUpdate({ phases }: ReleaseRecord, now: number): readonly ReleasePhase[] {
  if (phases.some(({ name }) => name === 'update')) return phases;
  return [...phases, { name: 'update', startedAt: now, endedAt: { kind: 'none' } }];
}

/**
 * It is taken from its owner first, who can then neither go on nor end it; then its change set and its release task go. Had its update begun
 * in that moment, it is cancelled.
 */
async function stopBefore(
  engine: Engine,
  record: ReleaseRecord,
  stack: StackState,
  stop: Stop,
  { how }: Touched,
): Promise<Stopped> {
  if (how === 'executed') return { kind: 'too-late', record };
  const hold = await seizeRecord(engine, record.number, stop.summary);
  if (hold.kind === 'none') return { kind: 'ended', record: await ended(engine, record, stop) };
  await stopWork(engine, record, stack, stop.summary, () => hold.value.keep());
  const { before, ...end } = stop;
  await before();
  const finished = await hold.value.finish(end);
  // its owner may have made one in that moment
  await deleteChangeSets(engine, record, stack);
  const now = await patiently(engine, () => engine.windows.stacks.describe(stack.id));
  if (now.kind === 'none' || !isBusy(now.value.status)) return { kind: 'ended', record: finished };
  if ((await readTouched(engine, record, now.value)).how === 'none') return { kind: 'ended', record: finished };
  return { ...(await stopUpdate(engine, record, now.value, stop)), record: finished };
}

/** False: it can no longer be cancelled, since the update ended in the meantime. */
async function cancelUpdate(engine: Engine, record: ReleaseRecord, stack: StackState): Promise<boolean> {
  const { stacks } = engine.windows;
  const isOver = async () => {
    const now = await stacks.describe(stack.id);
    return now.kind === 'none' || now.value.status !== 'UPDATE_IN_PROGRESS';
  };
  try {
    await once(engine, () => stacks.cancelUpdate(stack.id, tokenOf(record, 'cancel')), isOver);
    return true;
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'outside-refused' || !(await patiently(engine, isOver))) throw error;
    return false;
  }
}

async function deleteCreated(engine: Engine, record: ReleaseRecord, stack: StackState): Promise<void> {
  const { stacks } = engine.windows;
  const isGoing = async () => {
    const now = await stacks.describe(stack.id);
    return now.kind === 'none' || now.value.status.startsWith('DELETE_');
  };
  await once(engine, () => stacks.delete({ stack: stack.id, retain: [], token: tokenOf(record, 'cancel') }), isGoing);
}

async function ended(engine: Engine, record: ReleaseRecord, { before, ...end }: Stop): Promise<ReleaseRecord> {
  await before();
  const now = await endRecord(engine, record.number, () => end);
  return now.kind === 'given' ? now.value : record;
}
