import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import type { Engine } from './engine.js';
import { History } from './history.js';
import type { Situation } from './situation.js';
import { isBusy, parameterOf } from './stack-states.js';
import { isFinished, servingValue } from './stored-record.js';

/** What a rollback goes back to. */
export type RollbackTarget =
  | { readonly kind: 'release'; readonly record: ReleaseRecord }
  /** It serves already, or still: no release is made. */
  | { readonly kind: 'serves'; readonly record: ReleaseRecord; readonly text: string }
  /** A release runs and none ever served: it can only be stopped. */
  | { readonly kind: 'none' };

/** While a release runs: the one that was asked for, or the one that served before it. */
export async function targetWhileRunning(engine: Engine, situation: Situation, wanted: Given<number>): Promise<RollbackTarget> {
  if (wanted.kind === 'given') return { kind: 'release', record: await eligible(engine, situation, wanted.value) };
  return situation.current.kind === 'given' ? { kind: 'release', record: situation.current.value } : { kind: 'none' };
}

/** While nothing runs: the one that was asked for, or the newest that succeeded before the one that serves. */
export async function targetAtRest(engine: Engine, situation: Situation, wanted: Given<number>): Promise<RollbackTarget> {
  const { current, recent } = situation;
  if (wanted.kind === 'given') {
    const record = await eligible(engine, situation, wanted.value);
    const serves = current.kind === 'given' && current.value.number === record.number && hasStack(situation, record);
    return serves
      ? { kind: 'serves', record, text: servesAlready(record, undoneAfter(recent, record)) }
      : { kind: 'release', record };
  }
  if (current.kind === 'none') throw notDeployed(engine);
  return { kind: 'release', record: await before(engine, situation, current.value) };
}

/** Whether the stack says so too: when ECS went back by itself, CloudFormation does not know it. */
const hasStack = ({ stack }: Situation, record: ReleaseRecord): boolean =>
  stack.kind === 'given' && (isBusy(stack.value.status) || parameterOf(stack.value, 'Release') === servingValue(record));

async function before(engine: Engine, situation: Situation, current: ReleaseRecord): Promise<ReleaseRecord> {
  const { recent } = situation;
  const found = await History.of(engine).servedBefore(current.number);
  const undone = undoneAfter(recent, current);
  if (undone !== undefined && !hasStack(situation, current)) throw notUndone(current, undone);
  if (undone !== undefined) throw whichOne(current, undone, found.kind === 'given' ? found.value.record : undefined);
  if (found.kind === 'given') return found.value.record;
  throw new Failure(
    current.app,
    `there is no release before v${current.number} that succeeded`,
    `deploy what should run instead: \`empire deploy ${current.app}\``,
    'rollback-none',
  );
}

/** The newest release after the one that serves, if it changed the stack and was undone. */
function undoneAfter(recent: Situation['recent'], current: ReleaseRecord): ReleaseRecord | undefined {
  const newest = recent[0]?.record;
  if (newest === undefined || newest.number <= current.number || !isFinished(newest.status)) return undefined;
  return newest.status === 'failed' || newest.phases.some(({ name }) => name === 'update') ? newest : undefined;
}

const howItEnded = (record: ReleaseRecord): string => (record.status === 'failed' ? 'failed' : `was ${record.status}`);

function servesAlready({ number }: ReleaseRecord, undone: ReleaseRecord | undefined): string {
  const after = undone === undefined ? '' : `; v${undone.number} ${howItEnded(undone)} and was undone`;
  return `v${number} already serves${after}`;
}

/** One rollback has happened by itself: a second one, without a version, would be one too many. */
function whichOne(current: ReleaseRecord, undone: ReleaseRecord, earlier: ReleaseRecord | undefined): Failure {
  const { app, number } = current;
  const hint =
    earlier === undefined
      ? `v${number} is the only release that succeeded: deploy what should run instead`
      : `to go back further, name the release: \`empire rollback v${earlier.number} -a ${app}\``;
  return new Failure(app, servesAlready(current, undone), hint, 'rollback-which');
}

/** ECS went back and CloudFormation did not: the stack itself is to be brought back. */
const notUndone = ({ app, number }: ReleaseRecord, failed: ReleaseRecord): Failure =>
  new Failure(
    app,
    `v${failed.number} ${howItEnded(failed)}, and the stack still has it`,
    `to bring back what served before it: \`empire rollback v${number} -a ${app}\``,
    'rollback-which',
  );

async function eligible(engine: Engine, situation: Situation, number: number): Promise<ReleaseRecord> {
  const stored = await History.of(engine).get(number);
  const newest = situation.recent[0]?.record.number;
  if (stored.kind === 'none') throw unknown(engine, number, newest);
  const { record } = stored.value;
  if (record.status === 'succeeded') return record;
  const good = situation.recent.filter((one) => one.record.status === 'succeeded').map((one) => `v${one.record.number}`);
  throw new Failure(
    record.app,
    isFinished(record.status) ? `v${number} ${howItEnded(record)}: it never served` : `v${number} has not finished`,
    good.length === 0
      ? `no release succeeded yet: deploy one with \`empire deploy ${record.app}\``
      : `choose one that succeeded: ${good.slice(0, 5).join(', ')}`,
    'rollback-target',
  );
}

const unknown = ({ place }: Engine, number: number, newest: number | undefined): Failure =>
  new Failure(
    place.app,
    `there is no release v${number}`,
    newest === undefined
      ? `it has no releases yet: \`empire deploy ${place.app}\``
      : `the newest is v${newest}: see \`empire releases -a ${place.app}\``,
    'release-unknown',
  );

const notDeployed = ({ place }: Engine): Failure =>
  new Failure(
    place.app,
    'it is not deployed: there is nothing to roll back from',
    `deploy it with \`empire deploy ${place.app}\`, or name the release to bring back`,
    'rollback-none',
  );
