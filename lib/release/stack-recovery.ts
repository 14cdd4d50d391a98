import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { StackState } from '../model/windows.js';
import type { Engine } from './engine.js';
import { formatForced } from './forced-resources.js';
import type { Hold } from './hold.js';
import { tokenOf } from './operation-names.js';
import { patiently } from './patience.js';
import { once, operationSeen, stackAtRest } from './stack-operation.js';
import { wayForward } from './stack-way.js';

/** Operations after which a stack that is still stuck is left to a person. */
const ATTEMPTS = 6;

/** A stack that takes a change set. None: it is to be created. */
export interface ReadyStack {
  readonly stack: Given<StackState>;
  /** Nothing had to be done or waited for: what is known of the stack still holds. */
  readonly untouched: boolean;
}

/** Brings a stack in any state to where a change set can be made, and says what it does. */
export async function makeReady(engine: Engine, hold: Hold, stack: Given<StackState>): Promise<ReadyStack> {
  let now = stack;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { way, line } = wayForward(now);
    if (line !== '') engine.report({ kind: 'note', text: line });
    if (way === 'create') return { stack: { kind: 'none' }, untouched: attempt === 1 };
    if (way === 'update') return { stack: now, untouched: attempt === 1 };
    if (now.kind === 'none' || way === 'by-hand') throw stuck(engine, now);
    if (way === 'delete') await deleteStack(engine, hold, now.value, attempt);
    if (way === 'continue') await continueRollback(engine, hold, now.value, attempt);
    now = await stackAtRest(engine, hold, now.value.id, async () => refuseInterrupted(engine));
  }
  throw stuck(engine, now);
}

/** Tried once as it is; what then could not go is kept, and named. */
export async function deleteStack(engine: Engine, hold: Hold, stack: StackState, attempt: number): Promise<void> {
  const failed = stack.status === 'DELETE_FAILED' && attempt > 1 ? await resourcesIn(engine, stack, 'DELETE_FAILED') : [];
  if (failed.length > 0) {
    const note = `kept, since they could not be deleted: ${failed.join(', ')}`;
    engine.report({ kind: 'note', text: note });
    await hold.update({ notes: [...hold.record.notes, note] });
  }
  const token = `${tokenOf(hold.record, 'clear')}-${attempt}`;
  await once(
    engine,
    () => engine.windows.stacks.delete({ stack: stack.id, retain: failed, token }),
    async () => {
      const now = await engine.windows.stacks.describe(stack.id);
      return now.kind === 'none' || (await operationSeen(engine, stack.id, token));
    },
  );
}

/** Without skipping first: the cause may have passed. What is skipped is in the record before it is skipped. */
async function continueRollback(engine: Engine, hold: Hold, stack: StackState, attempt: number): Promise<void> {
  const skip = attempt === 1 ? [] : await resourcesIn(engine, stack, 'UPDATE_FAILED');
  if (attempt > 1 && skip.length === 0) throw stuck(engine, { kind: 'given', value: stack });
  if (skip.length > 0) {
    engine.report({ kind: 'note', text: `skipped in the rollback, to be forced by this release: ${skip.join(', ')}` });
    await hold.update({ notes: [...hold.record.notes, formatForced(skip)] });
  }
  const token = `${tokenOf(hold.record, 'recover')}-${attempt}`;
  await once(
    engine,
    () => engine.windows.stacks.continueRollback({ stack: stack.id, skip, token }),
    () => operationSeen(engine, stack.id, token),
  );
}

/** Those whose own operation failed; what was only cancelled because of another is not named. */
export async function resourcesIn(engine: Engine, stack: StackState, status: string): Promise<string[]> {
  const resources = await patiently(engine, () => engine.windows.stacks.resources(stack.id));
  const cancelled = (reason: Given<string>) => reason.kind === 'given' && /cancelled/i.test(reason.value);
  return resources.filter((one) => one.status === status && !cancelled(one.reason)).map(({ id }) => id);
}

function stuck(engine: Engine, stack: Given<StackState>): Failure {
  const events = `empire events ${engine.place.app}`;
  return stuckIn(
    engine,
    stack,
    `look at its events with \`${events}\`, and put right what they name in the CloudFormation console`,
  );
}

/** There is no way forward from here but a person's. */
export function stuckIn({ place }: Engine, stack: Given<StackState>, hint: string): Failure {
  const status = stack.kind === 'given' ? stack.value.status : 'gone';
  const reason = stack.kind === 'given' && stack.value.reason.kind === 'given' ? `: ${stack.value.reason.value}` : '';
  return new Failure(`stack ${place.stack}`, `it stays ${status}${reason}`, hint, 'stack-stuck');
}

function refuseInterrupted(engine: Engine): void {
  if (engine.signal.aborted) throw interrupted(engine);
}

/** Somebody stopped us before anything was started that could go on without us. */
export const interrupted = ({ place }: Engine): Failure =>
  new Failure(place.app, 'stopped before the update began', 'start it again when you want to', 'interrupted');
