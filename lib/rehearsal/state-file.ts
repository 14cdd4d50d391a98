import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Given } from '../model/given.js';
import type { RehearsalState } from './state.js';
import { formatContent, formatOthers, parseContent, parseNow } from './state-content.js';
import { codeOf, lockHeld, unwritable } from './state-failures.js';

/** A call holds the lock for milliseconds; who holds it longer is gone. */
const STALE_MS = 10_000;
const PAUSE_MS = 4;
const PATIENCE_MS = 30_000;

/** A rehearsed account on disk: in `.empire/rehearsal.json` beside the apps, which git ignores. */
export class StateFile {
  readonly path: string;
  private readonly lock: string;
  /** What identifies the version of the file that was read or written last. */
  private seen = '';
  /** The other accounts as JSON, each with a comma behind it. */
  private others = '';

  constructor(
    root: string,
    /** Account and region. */
    private readonly name: string,
  ) {
    this.path = join(root, '.empire', 'rehearsal.json');
    this.lock = `${this.path}.lock`;
  }

  /** Runs `action` while no other process does. */
  exclusively<Result>(action: () => Result): Result {
    this.acquire();
    try {
      return action();
    } finally {
      rmSync(this.lock, { force: true });
    }
  }

  /** The account, if the file is another one than what this process read or wrote last, and has it. */
  readChanged(): Given<RehearsalState> {
    const version = this.version();
    if (version === this.seen || version === '') return { kind: 'none' };
    const content = parseContent(readFileSync(this.path, 'utf8'), this.path);
    this.seen = version;
    this.others = formatOthers(content, this.name);
    const own = content.accounts[this.name];
    return own === undefined ? { kind: 'none' } : { kind: 'given', value: own };
  }

  /** The time at which the account was left; 0 when there is none. What cannot be read is said by the first call. */
  savedNow(): number {
    return this.version() === '' ? 0 : parseNow(readFileSync(this.path, 'utf8'), this.name);
  }

  /** All or nothing: the file is replaced by another one. */
  write(state: RehearsalState): void {
    makeFolder(dirname(this.path));
    const beside = `${this.path}.${process.pid}`;
    onDisk(this.path, () => {
      writeFileSync(beside, formatContent(this.others, this.name, state));
      renameSync(beside, this.path);
    });
    this.seen = this.version();
  }

  /** Forgets every account, also those that cannot be read. */
  reset(state: RehearsalState): void {
    this.exclusively(() => {
      this.others = '';
      this.write(state);
    });
  }

  private version(): string {
    const found = onDisk(this.path, () => statSync(this.path, { throwIfNoEntry: false, bigint: true }));
    return found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeNs}`;
  }

  private acquire(): void {
    makeFolder(dirname(this.path));
    const deadline = Date.now() + PATIENCE_MS;
    while (!tryCreate(this.lock)) {
      this.breakStale();
      if (Date.now() > deadline) throw lockHeld(this.lock);
      pause(PAUSE_MS);
    }
  }

  /**
   * Takes away the lock of a process that died. Only one of several that notice does, and it looks again: by then the lock may be
   * somebody's new one.
   */
  private breakStale(): void {
    if (!isStale(this.lock)) return;
    const breaking = `${this.lock}.break`;
    if (isStale(breaking)) rmSync(breaking, { force: true });
    if (!tryCreate(breaking)) return;
    if (isStale(this.lock)) rmSync(this.lock, { force: true });
    rmSync(breaking, { force: true });
  }
}

function isStale(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > STALE_MS;
}

/** Whether the file was not there and now is. */
function tryCreate(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx'));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw unwritable(path, error);
  }
}

/** Makes the folder, with a `.gitignore` so that git sees nothing of it. */
function makeFolder(folder: string): void {
  onDisk(folder, () => {
    if (statSync(join(folder, '.gitignore'), { throwIfNoEntry: false }) !== undefined) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.gitignore'), '*\n');
  });
}

/** A disk that does not take it is a person's matter. */
function onDisk<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Waits without letting anything else of this process run: a call of a window is one step. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
