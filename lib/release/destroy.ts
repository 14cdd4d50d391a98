import { Failure } from '../failure.js';
import type { StackState } from '../model/windows.js';
import type { Engine } from './engine.js';
import { patiently } from './patience.js';
import { purge } from './purge.js';
import { reconcile } from './reconcile.js';
import { newNonce } from './release-draft.js';
import type { Situation } from './situation.js';
import { once } from './stack-operation.js';
import { waitForRest } from './stack-wait.js';

export interface Destroyed {
  /** False: there was no stack. */
  readonly deleted: boolean;
  /** What could not be deleted and stays behind: logical id and type. */
  readonly retained: readonly string[];
  /** Objects of the history that were removed. */
  readonly purged: number;
  /** The log group was deleted, with all that is in it. */
  readonly logs: boolean;
}

export interface DestroyOptions {
  /** Also what the stack leaves behind: the history, and the logs. */
  readonly purge: boolean;
  /** The app's; its policy is to stay when the stack goes. */
  readonly logGroup: string;
}

/** Deletions that are tried before it is left to a person. */
const ATTEMPTS = 4;

/**
 * Deletes the app's stack and waits until it is gone. Releases and logs stay, unless they are purged too; the number of the last release
 * always stays. The history goes last: while it is there, whoever is stopped halfway can purge again.
 */
export async function destroy(
  engine: Engine,
  situation: Situation,
  { purge: all, logGroup }: DestroyOptions,
): Promise<Destroyed> {
  const { stack, unfinished } = await reconcile(engine, situation);
  refuseInProgress(engine, unfinished);
  const retained = stack.kind === 'given' ? await deleteStack(engine, stack.value) : [];
  const logs = all && (await patiently(engine, () => engine.windows.logs.removeGroup(logGroup)));
  const purged = all ? await purge(engine) : 0;
  return { deleted: stack.kind === 'given', retained, purged, logs };
}

function refuseInProgress({ place }: Engine, unfinished: Situation['unfinished']): void {
  const [first] = unfinished;
  if (first === undefined) return;
  throw new Failure(
    place.app,
    `v${first.record.number} is in progress: ${first.record.reason.description}, by ${first.record.reason.by}`,
    `stop it with \`empire abort -a ${place.app}\`, then destroy`,
    'release-in-progress',
  );
}

/**
 * Deletes a stack, whatever state it is in; gives what could not go and stays behind.
 *
 * @param each called at every look while it goes
 */
export async function deleteStack(
  engine: Engine,
  stack: StackState,
  each: () => Promise<void> = async () => undefined,
): Promise<readonly string[]> {
  const kept = new Map<string, string>();
  const token = newNonce();
  let now = await waitForRest(engine, stack.id, each);
  for (let attempt = 1; attempt <= ATTEMPTS && now.kind === 'given'; attempt += 1) {
    const stuck = now.value.status === 'DELETE_FAILED' ? await cannotGo(engine, now.value) : [];
    for (const { id, type } of attempt === 1 ? [] : stuck) kept.set(id, `${id} (${type})`);
    await deleteOnce(engine, now.value, [...kept.keys()], `${token}-${attempt}`);
    now = await waitForRest(engine, stack.id, each);
    if (engine.signal.aborted) throw interrupted(engine);
  }
  if (now.kind === 'given') throw stays(engine, now.value);
  return [...kept.values()];
}

async function deleteOnce(engine: Engine, { id }: StackState, retain: readonly string[], token: string): Promise<void> {
  const { stacks } = engine.windows;
  if (retain.length > 0) engine.report({ kind: 'note', text: `tried again without what cannot go: ${retain.join(', ')}` });
  const isGoing = async () => {
    const now = await stacks.describe(id);
    return now.kind === 'none' || now.value.status === 'DELETE_IN_PROGRESS';
  };
  await once(engine, () => stacks.delete({ stack: id, retain, token }), isGoing);
}

async function cannotGo(engine: Engine, stack: StackState): Promise<readonly { id: string; type: string }[]> {
  const resources = await patiently(engine, () => engine.windows.stacks.resources(stack.id));
  return resources.filter(({ status }) => status === 'DELETE_FAILED');
}

/** The platform's stack has a command of its own; no app has its name. */
const commandOf = ({ app }: Engine['place']): string =>
  app === 'platform' ? 'empire platform destroy' : `empire destroy ${app}`;

const interrupted = ({ place }: Engine): Failure =>
  new Failure(
    place.app,
    'stopped following; the stack is still being deleted',
    `look again with \`${commandOf(place)}\``,
    'interrupted',
  );

function stays({ place }: Engine, { status, reason }: StackState): Failure {
  const why = reason.kind === 'given' ? `: ${reason.value.replace(/\.$/, '')}` : '';
  return new Failure(
    `stack ${place.stack}`,
    `it could not be deleted, it stays ${status}${why}`,
    'remove by hand what it names, then destroy again',
    'stack-stuck',
  );
}
