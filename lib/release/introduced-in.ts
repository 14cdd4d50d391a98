import type { ReleaseRecord } from '../model/release.js';
import type { Engine } from './engine.js';
import { History, type StoredRecord } from './history.js';

/** A task definition that runs, and since when. */
export interface UsedDefinition {
  readonly process: string;
  readonly arn: string;
  /** When a task of it was made. */
  readonly at: number;
}

/** Where a task definition came in, and the newest release that has it. */
export interface DefinitionReleases {
  readonly introducedIn: number;
  readonly inRelease: ReleaseRecord;
}

/**
 * The releases of a task definition. A process whose definition does not change keeps it from release to release, so the releases that
 * have it are one run of numbers: its newest one is among the recent, its oldest is found by halving.
 *
 * @returns undefined when no release is known that could have brought it
 */
export async function releasesOfDefinition(
  engine: Engine,
  recent: readonly StoredRecord[],
  used: UsedDefinition,
): Promise<DefinitionReleases | undefined> {
  const records = recent.map(({ record }) => record);
  const newest = records.find((record) => has(record, used));
  if (newest === undefined) return ofItsTime(records, used);
  const known = records.filter(({ status, number }) => status === 'succeeded' && number < newest.number);
  const before = known.find((record) => !has(record, used));
  const lowest = Math.min(newest.number, ...known.filter((record) => has(record, used)).map(({ number }) => number));
  if (before !== undefined) return { introducedIn: lowest, inRelease: newest };
  return { introducedIn: await search(History.of(engine), used, lowest), inRelease: newest };
}

const has = ({ status, taskDefinitions }: ReleaseRecord, { process, arn }: UsedDefinition): boolean =>
  status === 'succeeded' && taskDefinitions[process] === arn;

/** No release that succeeded has it: it is of the release that rolls out, of one that failed, or of something else than a release. */
function ofItsTime(records: readonly ReleaseRecord[], { at }: UsedDefinition): DefinitionReleases | undefined {
  const record = records.find(({ createdAt }) => createdAt <= at);
  if (record === undefined || record.status === 'succeeded') return undefined;
  const over = record.finishedAt.kind === 'given' && record.finishedAt.value < at;
  return over ? undefined : { introducedIn: record.number, inRelease: record };
}

/** The lowest number that has it, given one that does. Releases that did not succeed have no definitions and say nothing. */
async function search(history: History, used: UsedDefinition, known: number): Promise<number> {
  let without = 0;
  let lowest = known;
  let end = known;
  while (end - without > 1) {
    const middle = Math.floor((without + end) / 2);
    const found = await firstSucceeded(history, middle, end);
    if (found === undefined || has(found, used)) {
      lowest = found?.number ?? lowest;
      end = middle;
    } else without = found.number;
  }
  return lowest;
}

async function firstSucceeded(history: History, from: number, end: number): Promise<ReleaseRecord | undefined> {
  for (let number = from; number < end; number++) {
    const stored = await history.get(number);
    if (stored.kind === 'given' && stored.value.record.status === 'succeeded') return stored.value.record;
  }
  return undefined;
}
