import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import type { StackState } from '../model/windows.js';
import { endFromStack } from './conclude.js';
import type { Engine } from './engine.js';
import { History, type StoredRecord } from './history.js';
import type { Hold, ReleaseEnd } from './hold.js';
import { patiently } from './patience.js';
import { isRestoration } from './restored.js';
import { isBusy } from './stack-states.js';
import { stopWork } from './stop-work.js';
import { readTouched, type Touched } from './touched.js';

/**
 * Ends a release nobody works on, with what the stack says of it. False: it cannot be said yet, since the stack still moves; or somebody
 * else was first.
 *
 * The stack is looked at again here: its owner may have begun the update after the caller looked, and left the release to anybody.
 */
export async function finishDead(engine: Engine, stored: StoredRecord): Promise<boolean> {
  const { record } = stored;
  const seen = await describe(engine);
  if (seen.kind === 'none' || isAnother(record, seen.value))
    return end(engine, stored, async () => cancelled(goneSummary(record)));
  const how = await howFar(engine, record, seen.value);
  // after its events, so that an update which they do not show yet cannot have ended
  const stack = await describe(engine);
  if (stack.kind === 'none') return end(engine, stored, async () => cancelled(goneSummary(record)));
  if (how !== 'none' && isBusy(stack.value.status)) return false;
  if (how === 'executed') return end(engine, stored, (hold) => endFromStack(engine, hold.record, stack, () => hold.keep()));
  await stopWork(engine, record, stack.value, `empire: ${record.app} v${record.number} was left by its maker`);
  if ((await howFar(engine, record, stack.value)) !== how) return false;
  return end(engine, stored, async () => cancelled(how === 'none' ? NEVER_STARTED : ONLY_PREPARED));
}

const describe = (engine: Engine): Promise<Given<StackState>> =>
  patiently(engine, () => engine.windows.stacks.describe(engine.place.stack));

const howFar = async (engine: Engine, record: ReleaseRecord, stack: StackState): Promise<Touched['how']> =>
  isRestoration(record) ? 'executed' : (await readTouched(engine, record, stack)).how;

/** The stack it worked on is gone, and one was made again under its name. */
const isAnother = ({ stackId }: ReleaseRecord, { id }: StackState): boolean => stackId.kind === 'given' && stackId.value !== id;

const NEVER_STARTED = 'never started';
const ONLY_PREPARED = 'stopped before it changed a running process; what its release process needs was added';

const goneSummary = ({ status }: ReleaseRecord): string => (status === 'pending' ? NEVER_STARTED : 'the stack was deleted');

const cancelled = (summary: string): ReleaseEnd => ({ status: 'cancelled', summary });

async function end(engine: Engine, stored: StoredRecord, decide: (hold: Hold) => Promise<ReleaseEnd>): Promise<boolean> {
  const hold = await History.of(engine).take(stored);
  if (hold.kind === 'none') return false;
  await hold.value.finish(await decide(hold.value));
  return true;
}
