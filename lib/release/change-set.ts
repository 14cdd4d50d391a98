import { Failure } from '../failure.js';
import type { ChangeSetInput, ChangeSetState } from '../model/windows.js';
import type { Engine } from './engine.js';
import type { Hold } from './hold.js';
import { patiently } from './patience.js';
import { objectKey } from './record-key.js';
import { once, operationSeen } from './stack-operation.js';
import { interrupted } from './stack-recovery.js';

/** Bytes that CloudFormation takes in the call itself; more goes by the URL of its object. */
const INLINE = 51_200;

/** Milliseconds between two looks at a change set that is being made; the last one repeats. */
const LOOKS = [2_000, 1_000, 2_000, 3_000];
/** Milliseconds after which a change set that is still not ready is given up. */
const PATIENCE = 10 * 60_000;

export type WantedChangeSet = Pick<ChangeSetInput, 'name' | 'kind' | 'parameters' | 'description' | 'token'> & {
  readonly template: { readonly text: string; readonly sha: string };
};

/**
 * Makes a change set and waits for CloudFormation's opinion of it. An answer that was lost does no harm: the name is ours alone, so
 * that a second attempt finds the first.
 *
 * @throws Failure `change-set-refused` when CloudFormation would not do it
 */
export async function createChangeSet(
  engine: Engine,
  hold: Pick<Hold, 'keep'>,
  wanted: WantedChangeSet,
): Promise<ChangeSetState> {
  const { windows, place } = engine;
  const { template, ...rest } = wanted;
  const input: ChangeSetInput = { ...rest, stack: place.stack, template: templateSource(engine, template) };
  const { id } = await patiently(engine, () => windows.stacks.createChangeSet(input));
  const state = await whenReady(engine, hold, id);
  if (state.status === 'CREATE_COMPLETE' || state.empty) return state;
  throw refused(engine, state);
}

function templateSource({ windows, place }: Engine, { text, sha }: WantedChangeSet['template']): ChangeSetInput['template'] {
  if (Buffer.byteLength(text, 'utf8') <= INLINE) return { kind: 'body', body: text };
  return { kind: 'url', url: windows.store.url(place.bucket, objectKey(place, sha)) };
}

async function whenReady(engine: Engine, hold: Pick<Hold, 'keep'>, id: string): Promise<ChangeSetState> {
  const { windows, place, signal } = engine;
  const begun = windows.clock.now();
  for (let look = 0; ; look += 1) {
    await windows.clock.sleep(LOOKS[Math.min(look, LOOKS.length - 1)] as number, signal);
    if (signal.aborted) throw interrupted(engine);
    await hold.keep();
    const state = await patiently(engine, () => windows.stacks.changeSet(place.stack, id));
    if (state.kind === 'none') throw gone(engine);
    if (!state.value.status.startsWith('CREATE_') || state.value.status === 'CREATE_COMPLETE') return state.value;
    if (windows.clock.now() - begun > PATIENCE) throw slow(engine, state.value);
  }
}

/**
 * Executes it, once.
 *
 * @throws Failure `stack-changed` when it can no longer be executed, and was not
 * @throws any other failure: it is not known whether it was executed, unless the failure is not transient
 */
export async function executeChangeSet(engine: Engine, changeSet: ChangeSetState, stack: string, token: string): Promise<void> {
  const { stacks } = engine.windows;
  const begun = async (): Promise<boolean> => {
    const now = await stacks.changeSet(stack, changeSet.id);
    if (now.kind === 'given' && now.value.execution.startsWith('EXECUTE_')) return true;
    return operationSeen(engine, stack, token);
  };
  try {
    await once(engine, () => stacks.executeChangeSet({ stack, id: changeSet.id, token }), begun);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'outside-refused') throw error;
    if (await patiently(engine, begun)) return;
    throw new Failure(
      error.where,
      `the change set can no longer be executed: ${error.what}`,
      'something else changed the stack in the meantime: look with `empire diff`, then deploy again',
      'stack-changed',
    );
  }
}

function refused({ place }: Engine, { reason }: ChangeSetState): Failure {
  const why = reason.kind === 'given' ? reason.value.replace(/\.$/, '') : 'it gave no reason';
  return new Failure(
    `stack ${place.stack}`,
    `CloudFormation would not do this: ${why}`,
    'correct what it names; nothing has changed',
    'change-set-refused',
  );
}

const gone = ({ place }: Engine): Failure =>
  new Failure(
    `stack ${place.stack}`,
    'the change set was deleted while it was being made',
    'somebody stopped this release, or something else changed the stack: deploy again',
    'stack-changed',
  );

const slow = ({ place }: Engine, { status }: ChangeSetState): Failure =>
  new Failure(
    `stack ${place.stack}`,
    `the change set is ${status} for ten minutes`,
    'look at AWS Health for CloudFormation in this region, then deploy again',
    'change-set-slow',
  );
