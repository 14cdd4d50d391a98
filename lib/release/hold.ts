import { Failure, isTransient } from '../failure.js';
import type { Given } from '../model/given.js';
import type { FinishedStatus, ReleaseRecord } from '../model/release.js';
import type { StoredObject } from '../model/windows.js';
import type { Engine } from './engine.js';
import { patiently } from './patience.js';
import { formatRecord, parseRecord } from './record-format.js';
import { recordKey } from './record-key.js';
import { writeOnce } from './store-writes.js';
import { isFinished, RENEW_EVERY, type StoredRecord } from './stored-record.js';

/** What a release ended with. */
export interface ReleaseEnd extends Partial<ReleaseRecord> {
  readonly status: FinishedStatus;
  readonly summary: string;
}

/** Milliseconds without a renewal after which a holder may no longer overlook that one failed: 90 s make it dead. */
const OVERLOOK = 60_000;

/** Somebody else wrote the record that we worked on: it was cancelled, superseded, or taken over while we slept. */
export class HoldLost extends Failure {
  constructor(readonly record: ReleaseRecord) {
    const now = isFinished(record.status) ? `is ${record.status}` : 'was taken over by somebody else';
    const hint = `see what happened with \`empire releases -a ${record.app}\``;
    super(
      `${record.app} v${record.number}`,
      `this release ${now}${record.summary === '' ? '' : `: ${record.summary}`}`,
      hint,
      'release-taken',
    );
    this.name = 'HoldLost';
  }
}

/**
 * The right to work on an unfinished release. There are no timers: whoever waits calls `keep()` in the loop. Every write has the
 * condition that nobody else wrote since ours.
 */
export class Hold {
  private current: ReleaseRecord;
  private etag: string;
  private beat: number;
  private renewedAt: number;
  private writes: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly engine: Engine,
    { record, etag }: Pick<StoredRecord, 'record' | 'etag'>,
    private readonly by: string,
  ) {
    this.current = record;
    this.etag = etag;
    this.beat = record.held.kind === 'given' ? record.held.value.beat : 0;
    this.renewedAt = engine.windows.clock.now();
  }

  get record(): ReleaseRecord {
    return this.current;
  }

  /** Renews when 15 s have passed. A renewal that fails for a reason that may pass is overlooked for a while. */
  async keep(): Promise<void> {
    const age = this.engine.windows.clock.now() - this.renewedAt;
    if (age < RENEW_EVERY) return;
    try {
      await this.update({});
    } catch (error) {
      if (!isTransient(error) || age >= OVERLOOK) throw error;
    }
  }

  /** Takes the record over: the first write of a new holder. False: it was written since it was read. */
  async begin(change: Partial<ReleaseRecord> = {}): Promise<boolean> {
    return (await this.write(change)).kind === 'given';
  }

  /** Writes a change. Throws `HoldLost` when somebody else wrote. */
  async update(change: Partial<ReleaseRecord>): Promise<void> {
    const written = await this.write(change);
    if (written.kind === 'none') throw new HoldLost(await this.readBack());
  }

  /** Ends the release: nobody holds it, and it is never written again. */
  async finish(end: ReleaseEnd): Promise<ReleaseRecord> {
    await this.update(finishing(this.current, end, this.engine.windows.clock.now()));
    return this.current;
  }

  /** Leaves it to anybody, at once (`--no-wait`). */
  async release(): Promise<void> {
    await this.update({ held: { kind: 'none' } });
  }

  /** One write after the other, since each has the ETag of the one before as its condition. A failure is told to its own caller. */
  private write(change: Partial<ReleaseRecord>): Promise<Given<string>> {
    const next = this.writes.then(() => this.writeNow(change));
    this.writes = next.catch(() => undefined);
    return next;
  }

  private async writeNow(change: Partial<ReleaseRecord>): Promise<Given<string>> {
    this.beat += 1;
    const record = { ...this.current, held: { kind: 'given', value: { by: this.by, beat: this.beat } } as const, ...change };
    const body = formatRecord(record);
    const startedAt = this.engine.windows.clock.now();
    let etag = await this.put(body);
    if (etag.kind === 'none' && (await this.isStillOurs())) etag = await this.put(body);
    if (etag.kind === 'given') {
      this.current = record;
      this.etag = etag.value;
      this.renewedAt = startedAt;
    }
    return etag;
  }

  private put(body: string): Promise<Given<string>> {
    const condition = { kind: 'unchanged', etag: this.etag } as const;
    return writeOnce(this.engine, recordKey(this.engine.place, this.current.number), body, condition);
  }

  /** Whether the write in front of ours was our own, given up while its answer was not known. */
  private async isStillOurs(): Promise<boolean> {
    const stored = await this.read();
    if (stored.kind === 'none') return false;
    const { held } = parseRecord(stored.value.body, this.where);
    if (held.kind === 'none' || held.value.by !== this.by) return false;
    this.etag = stored.value.etag;
    return true;
  }

  private async readBack(): Promise<ReleaseRecord> {
    const stored = await this.read();
    return stored.kind === 'given' ? parseRecord(stored.value.body, this.where) : this.current;
  }

  private read(): Promise<Given<StoredObject>> {
    const { windows, place } = this.engine;
    return patiently(this.engine, () => windows.store.get(place.bucket, recordKey(place, this.current.number)));
  }

  private get where(): string {
    const { place } = this.engine;
    return `s3://${place.bucket}/${recordKey(place, this.current.number)}`;
  }
}

/** What a record becomes when it ends: phases that are open end with it. */
export function finishing(record: ReleaseRecord, end: ReleaseEnd, now: number): Partial<ReleaseRecord> {
  const at = { kind: 'given', value: now } as const;
  const phases = (end.phases ?? record.phases).map((phase) =>
    phase.endedAt.kind === 'none' ? { ...phase, endedAt: at } : phase,
  );
  return { ...end, phases, held: { kind: 'none' }, finishedAt: at };
}
