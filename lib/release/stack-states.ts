import type { Given } from '../model/given.js';
import type { StackState, StackStatus } from '../model/windows.js';

/** An operation runs on the stack. A stack in review has none: it waits for a change set. */
export const isBusy = (status: StackStatus): boolean => status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';

/** A stack that was never created, or never completely: there is nothing that serves. */
const NEVER: readonly StackStatus[] = [
  'REVIEW_IN_PROGRESS',
  'CREATE_IN_PROGRESS',
  'CREATE_FAILED',
  'ROLLBACK_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'DELETE_COMPLETE',
];

export const serves = (stack: Given<StackState>): boolean =>
  stack.kind === 'given' && !NEVER.includes(stack.value.status) && !stack.value.status.startsWith('DELETE_');

/** Whether the stack stands still in a state from which its template is what runs. */
export const isSettled = (status: StackStatus): boolean =>
  ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'].includes(
    status,
  );

/** Whether a template's update got through: complete, and not by going back. */
export const isUpdated = (status: StackStatus): boolean => status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE';

/** Value of a stack parameter; nothing when the template has no such parameter. */
export const parameterOf = (stack: StackState, name: string): string | undefined =>
  stack.parameters.find((parameter) => parameter.name === name)?.value;
