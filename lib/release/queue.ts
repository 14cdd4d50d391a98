import { Failure } from '../failure.js';
import type { Engine } from './engine.js';
import { finishDead } from './finish-dead.js';
import { refuseGuarded } from './guard.js';
import { History, type StoredRecord } from './history.js';
import type { Hold } from './hold.js';
import type { Situation } from './situation.js';
import { interrupted } from './stack-recovery.js';
import { isBusy } from './stack-states.js';
import { stopRelease } from './stop-release.js';
import { isFinished } from './stored-record.js';

/** What to do about a release in front of ours. */
export type QueueMode = 'wait' | 'fail' | 'supersede';

/** Milliseconds between two looks at the release in front. */
const LOOK_EVERY = 3_000;

/**
 * Returns when ours is the lowest unfinished number: from then on we alone may touch the stack. Those in front that nobody works on are
 * ended. When it throws, our record is finished.
 */
export async function waitForTurn(engine: Engine, hold: Hold, mode: QueueMode): Promise<void> {
  const front = await inFront(engine, hold.record.number);
  for (const number of front) await waitFor(engine, hold, mode, number);
  if (front.length > 0) await refusePutBack(engine, hold);
}

/** While it waited, somebody may have rolled back from just this. */
async function refusePutBack(engine: Engine, hold: Hold): Promise<void> {
  const { reason, allowed, content, app } = hold.record;
  if (reason.kind === 'rollback' || reason.kind === 'restart') return;
  const history = History.of(engine);
  const [recent, template] = await Promise.all([history.sinceServing(), history.object(content.template)]);
  try {
    refuseGuarded(recent, app, template, allowed.includes('force'));
  } catch (error) {
    await hold.finish({ status: 'cancelled', summary: 'not started: it was rolled back from just this while it waited' });
    throw error;
  }
}

/** Unfinished numbers below ours, lowest first. No lower one can come: numbers only grow. */
async function inFront(engine: Engine, number: number): Promise<readonly number[]> {
  const recent = await History.of(engine).sinceServing();
  const lower = recent.filter(({ record }) => record.number < number && !isFinished(record.status));
  return lower.map(({ record }) => record.number).reverse();
}

async function waitFor(engine: Engine, hold: Hold, mode: QueueMode, number: number): Promise<void> {
  for (let look = 0; ; look += 1) {
    await hold.keep();
    const stored = await History.of(engine).get(number);
    if (stored.kind === 'none' || isFinished(stored.value.record.status)) return;
    if (stored.value.dead && (await finishDead(engine, stored.value))) return;
    if (mode === 'fail') throw await refuseBusy(hold, stored.value);
    if (mode === 'supersede' && look === 0) await supersede(engine, hold, stored.value);
    else await pause(engine, hold, stored.value, look);
  }
}

async function pause(engine: Engine, hold: Hold, { record }: StoredRecord, look: number): Promise<void> {
  if (look < 2) engine.report({ kind: 'waiting', for: record });
  await engine.windows.clock.sleep(LOOK_EVERY, engine.signal);
  if (!engine.signal.aborted) return;
  await hold.finish({ status: 'cancelled', summary: 'stopped while it waited for its turn' });
  throw interrupted(engine);
}

async function supersede(engine: Engine, hold: Hold, { record }: StoredRecord): Promise<void> {
  await stopRelease(engine, record, {
    status: 'superseded',
    summary: `superseded by v${hold.record.number}`,
    before: async () => undefined,
  });
}

async function refuseBusy(hold: Hold, stored: StoredRecord): Promise<Failure> {
  const summary = `not started, since v${stored.record.number} was in progress (--no-queue)`;
  await hold.finish({ status: 'cancelled', summary });
  return inProgress(stored);
}

/** For `--no-queue`: refuses while a release is being made, before a number is taken or a file is written. */
export function refuseQueue({ unfinished, stack }: Pick<Situation, 'unfinished' | 'stack'>): void {
  // one that nobody follows goes on as long as its stack moves
  const moves = stack.kind === 'given' && isBusy(stack.value.status);
  const living = unfinished.find(({ dead }) => moves || !dead);
  if (living !== undefined) throw inProgress(living);
}

const inProgress = ({ record: { app, number, reason } }: StoredRecord): Failure =>
  new Failure(
    app,
    `v${number} is in progress: ${reason.description}, by ${reason.by}`,
    `wait for it with \`empire follow -a ${app}\`, or leave out --no-queue`,
    'release-in-progress',
  );
