import type { Given } from '../model/given.js';
import type { Engine } from './engine.js';
import { History } from './history.js';
import { patiently } from './patience.js';
import { formatPurged, readLastPurged } from './purged.js';
import { historyPrefix, purgedKey, recordsPrefix } from './record-key.js';

/** Objects that are listed at once. */
const PAGE = 500;

/**
 * Removes all records and what they hold; gives how many objects that were. The last number is written first and stays, and the newest
 * record is the last to go, so that no number is ever used twice, wherever this is stopped.
 */
export async function purge(engine: Engine): Promise<number> {
  const { windows, place } = engine;
  const last = Math.max(await History.of(engine).newestNumber(), await readLastPurged(engine));
  if (last === 0) return 0;
  const keep = purgedKey(place);
  await patiently(engine, () => windows.store.put(place.bucket, keep, formatPurged(last), { kind: 'always' }));
  History.forget(engine);
  const records = await keysBelow(engine, recordsPrefix(place));
  const others = (await keysBelow(engine, historyPrefix(place))).filter((key) => key !== keep && !records.includes(key));
  for (const key of [...records.reverse(), ...others]) await patiently(engine, () => windows.store.remove(place.bucket, key));
  return records.length + others.length;
}

async function keysBelow(engine: Engine, prefix: string): Promise<string[]> {
  const { windows, place } = engine;
  const keys: string[] = [];
  let after: Given<string> = { kind: 'none' };
  for (;;) {
    const query = { limit: PAGE, after };
    const { objects, more } = await patiently(engine, () => windows.store.list(place.bucket, prefix, query));
    keys.push(...objects.map(({ key }) => key));
    const last = keys.at(-1);
    if (!more || last === undefined) return keys;
    after = { kind: 'given', value: last };
  }
}
