import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import type { Engine } from './engine.js';
import { History } from './history.js';
import { finishing, Hold, type ReleaseEnd } from './hold.js';
import { formatRecord } from './record-format.js';
import { recordKey } from './record-key.js';
import { newNonce } from './release-draft.js';
import { writeOnce } from './store-writes.js';
import { isFinished } from './stored-record.js';

/**
 * Ends a release from outside, whoever works on it; they notice at their next write. Gives the record as it is afterwards, which is how
 * its own holder ended it when they were first. None: there is no such release.
 */
export async function endRecord(
  engine: Engine,
  number: number,
  end: (record: ReleaseRecord) => ReleaseEnd,
): Promise<Given<ReleaseRecord>> {
  const history = History.of(engine);
  for (;;) {
    const stored = await history.get(number);
    if (stored.kind === 'none') return stored;
    const { record, etag } = stored.value;
    if (isFinished(record.status)) return { kind: 'given', value: record };
    const ended = { ...record, ...finishing(record, end(record), engine.windows.clock.now()) };
    const key = recordKey(engine.place, number);
    const written = await writeOnce(engine, key, formatRecord(ended), { kind: 'unchanged', etag });
    if (written.kind === 'given') return { kind: 'given', value: ended };
  }
}

/**
 * Takes an unfinished release from whoever works on it, who notices at their next write: for who must still do something before it may
 * end. None: it is finished, or there is no such release.
 */
export async function seizeRecord(engine: Engine, number: number, summary: string): Promise<Given<Hold>> {
  for (;;) {
    const stored = await History.of(engine).get(number);
    if (stored.kind === 'none' || isFinished(stored.value.record.status)) return { kind: 'none' };
    const hold = new Hold(engine, stored.value, newNonce());
    if (await hold.begin({ summary })) return { kind: 'given', value: hold };
  }
}
