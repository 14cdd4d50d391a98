import type { ReleaseRecord } from '../model/release.js';
import type { StackEvent, StackState } from '../model/windows.js';
import { tokenOf } from './operation-names.js';
import { isUpdated, parameterOf } from './stack-states.js';
import { servingValue } from './stored-record.js';

/** How a release's update of the stack went, for a stack at rest. */
export type Outcome =
  /** Nothing of it is in the stack. */
  | { readonly kind: 'untouched' }
  /** Only what its release process needs was added. */
  | { readonly kind: 'prepared' }
  | { readonly kind: 'complete' }
  /** The stack is as it was before. */
  | { readonly kind: 'undone'; readonly by: 'itself' | 'person' | 'timeout' }
  /** It is neither what was wanted nor what it was. */
  | { readonly kind: 'stuck' };

const STACK = 'AWS::CloudFormation::Stack';

/** From the stack's own events; the parameter `Release` tells when they do not. */
export function outcomeOf(record: ReleaseRecord, stack: StackState, events: readonly StackEvent[]): Outcome {
  const has = (operation: 'prepare' | 'execute' | 'cancel' | 'timeout') =>
    events.some((one) => isOf(one, tokenOf(record, operation)));
  const says = stack.status !== 'REVIEW_IN_PROGRESS' && parameterOf(stack, 'Release') === servingValue(record);
  if (says && isUpdated(stack.status)) return { kind: 'complete' };
  if (!has('execute') && !says) return { kind: has('prepare') ? 'prepared' : 'untouched' };
  const end = endOfOperation(events, tokenOf(record, 'execute'), stack.name);
  if (end === 'UPDATE_COMPLETE' || end === 'CREATE_COMPLETE') return { kind: 'complete' };
  if (stack.status.endsWith('_FAILED')) return { kind: 'stuck' };
  const by = has('timeout') ? 'timeout' : has('cancel') || byPerson(events, record, stack.name) ? 'person' : 'itself';
  return { kind: 'undone', by };
}

const isOf = ({ token }: StackEvent, wanted: string): boolean => token.kind === 'given' && token.value === wanted;

/** The status with which the stack came to rest after the operation began. */
function endOfOperation(events: readonly StackEvent[], token: string, name: string): string | undefined {
  const from = events.findIndex((event) => isOf(event, token));
  const own = from < 0 ? [] : events.slice(from).filter(({ type, resource }) => type === STACK && resource === name);
  return own.map(({ status }) => status).find((status) => !status.endsWith('_IN_PROGRESS'));
}

/** A person can also press the button in the console: then the way back begins on their word, not because something failed. */
function byPerson(events: readonly StackEvent[], record: ReleaseRecord, name: string): boolean {
  const from = events.findIndex((event) => isOf(event, tokenOf(record, 'execute')));
  const back = (from < 0 ? [] : events.slice(from)).find(
    ({ type, resource, status }) => type === STACK && resource === name && status === 'UPDATE_ROLLBACK_IN_PROGRESS',
  );
  return back?.reason.kind === 'given' && /user initiated/i.test(back.reason.value);
}
