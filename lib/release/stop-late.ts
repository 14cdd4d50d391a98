import { Failure, isTransient } from '../failure.js';
import type { StackState } from '../model/windows.js';
import type { Engine } from './engine.js';
import type { Hold } from './hold.js';
import { tokenOf } from './operation-names.js';
import { once } from './stack-operation.js';

/** `20 min`, `90 s`. */
export const duration = (seconds: number): string => (seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`);

/**
 * Undoes an update that takes too long; a first create has nothing to go back to and is deleted. False: there was nothing to stop any
 * more, or it could not be done now.
 */
export async function stopLate(engine: Engine, hold: Hold, stack: StackState, seconds: number): Promise<boolean> {
  const { stacks } = engine.windows;
  const token = tokenOf(hold.record, 'timeout');
  const creating = stack.status === 'CREATE_IN_PROGRESS';
  if (!creating && stack.status !== 'UPDATE_IN_PROGRESS') return false;
  const what = creating ? 'the stack is being deleted' : 'the update is cancelled';
  engine.report({ kind: 'note', text: `not healthy within ${duration(seconds)}: ${what}` });
  const act = () => (creating ? stacks.delete({ stack: stack.id, retain: [], token }) : stacks.cancelUpdate(stack.id, token));
  const happened = async () => {
    const now = await stacks.describe(stack.id);
    return now.kind === 'none' || now.value.status !== stack.status;
  };
  try {
    await once(engine, act, happened);
    return true;
  } catch (error) {
    // it ended in the same moment, or nothing answers: the next look says how
    if (error instanceof Failure && (error.code === 'outside-refused' || isTransient(error))) return false;
    throw error;
  }
}
