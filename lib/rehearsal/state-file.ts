import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Given } from '../model/given.js';
import { leftBeside } from './left-beside.js';
import type { RehearsalState } from './state.js';
import { findTime, formatContent, formatOthers, parseContent, type TimePlace } from './state-content.js';
import { copyOf, differOnlyInTime } from './state-copy.js';
import { codeOf, lockHeld, unwritable } from './state-failures.js';

/** A call holds the lock for milliseconds; who holds it longer is gone. */
const STALE_MS = 10_000;
const PAUSE_MS = 4;
const PATIENCE_MS = 30_000;

const NONE = { kind: 'none' } as const;

/** A rehearsed account on disk: in `.empire/rehearsal.json` beside the apps, which git ignores. */
export class StateFile {
  readonly path: string;
  private readonly lock: string;
  /** What identifies the version of the file that was read or written last. */
  private seen = '';
  /** The other accounts as JSON, each with a comma behind it. */
  private others = '';
  /** The account as it was read or written last, and where the file has its time. */
  private kept: Given<{ readonly state: RehearsalState; time: TimePlace }> = NONE;

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
    if (version === '') this.kept = NONE;
    if (version === this.seen || version === '') return NONE;
    const text = readFileSync(this.path, 'utf8');
    const content = parseContent(text, this.path);
    this.others = formatOthers(content, this.name);
    const own = content.accounts[this.name];
    this.keep(text, own);
    return own === undefined ? NONE : { kind: 'given', value: own };
  }

  /** The time at which the account was left; 0 when there is none. What cannot be read is said by the first call. */
  savedNow(): number {
    const time = this.version() === '' ? NONE : findTime(readFileSync(this.path, 'utf8'), this.name);
    return time.kind === 'none' ? 0 : Number(time.value.digits) || 0;
  }

  /** All or nothing: the file is replaced by another one, or only its time is another. Most calls only look. */
  write(state: RehearsalState): void {
    onDisk(this.path, () => {
      const digits = String(state.now);
      const kept = this.kept.kind === 'given' ? this.kept.value : undefined;
      if (kept?.time.digits.length === digits.length && differOnlyInTime(kept.state, state)) {
        kept.time = { ...kept.time, digits };
        writeAt(this.path, kept.time);
        this.seen = this.version();
      } else this.replace(state);
    });
  }

  private replace(state: RehearsalState): void {
    makeFolder(dirname(this.path));
    const beside = `${this.path}.${process.pid}`;
    const text = formatContent(this.others, this.name, state);
    writeFileSync(beside, text);
    renameSync(beside, this.path);
    const folder = dirname(this.path);
    for (const name of leftBeside(basename(this.path), readdirSync(folder))) rmSync(join(folder, name), { force: true });
    this.keep(text, state);
  }

  private keep(text: string, state: RehearsalState | undefined): void {
    const time = findTime(text, this.name);
    this.kept =
      state === undefined || time.kind === 'none' ? NONE : { kind: 'given', value: { state: copyOf(state), time: time.value } };
    this.seen = this.version();
  }

  /** Forgets every account, also those that cannot be read. */
  reset(state: RehearsalState): void {
    this.exclusively(() => {
      this.others = '';
      this.write(state);
    });
  }

  /** Empty: there is no file. Its time is read, because two writes of it can be too close for the file system's clock. */
  private version(): string {
    return onDisk(this.path, () => {
      if (statSync(this.path, { throwIfNoEntry: false }) === undefined) return '';
      const file = openSync(this.path, 'r');
      try {
        const { ino, size, mtimeNs } = fstatSync(file, { bigint: true });
        return `${ino} ${size} ${mtimeNs} ${this.timeIn(file)}`;
      } finally {
        closeSync(file);
      }
    });
  }

  private timeIn(file: number): string {
    if (this.kept.kind === 'none') return '';
    const { at, digits } = this.kept.value.time;
    const bytes = Buffer.alloc(digits.length);
    readSync(file, bytes, 0, bytes.length, at);
    return bytes.toString('latin1');
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

/** So few bytes are written whole or not at all, also when the process is killed. */
function writeAt(path: string, { at, digits }: TimePlace): void {
  const file = openSync(path, 'r+');
  try {
    writeSync(file, digits, at);
  } finally {
    closeSync(file);
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
