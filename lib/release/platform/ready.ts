import { Failure } from '../../failure.js';
import type { Given } from '../../model/given.js';
import type { StackState } from '../../model/windows.js';
import { deleteStack } from '../destroy.js';
import type { Engine } from '../engine.js';
import { newNonce } from '../release-draft.js';
import { once, operationSeen } from '../stack-operation.js';
import { resourcesIn, stuckIn } from '../stack-recovery.js';
import { waitForRest } from '../stack-wait.js';
import { wayForward } from '../stack-way.js';

/** Operations after which a stack that is still stuck is left to a person. */
const ATTEMPTS = 6;

/** Waits while somebody else works on the platform: there is one stack, so there is one at a time. False: nobody does. */
export async function platformAtRest(engine: Engine, stack: Given<StackState>, each: () => Promise<void>): Promise<boolean> {
  const { way, line } = wayForward(stack);
  if (way !== 'wait' || stack.kind === 'none') return false;
  engine.report({ kind: 'note', text: line });
  await waitForRest(engine, stack.value.id, each);
  if (engine.signal.aborted) throw stopped(engine);
  return true;
}

/** Brings the stack, in whatever state, to where a change set can be made; none: it is to be created. */
export async function readyPlatform(
  engine: Engine,
  stack: Given<StackState>,
  each: () => Promise<void>,
): Promise<Given<StackState>> {
  let now = stack;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { way, line } = wayForward(now);
    if (line !== '') engine.report({ kind: 'note', text: line });
    if (way === 'create') return { kind: 'none' };
    if (way === 'update') return now;
    if (now.kind === 'none' || way === 'by-hand') throw stuck(engine, now);
    const { id } = now.value;
    if (way === 'delete') await deleteStack(engine, now.value, each);
    if (way === 'continue') await continueRollback(engine, now.value, attempt);
    now = await waitForRest(engine, id, each);
    if (engine.signal.aborted) throw stopped(engine);
  }
  throw stuck(engine, now);
}

/** Without skipping first: the cause may have passed. */
async function continueRollback(engine: Engine, stack: StackState, attempt: number): Promise<void> {
  const { stacks } = engine.windows;
  const skip = attempt === 1 ? [] : await resourcesIn(engine, stack, 'UPDATE_FAILED');
  if (attempt > 1 && skip.length === 0) throw stuck(engine, { kind: 'given', value: stack });
  if (skip.length > 0)
    engine.report({ kind: 'note', text: `skipped in the rollback, look at them in the console: ${skip.join(', ')}` });
  const token = newNonce();
  await once(
    engine,
    () => stacks.continueRollback({ stack: stack.id, skip, token }),
    () => operationSeen(engine, stack.id, token),
  );
}

const stuck = (engine: Engine, stack: Given<StackState>): Failure =>
  stuckIn(engine, stack, 'put right what its events name in the CloudFormation console, then deploy the platform again');

/** Ctrl-C before anything was changed. */
export const stopped = ({ place }: Engine): Failure =>
  new Failure(
    `platform of ${place.environment}`,
    'stopped before the change began',
    'start it again when you want to',
    'interrupted',
  );
