import { hash } from 'node:crypto';
import { type BigIntStats, readFileSync, statfsSync, statSync } from 'node:fs';

/** A file that changed less than so long ago may change once more and look the same: clocks of disks are coarse. */
const SETTLED_MILLISECONDS = 2000;

/**
 * Disks whose times and numbers of files can be relied upon: ext, xfs, btrfs, tmpfs, overlay, zfs, f2fs. Over a network, what is known of
 * a file may be older than the file.
 */
const RELIABLE: ReadonlySet<number> = new Set([0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630, 0x2fc12fc1, 0xf2f52010]);

const STAT = { bigint: true, throwIfNoEntry: false } as const;

/**
 * Files that are read only when something about them changed: size, times, number, disk. Only for files that this program wrote itself and
 * can write again; what people write is always read.
 */
export class SeenFiles {
  /** What a later run may know: a line for each file that was looked at and had lain still. */
  readonly lines = new Set<string>();
  private reliable: boolean | undefined;

  /** `folder`: where all of them are, up to where their names begin. `before`: the lines of an earlier run. */
  constructor(
    private readonly folder: string,
    private readonly before: ReadonlySet<string>,
  ) {}

  /** Whether a file has the content with this SHA-256. */
  hasContent(name: string, sha256: string): boolean {
    const path = `${this.folder}${name}`;
    const now = Date.now();
    const stats = statSync(path, STAT);
    if (stats === undefined) return false;
    const line = `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs} ${sha256}`;
    const settled = this.isSettled(stats, now);
    if (settled && this.before.has(line)) {
      this.lines.add(line);
      return true;
    }
    const same = hash('sha256', readFileSync(path)) === sha256;
    if (same && settled) this.lines.add(line);
    return same;
  }

  private isSettled({ mtimeMs, ctimeMs }: BigIntStats, now: number): boolean {
    if (Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs) + SETTLED_MILLISECONDS >= now) return false;
    this.reliable ??= RELIABLE.has(statfsSync(this.folder).type);
    return this.reliable;
  }
}
