import type { Given } from '../model/given.js';
import type { StackState } from '../model/windows.js';
import type { Engine } from './engine.js';
import { patiently } from './patience.js';
import { isBusy } from './stack-states.js';

/** Milliseconds between two looks. */
const LOOK_EVERY = 3_000;

/**
 * Waits until no operation runs on the stack. None: it is gone. Ends early, with the state as it is, when one stops following.
 *
 * @param stack ARN or name; only an ARN tells a deleted stack from a new one of the same name
 */
export async function waitForRest(
  engine: Engine,
  stack: string,
  each: () => Promise<void> = async () => undefined,
): Promise<Given<StackState>> {
  for (;;) {
    await each();
    const state = await patiently(engine, () => engine.windows.stacks.describe(stack));
    if (state.kind === 'none' || !isBusy(state.value.status) || engine.signal.aborted) return state;
    await engine.windows.clock.sleep(LOOK_EVERY, engine.signal);
  }
}
