import { Failure, isTransient } from '../failure.js';
import type { ReleaseRecord } from '../model/release.js';
import type { Engine } from './engine.js';
import { type FollowOptions, followOwn } from './follow.js';
import { History, type StoredRecord } from './history.js';
import { reconcile } from './reconcile.js';
import { readSituation } from './situation.js';
import { isBusy } from './stack-states.js';
import { StackWatch } from './stack-watch.js';
import { isFinished } from './stored-record.js';

/** Milliseconds between two looks. */
const LOOK_EVERY = 3_000;

/**
 * Watches a release that somebody else works on, until it is finished; takes it over when nobody does any more. When one stops
 * following, the record comes back unfinished.
 */
export async function followOther(engine: Engine, number: number, options: FollowOptions): Promise<ReleaseRecord> {
  const history = History.of(engine);
  let watch: StackWatch | undefined;
  let said = '';
  for (;;) {
    const stored = await history.get(number);
    if (stored.kind === 'none') throw unknown(engine, number);
    const { record } = stored.value;
    if (isFinished(record.status) || engine.signal.aborted) return record;
    said = sayPhase(engine, record, said);
    if (stored.value.dead) {
      const ended = await takeOver(engine, stored.value, options);
      if (ended !== undefined) return ended;
    } else if (record.status === 'running') {
      watch ??= new StackWatch(engine, record, record.createdAt);
      await lookAt(engine, watch);
    }
    await engine.windows.clock.sleep(LOOK_EVERY, engine.signal);
  }
}

/** What the owner is at, as far as the record says; each once. */
function sayPhase(engine: Engine, record: ReleaseRecord, said: string): string {
  const phase = record.phases.at(-1);
  const now = `${record.status} ${phase?.name ?? ''}`;
  if (now === said) return said;
  if (said === '') engine.report({ kind: 'claimed', record });
  if (phase !== undefined && phase.endedAt.kind === 'none')
    engine.report({ kind: 'phase', name: phase.name, at: phase.startedAt, text: record.summary });
  else if (record.status === 'pending') engine.report({ kind: 'note', text: 'it waits for its turn' });
  return now;
}

/** Ends it when that can be said already, otherwise follows it as our own. Nothing: somebody else was first. */
async function takeOver(engine: Engine, stored: StoredRecord, options: FollowOptions): Promise<ReleaseRecord | undefined> {
  const situation = await readSituation(engine);
  if (situation.stack.kind === 'none' || !isBusy(situation.stack.value.status)) {
    await reconcile(engine, situation);
    return undefined;
  }
  const hold = await History.of(engine).take(stored);
  return hold.kind === 'none' ? undefined : followOwn(engine, hold.value, options);
}

async function lookAt(engine: Engine, watch: StackWatch): Promise<void> {
  try {
    const stack = await engine.windows.stacks.describe(engine.place.stack);
    if (stack.kind === 'given' && isBusy(stack.value.status)) await watch.look(stack.value);
  } catch (error) {
    if (!isTransient(error)) throw error;
  }
}

const unknown = ({ place }: Engine, number: number): Failure =>
  new Failure(
    `${place.app} v${number}`,
    'there is no such release',
    `the releases are: \`empire releases -a ${place.app}\``,
    'release-unknown',
  );
