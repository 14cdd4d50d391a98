import type { Given } from '../model/given.js';
import type { PutCondition } from '../model/windows.js';
import type { Engine } from './engine.js';
import { patiently } from './patience.js';

/**
 * Writes once, and knows afterwards whether it did: gives the ETag when the object now is this body, none when the condition did not hold.
 *
 * When an answer was lost, the next attempt is refused because of our own write; the object itself then tells, since no two writers ever
 * write the same bytes on purpose (nonce and beat are in them).
 */
export async function writeOnce(engine: Engine, key: string, body: string, condition: PutCondition): Promise<Given<string>> {
  const { windows, place } = engine;
  return patiently(engine, async () => {
    const put = await windows.store.put(place.bucket, key, body, condition);
    if (put.kind === 'written') return { kind: 'given', value: put.etag };
    const there = await windows.store.get(place.bucket, key);
    return there.kind === 'given' && there.value.body === body ? { kind: 'given', value: there.value.etag } : { kind: 'none' };
  });
}
