import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Entry } from '../model/folder.js';

/** The largest file that is read: 1 MiB. */
export const LARGEST = 1024 * 1024;

/** Links may lead anywhere under this real path, and nowhere else. */
export interface Fence {
  readonly root: string;
}

/** A name in a directory and what the directory says it is. */
export interface Found {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'link' | 'FIFO' | 'socket' | 'device';
}

type Unreadable = Extract<Entry['content'], { kind: 'unreadable' }>;
type Listed = { readonly kind: 'names'; readonly names: readonly Found[] } | Unreadable;

/** The names in a directory, sorted by code unit, or why it cannot be listed. */
export function listNames(directory: string): Listed {
  try {
    const names = fs.readdirSync(directory, { withFileTypes: true }).map((entry) => ({ name: entry.name, type: typeOf(entry) }));
    return { kind: 'names', names: names.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  } catch (error) {
    return unreadable(error);
  }
}

/** Whether this is a directory, or a link to one that stays inside the fence. */
export function findDirectory(full: string, item: Found, fence: Fence): boolean {
  if (item.type !== 'link') return item.type === 'directory';
  const target = follow(full, fence);
  return target.kind === 'inside' && target.type === 'directory';
}

/** Reads one file. Never opens what is not a regular file: a FIFO would wait for ever. */
export function readEntry(full: string, shown: string, item: Found, fence: Fence): Entry {
  return { name: item.name, path: shown, content: readContent(full, item, fence) };
}

function readContent(full: string, item: Found, fence: Fence): Entry['content'] {
  if (item.type !== 'link') return readType(full, item.type);
  const target = follow(full, fence);
  return target.kind === 'inside' ? readType(full, target.type) : target;
}

function readType(full: string, type: Exclude<Found['type'], 'link'>): Entry['content'] {
  switch (type) {
    case 'file':
      return readBytes(full);
    case 'directory':
      return { kind: 'directory' };
    default:
      return { kind: 'special', what: `a ${type}` };
  }
}

/** Opens without waiting and looks again at what was opened: between listing and opening, a name can change its meaning. */
function readBytes(full: string): Entry['content'] {
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(full, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    const stat = fs.fstatSync(descriptor);
    if (!stat.isFile()) return readType(full, typeOf(stat) === 'directory' ? 'directory' : 'device');
    if (stat.size > LARGEST) return { kind: 'too-large', bytes: stat.size };
    const bytes = readWhole(descriptor, stat.size);
    return bytes.length > LARGEST ? { kind: 'too-large', bytes: bytes.length } : { kind: 'bytes', bytes };
  } catch (error) {
    return unreadable(error);
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

/** As `readFileSync` reads a descriptor, without asking for its size once more. A file that says it has none may have something to say, as in /proc. */
function readWhole(descriptor: number, size: number): Buffer {
  if (size === 0) return fs.readFileSync(descriptor);
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  for (let read = -1; read !== 0 && filled < size; filled += read)
    read = fs.readSync(descriptor, bytes, filled, size - filled, null);
  return bytes.subarray(0, filled);
}

type Target =
  | { readonly kind: 'inside'; readonly type: Exclude<Found['type'], 'link'> }
  | { readonly kind: 'outside' }
  | Unreadable;

function follow(full: string, fence: Fence): Target {
  try {
    const real = fs.realpathSync(full);
    if (real !== fence.root && !real.startsWith(fence.root.endsWith(path.sep) ? fence.root : fence.root + path.sep)) {
      return { kind: 'outside' };
    }
    const type = typeOf(fs.statSync(real));
    return { kind: 'inside', type: type === 'link' ? 'file' : type };
  } catch (error) {
    return unreadable(error, true);
  }
}

function typeOf(entry: fs.Dirent | fs.Stats): Found['type'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isFIFO()) return 'FIFO';
  return entry.isSocket() ? 'socket' : 'device';
}

/** The system's message without the path of this computer, so that it reads the same everywhere. */
function unreadable(error: unknown, link = false): Unreadable {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons = new Map([
    ['EACCES', 'permission denied'],
    ['EPERM', 'permission denied'],
    ['ENOENT', link ? 'the link leads nowhere' : 'it does not exist'],
    ['ENOTDIR', 'it is not a folder'],
    ['ELOOP', 'the links go round in a circle'],
  ]);
  const reason = reasons.get(code) ?? (code === '' ? undefined : `the system answered ${code}`);
  if (reason === undefined) throw error;
  return { kind: 'unreadable', reason };
}
