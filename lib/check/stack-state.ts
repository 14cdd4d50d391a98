import type { StackStatus } from '../model/windows.js';
import { no, ok, skip } from './answer.js';
import type { Rule } from './rule.js';

const NAME = 'stack-state';

/** The stack is in a state from which a release can go on; each that is not ready has a way forward, which is said. */
export const stackState: Rule = {
  name: NAME,
  run: async ({ place, stack }) => {
    const found = await stack();
    if (found.kind === 'none') return [skip(NAME, place.stack, 'there is no stack yet')];
    const { status } = found.value;
    const way = WAY[status];
    if (way !== undefined) return [ok(NAME, place.stack, `${status}: ${way}`)];
    const text = `${status}: a release cannot go on from here`;
    const hint = 'finish or undo the import in the CloudFormation console, then try again';
    return [no(NAME, place.stack, { text, hint, code: 'stack-stuck' })];
  },
};

const BUSY = 'a release waits until it is done';
const FRESH = 'never made; the next release deletes it and makes it anew';

const WAY: Partial<Record<StackStatus, string>> = {
  CREATE_COMPLETE: 'ready',
  UPDATE_COMPLETE: 'ready',
  UPDATE_ROLLBACK_COMPLETE: 'ready; the last update was undone',
  IMPORT_COMPLETE: 'ready',
  IMPORT_ROLLBACK_COMPLETE: 'ready',
  UPDATE_FAILED: 'the next release goes on from it',
  REVIEW_IN_PROGRESS: FRESH,
  CREATE_FAILED: FRESH,
  ROLLBACK_COMPLETE: FRESH,
  ROLLBACK_FAILED: FRESH,
  DELETE_FAILED: 'the next release finishes the deletion and makes it anew',
  UPDATE_ROLLBACK_FAILED: 'the next release continues the rollback first',
  CREATE_IN_PROGRESS: BUSY,
  ROLLBACK_IN_PROGRESS: BUSY,
  UPDATE_IN_PROGRESS: BUSY,
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: BUSY,
  UPDATE_ROLLBACK_IN_PROGRESS: BUSY,
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: BUSY,
  DELETE_IN_PROGRESS: BUSY,
  IMPORT_IN_PROGRESS: BUSY,
  IMPORT_ROLLBACK_IN_PROGRESS: BUSY,
};
