import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import type { StackState } from '../model/windows.js';
import type { Engine } from './engine.js';
import { History, type StoredRecord } from './history.js';
import { patiently } from './patience.js';
import { serves } from './stack-states.js';
import { isFinished } from './stored-record.js';

/** What there is before anything is changed. */
export interface Situation {
  readonly stack: Given<StackState>;
  /** Newest first, back to the newest that succeeded and usually beyond. */
  readonly recent: readonly StoredRecord[];
  /** The newest that succeeded, while there is a stack that serves. */
  readonly current: Given<ReleaseRecord>;
  /** Lowest number first: the first one alone may touch the stack. */
  readonly unfinished: readonly StoredRecord[];
  /** Template body of the stack; none when it has none. */
  readonly running: Given<string>;
}

/** Reads only; at most two calls in sequence. */
export async function readSituation(engine: Engine): Promise<Situation> {
  const [{ stack, running }, recent] = await Promise.all([readStack(engine), History.of(engine).sinceServing()]);
  return situationOf(stack, running, recent);
}

/** The same from what was read already. */
export function situationOf(stack: Given<StackState>, running: Given<string>, recent: readonly StoredRecord[]): Situation {
  const unfinished = recent.filter(({ record }) => !isFinished(record.status)).reverse();
  return { stack, recent, current: serves(stack) ? newestSucceeded(recent) : { kind: 'none' }, unfinished, running };
}

/** The newest release that succeeded, whether its stack is still there or not. */
export function newestSucceeded(recent: readonly StoredRecord[]): Given<ReleaseRecord> {
  const found = recent.find(({ record }) => record.status === 'succeeded');
  return found === undefined ? { kind: 'none' } : { kind: 'given', value: found.record };
}

async function readStack(engine: Engine): Promise<Pick<Situation, 'stack' | 'running'>> {
  const { stacks } = engine.windows;
  const stack = await patiently(engine, () => stacks.describe(engine.place.stack));
  if (!hasTemplate(stack)) return { stack, running: { kind: 'none' } };
  const body = await patiently(engine, () => stacks.template(engine.place.stack));
  return { stack, running: { kind: 'given', value: body } };
}

/** A stack in review has only a change set; one that was rolled back on creation has nothing left of its template. */
const hasTemplate = (stack: Given<StackState>): boolean =>
  stack.kind === 'given' && !['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'DELETE_COMPLETE'].includes(stack.value.status);
