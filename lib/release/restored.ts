import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import type { StackState } from '../model/windows.js';
import { readServices } from '../observe/index.js';
import type { Engine } from './engine.js';
import { guardOf } from './guard.js';
import { History } from './history.js';
import type { Hold, ReleaseEnd } from './hold.js';
import { patiently } from './patience.js';
import { Phases } from './phases.js';
import type { ReleaseDraft } from './release-draft.js';
import { contentOf } from './rollback-content.js';
import { type RollbackRequest, type RollbackResult, rollbackReason } from './rollback-request.js';
import { isSettled, parameterOf } from './stack-states.js';
import { waitForRest } from './stack-wait.js';
import { servingValue } from './stored-record.js';

/**
 * A rollback that CloudFormation does by itself: the update that was cancelled goes back to the target. It is recorded as a release of its
 * own, and ends with what the stack says when it is at rest.
 */
export async function restoredRelease(
  engine: Engine,
  current: ReleaseRecord,
  request: RollbackRequest,
  target: ReleaseRecord,
): Promise<RollbackResult> {
  const left = await stoppedRelease(engine, current);
  const hold = await History.of(engine).claim(await draftOf(engine, current, left, target.number, request));
  engine.report({ kind: 'claimed', record: hold.record });
  const phases = new Phases(engine, []);
  phases.begin('restore', `waiting until v${current.number} is restored`);
  await hold.update({
    status: 'running',
    summary: `CloudFormation restores v${current.number}`,
    phases: phases.all,
    // what the `prepare` of the one that was stopped added stays in the stack
    content: {
      ...hold.record.content,
      submitted: current.content.submitted,
      prepared: left?.content.prepared ?? { kind: 'none' },
    },
    stackId: current.stackId,
  });
  return { kind: 'restored', record: await untilRestored(engine, hold, phases), target };
}

/** The same content as the release that is restored; such a record names what the stack's `Release` will say. */
async function draftOf(
  engine: Engine,
  current: ReleaseRecord,
  left: ReleaseRecord | undefined,
  target: number,
  request: RollbackRequest,
): Promise<ReleaseDraft> {
  const content = await contentOf(engine, current);
  return {
    reason: rollbackReason(request, target),
    rollbackTo: { kind: 'given', value: target },
    previous: { kind: 'given', value: current.number },
    content,
    parameters: { ...current.parameters, Release: servingValue(current) },
    platform: current.platform,
    allowed: [],
    predictedSeconds: { kind: 'none' },
    guard: await guardFrom(engine, left, current, content.template),
    notes: [],
  };
}

/** When one stops following, it is left to anybody. */
async function untilRestored(engine: Engine, hold: Hold, phases: Phases): Promise<ReleaseRecord> {
  const { stackId, stack: name } = hold.record;
  const stack = await waitForRest(engine, stackId.kind === 'given' ? stackId.value : name, () => hold.keep());
  if (engine.signal.aborted) {
    await hold.release();
    return hold.record;
  }
  phases.end();
  const end = await restoredEnd(engine, hold.record, stack);
  return hold.finish({ ...end, phases: phases.all });
}

/** What is left: the newest release that changed the stack above the one that serves. */
async function stoppedRelease(engine: Engine, current: ReleaseRecord): Promise<ReleaseRecord | undefined> {
  return (await History.of(engine).sinceServing()).map(({ record }) => record).find((record) => wasStopped(record, current));
}

async function guardFrom(engine: Engine, left: ReleaseRecord | undefined, current: ReleaseRecord, template: string) {
  if (left === undefined) return { kind: 'none' } as const;
  const bad = await History.of(engine).object(left.content.template);
  return guardOf({ number: left.number, template: bad }, { number: current.number, template });
}

const wasStopped = ({ number, status, phases }: ReleaseRecord, current: ReleaseRecord): boolean =>
  number > current.number && status === 'superseded' && phases.some(({ name }) => name === 'update');

/** A rollback that CloudFormation does: such a record names what the stack's `Release` will say. */
export const isRestoration = (record: ReleaseRecord): boolean =>
  record.reason.kind === 'rollback' && record.parameters['Release'] !== undefined;

/** How it ended, for a stack at rest. */
export async function restoredEnd(engine: Engine, record: ReleaseRecord, stack: Given<StackState>): Promise<ReleaseEnd> {
  if (stack.kind === 'none') return { status: 'cancelled', summary: 'the stack was deleted' };
  const { status } = stack.value;
  if (isSettled(status) && parameterOf(stack.value, 'Release') === servingValue(record)) {
    const { taskDefinitions } = await patiently(engine, () => readServices(engine.windows, stack.value));
    const stackId = { kind: 'given', value: stack.value.id } as const;
    return { status: 'succeeded', summary: 'restored by CloudFormation', stackId, taskDefinitions };
  }
  if (isSettled(status)) return { status: 'cancelled', summary: 'something else was released before it was restored' };
  return { status: 'failed', summary: `what served before could not be restored (${status}): the next release does that first` };
}
