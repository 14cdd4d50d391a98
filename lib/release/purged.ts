import { Failure } from '../failure.js';
import type { Engine } from './engine.js';
import { patiently } from './patience.js';
import { purgedKey } from './record-key.js';

/** The last number used before the history was purged; 0 when it never was. */
export async function readLastPurged(engine: Engine): Promise<number> {
  const { windows, place } = engine;
  const key = purgedKey(place);
  const stored = await patiently(engine, () => windows.store.get(place.bucket, key));
  return stored.kind === 'none' ? 0 : parsePurged(stored.value.body, `s3://${place.bucket}/${key}`);
}

export const formatPurged = (last: number): string => `${JSON.stringify({ last })}\n`;

function parsePurged(text: string, where: string): number {
  const last = /^\{"last":(0|[1-9][0-9]{0,7})\}\s*$/.exec(text)?.[1];
  if (last !== undefined) return Number(last);
  throw new Failure(
    where,
    'this does not say which release was the last one before the history was purged',
    'restore an older version of the object, so that no number is used twice',
    'record-broken',
  );
}
