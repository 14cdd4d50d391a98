import type { ReleaseRecord } from '../model/release.js';
import type { StackEvent, StackState } from '../model/windows.js';
import type { Engine } from './engine.js';
import { type Operation, tokenOf } from './operation-names.js';
import { patiently } from './patience.js';
import { parameterOf } from './stack-states.js';
import { servingValue } from './stored-record.js';

/** Events that are looked through for our tokens. */
const LOOK_BACK = 200;

/** How far a release came: the stack's own events carry its tokens. */
export interface Touched {
  /** `none`: it never touched the stack. `prepared`: only the ground for its release process. `executed`: it began to change what runs. */
  readonly how: 'none' | 'prepared' | 'executed';
  /** Somebody stopped it. */
  readonly cancelled: boolean;
}

export async function readTouched(engine: Engine, record: ReleaseRecord, stack: StackState): Promise<Touched> {
  const query = { after: { kind: 'none' }, limit: LOOK_BACK } as const;
  const events = await patiently(engine, () => engine.windows.stacks.events(stack.id, query));
  return touchedBy(events, record, stack);
}

/** The parameter `Release` also tells, for a stack whose events are gone. */
export function touchedBy(events: readonly StackEvent[], record: ReleaseRecord, stack: StackState): Touched {
  const has = (operation: Operation) =>
    events.some(({ token }) => token.kind === 'given' && token.value === tokenOf(record, operation));
  const says = stack.status !== 'REVIEW_IN_PROGRESS' && parameterOf(stack, 'Release') === servingValue(record);
  const executed = has('execute') || says;
  return { how: executed ? 'executed' : has('prepare') ? 'prepared' : 'none', cancelled: has('cancel') };
}
