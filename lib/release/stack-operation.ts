import { isTransient } from '../failure.js';
import type { Given } from '../model/given.js';
import type { StackEvent, StackState } from '../model/windows.js';
import type { Engine } from './engine.js';
import type { Hold } from './hold.js';
import { patiently } from './patience.js';
import { isBusy } from './stack-states.js';

/** Events that are read to know how an operation went. Each of them carries its token, so the newest will do. */
const EVENTS = 300;

/** Milliseconds between two looks at a stack that changes. */
const LOOK_EVERY = 3_000;

/** Pauses before a call that changes something is repeated, milliseconds. */
const PAUSES = [1_000, 3_000, 6_000];

/**
 * A call that changes something. An attempt that failed for a reason that may pass may have been carried out all the same: look
 * before it is repeated.
 */
export async function once(engine: Engine, act: () => Promise<void>, happened: () => Promise<boolean>): Promise<void> {
  for (const pause of PAUSES) {
    try {
      return await act();
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
    await engine.windows.clock.sleep(pause);
    if (await patiently(engine, happened)) return;
  }
  await act();
}

/** Whether an operation with this token ever began on the stack. A stack that is gone has no events. */
export async function operationSeen(engine: Engine, stack: string, token: string): Promise<boolean> {
  return (await operationEvents(engine, stack)).some((event) => event.token.kind === 'given' && event.token.value === token);
}

/** Oldest first; nothing for a stack that is not there. */
export async function operationEvents(engine: Engine, stack: string): Promise<readonly StackEvent[]> {
  const { stacks } = engine.windows;
  if ((await patiently(engine, () => stacks.describe(stack))).kind === 'none') return [];
  return patiently(engine, () => stacks.events(stack, { after: { kind: 'none' }, limit: EVENTS }));
}

/** Waits until no operation runs on the stack; the record stays ours meanwhile. None: the stack is gone. */
export async function stackAtRest(
  engine: Engine,
  hold: Hold,
  stack: string,
  moved: (state: StackState) => Promise<void> = async () => {},
): Promise<Given<StackState>> {
  for (;;) {
    await hold.keep();
    const state = await patiently(engine, () => engine.windows.stacks.describe(stack));
    if (state.kind === 'none' || !isBusy(state.value.status)) return state;
    await moved(state.value);
    await engine.windows.clock.sleep(LOOK_EVERY);
  }
}
