import type { Given } from '../model/given.js';
import type { ReleaseContent, ReleaseRecord } from '../model/release.js';
import { ContentStore } from './content-store.js';
import type { Engine } from './engine.js';
import { Hold } from './hold.js';
import { formatRecord } from './record-format.js';
import { recordKey } from './record-key.js';
import { RecordReader } from './record-reader.js';
import { newNonce, pendingRecord, type ReleaseDraft, storeContent } from './release-draft.js';
import { writeOnce } from './store-writes.js';
import { type StoredRecord, storedRecord } from './stored-record.js';

export type { ReleaseDraft } from './release-draft.js';
export type { StoredRecord } from './stored-record.js';

const OF_ENGINES = new WeakMap<Engine, History>();

/** All releases of one app in one environment, as the bucket has them. */
export class History {
  private readonly objects: ContentStore;
  private readonly records: RecordReader;

  constructor(private readonly engine: Engine) {
    this.objects = new ContentStore(engine);
    this.records = new RecordReader(engine);
  }

  /** One for an engine, so that nothing is read twice. */
  static of(engine: Engine): History {
    const known = OF_ENGINES.get(engine) ?? new History(engine);
    OF_ENGINES.set(engine, known);
    return known;
  }

  /** What was read is no longer so. */
  static forget(engine: Engine): void {
    OF_ENGINES.delete(engine);
  }

  /** Newest first. */
  async recent(limit: number): Promise<readonly StoredRecord[]> {
    return (await this.records.until((stored) => stored.length >= limit, limit)).slice(0, limit);
  }

  /**
   * Newest first, far enough back to have one that succeeded: everything below it is finished, since only the lowest unfinished number
   * may touch the stack.
   */
  async sinceServing(): Promise<readonly StoredRecord[]> {
    return this.records.until((stored) => stored.some(({ record }) => record.status === 'succeeded'));
  }

  /** The newest succeeded one below a number. */
  async servedBefore(number: number): Promise<Given<StoredRecord>> {
    const wanted = ({ record }: StoredRecord) => record.number < number && record.status === 'succeeded';
    const found = (await this.records.until((stored) => stored.some(wanted))).find(wanted);
    return found === undefined ? { kind: 'none' } : { kind: 'given', value: found };
  }

  get(number: number): Promise<Given<StoredRecord>> {
    return this.records.get(number);
  }

  object(sha: string): Promise<string> {
    return this.objects.read(sha);
  }

  putObject(body: string): Promise<string> {
    return this.objects.write(body);
  }

  /** The number of the newest release there ever was; 0: none yet. */
  newestNumber(): Promise<number> {
    return this.records.newestNumber();
  }

  /** Takes the next number for this draft, and stores what it holds, side by side. */
  async claim(draft: ReleaseDraft): Promise<Hold> {
    const nonce = newNonce();
    const [claimed, stored] = await Promise.allSettled([
      this.claimNumber((number) => pendingRecord(this.engine, draft, number, nonce)),
      storeContent(this.objects, draft.content),
    ]);
    if (claimed.status === 'rejected') throw claimed.reason;
    const hold = new Hold(this.engine, claimed.value, nonce);
    if (stored.status === 'fulfilled') return hold;
    await hold.finish({ status: 'cancelled', summary: 'never started: what it holds could not be stored' });
    throw stored.reason;
  }

  /** Writes a record under the next free number, in one step. */
  async claimNumber(build: (number: number) => ReleaseRecord): Promise<StoredRecord> {
    let number = (this.records.newest >= 0 ? this.records.newest : await this.newestNumber()) + 1;
    for (;;) {
      const record = build(number);
      const key = recordKey(this.engine.place, number);
      const etag = await writeOnce(this.engine, key, formatRecord(record), { kind: 'absent' });
      this.records.saw(number);
      if (etag.kind === 'given') return storedRecord(record, etag.value, record.createdAt, record.createdAt);
      number = (await this.newestNumber()) + 1;
    }
  }

  /** Stores what a release holds. */
  async storeContent(content: ReleaseContent): Promise<void> {
    await storeContent(this.objects, content);
  }

  /** Writes a record under exactly its number. False: somebody has that number. */
  async insert(record: ReleaseRecord): Promise<boolean> {
    const key = recordKey(this.engine.place, record.number);
    const etag = await writeOnce(this.engine, key, formatRecord(record), { kind: 'absent' });
    this.records.saw(record.number);
    return etag.kind === 'given';
  }

  /** Goes on with a record nobody works on. None: somebody else was first, or it is finished. */
  async take(stored: StoredRecord): Promise<Given<Hold>> {
    if (!stored.dead) return { kind: 'none' };
    const hold = new Hold(this.engine, stored, newNonce());
    return (await hold.begin()) ? { kind: 'given', value: hold } : { kind: 'none' };
  }
}
