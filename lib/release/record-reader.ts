import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { StoredName } from '../model/windows.js';
import type { Engine } from './engine.js';
import { patiently } from './patience.js';
import { readLastPurged } from './purged.js';
import { parseRecord } from './record-format.js';
import { numberOfKey, recordKey, recordsPrefix } from './record-key.js';
import { isFinished, type StoredRecord, storedRecord } from './stored-record.js';

interface Page {
  readonly stored: readonly StoredRecord[];
  readonly next: Given<string>;
}

/** Records read at once. */
const PAGE = 20;
const NOTHING = { kind: 'none' } as const;

/** Reads records, newest first, page by page. */
export class RecordReader {
  /** Finished records never change. */
  private readonly finished = new Map<number, StoredRecord>();
  /** The newest number there ever was, as far as was seen; -1: none was looked for. */
  newest = -1;

  constructor(private readonly engine: Engine) {}

  async get(number: number): Promise<Given<StoredRecord>> {
    const known = this.finished.get(number);
    if (known !== undefined) return { kind: 'given', value: known };
    const { objects, now } = await this.list(recordKey(this.engine.place, number), 1, NOTHING);
    const [name] = objects;
    return name === undefined ? NOTHING : this.read(number, name, now);
  }

  /** Newest first, until there is enough; at least whole pages. */
  async until(enough: (stored: readonly StoredRecord[]) => boolean, limit = PAGE): Promise<StoredRecord[]> {
    const all: StoredRecord[] = [];
    let after: Given<string> = NOTHING;
    for (;;) {
      const page: Page = await this.page(Math.min(limit, PAGE), after);
      all.push(...page.stored);
      if (page.next.kind === 'none' || enough(all)) return all;
      after = page.next;
    }
  }

  /** The number of the newest release there ever was; 0: none yet. */
  async newestNumber(): Promise<number> {
    const { objects } = await this.list(recordsPrefix(this.engine.place), 1, NOTHING);
    const [name] = objects;
    const number = name === undefined ? await readLastPurged(this.engine) : numberOfKey(this.engine.place, name.key);
    return this.saw(number ?? 0);
  }

  /** Remembers a number that is taken; gives the newest. */
  saw(number: number): number {
    this.newest = Math.max(this.newest, number);
    return this.newest;
  }

  private async page(limit: number, after: Given<string>): Promise<Page> {
    const { place } = this.engine;
    const { objects, more, now } = await this.list(recordsPrefix(place), limit, after);
    const found = await Promise.all(
      objects.map(async (name) => {
        const number = numberOfKey(place, name.key);
        return number === undefined ? NOTHING : this.read(number, name, now);
      }),
    );
    const stored = found.flatMap((one) => (one.kind === 'given' ? [one.value] : []));
    if (after.kind === 'none') this.saw(stored[0]?.record.number ?? (await readLastPurged(this.engine)));
    const last = objects.at(-1);
    return { stored, next: more && last !== undefined ? { kind: 'given', value: last.key } : NOTHING };
  }

  private async read(number: number, name: StoredName, now: number): Promise<Given<StoredRecord>> {
    const known = this.finished.get(number);
    if (known !== undefined && known.etag === name.etag) return { kind: 'given', value: known };
    const { windows, place } = this.engine;
    const object = await patiently(this.engine, () => windows.store.get(place.bucket, name.key));
    if (object.kind === 'none') return object;
    const record = parseRecord(object.value.body, `s3://${place.bucket}/${name.key}`);
    const stored = storedRecord(record, object.value.etag, object.value.modifiedAt, now);
    if (isFinished(record.status)) this.finished.set(number, stored);
    return { kind: 'given', value: stored };
  }

  private async list(prefix: string, limit: number, after: Given<string>) {
    const { windows, place } = this.engine;
    try {
      return await patiently(this.engine, () => windows.store.list(place.bucket, prefix, { limit, after }));
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'outside-refused' || (await windows.store.exists(place.bucket)))
        throw error;
      throw noPlatform(this.engine);
    }
  }
}

const noPlatform = ({ place }: Engine): Failure =>
  new Failure(
    'platform',
    `the bucket ${place.bucket}, which keeps the releases, is not there`,
    `make the platform first: \`empire platform deploy${place.environment === 'default' ? '' : ` -e ${place.environment}`}\``,
    'platform-missing',
  );
