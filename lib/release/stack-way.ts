import type { Given } from '../model/given.js';
import type { StackState, StackStatus } from '../model/windows.js';

/** The way forward from a state, chosen by us. */
export type Way =
  /** Nothing is there: the change set creates. */
  | 'create'
  | 'update'
  /** Somebody's operation runs: wait until it is over, then look again. */
  | 'wait'
  /** What is there never ran: delete it, then create. */
  | 'delete'
  /** Go on with the rollback, skipping what cannot; then update. */
  | 'continue'
  /** Only a person can know. */
  | 'by-hand';

export interface WayForward {
  readonly way: Way;
  /** What is done, in one line. Empty when there is nothing to say. */
  readonly line: string;
}

const way = (name: Way, line = ''): WayForward => ({ way: name, line });

const WAIT_ROLLBACK = way('wait', 'a failed update is being undone: waiting until it is restored');

const WAYS: Readonly<Record<StackStatus, WayForward>> = {
  REVIEW_IN_PROGRESS: way('delete', 'the stack was never created: it is deleted, then created'),
  CREATE_IN_PROGRESS: way('wait', 'the stack is being created: waiting until it is done'),
  CREATE_COMPLETE: way('update'),
  CREATE_FAILED: way('delete', 'the stack could not be created: it is deleted, then created again'),
  ROLLBACK_IN_PROGRESS: way('wait', 'a failed first create is being undone: waiting until it is gone'),
  ROLLBACK_COMPLETE: way('delete', 'the first create failed and was undone: the empty stack is deleted, then created again'),
  ROLLBACK_FAILED: way('delete', 'the first create failed and could not be undone: what is left is deleted, then created again'),
  UPDATE_IN_PROGRESS: way('wait', 'the stack is being updated by something else: waiting until it is done'),
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: way('wait', 'what the last update replaced is being removed: waiting until it is gone'),
  UPDATE_COMPLETE: way('update'),
  UPDATE_FAILED: way('update', 'the last update failed and was not undone: this release updates over it'),
  UPDATE_ROLLBACK_IN_PROGRESS: WAIT_ROLLBACK,
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: WAIT_ROLLBACK,
  UPDATE_ROLLBACK_COMPLETE: way('update'),
  UPDATE_ROLLBACK_FAILED: way('continue', 'the last update failed and could not be undone: its rollback is continued first'),
  DELETE_IN_PROGRESS: way('wait', 'the stack is being deleted: waiting until it is gone'),
  DELETE_COMPLETE: way('create'),
  DELETE_FAILED: way('delete', 'the stack could not be deleted: that is tried again, keeping what cannot go'),
  IMPORT_IN_PROGRESS: way('wait', 'resources are being imported into the stack: waiting until it is done'),
  IMPORT_COMPLETE: way('update'),
  IMPORT_ROLLBACK_IN_PROGRESS: way('wait', 'an import into the stack is being undone: waiting until it is done'),
  IMPORT_ROLLBACK_FAILED: way('by-hand', 'an import into the stack could not be undone'),
  IMPORT_ROLLBACK_COMPLETE: way('update'),
};

/**
 * What to do with a stack in this state before it can be released.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html (stack status codes)
 */
export function wayForward(stack: Given<Pick<StackState, 'status'>>): WayForward {
  return stack.kind === 'none' ? way('create') : WAYS[stack.value.status];
}
