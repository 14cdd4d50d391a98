import type { Entry } from '../model/folder.js';
import { LARGEST } from './disk-entry.js';

/** The bytes of blobs: `git cat-file --batch` with these ids on its stdin. */
export type ReadBlobs = (ids: readonly string[]) => Buffer;

interface Node {
  readonly type: 'tree' | 'blob' | 'link';
  readonly id: string;
  readonly size: number;
}

/** What is at a path, links followed. */
export type Found =
  | { readonly kind: 'tree'; readonly path: string }
  | { readonly kind: 'blob'; readonly id: string; readonly size: number }
  | Extract<Entry['content'], { kind: 'outside' | 'unreadable' }>;

/** As many as Linux follows. */
const LINKS = 40;

/** A commit's files, from `git ls-tree -r -t -l -z`. Nothing of it is trusted: it may come from a branch of a stranger. */
export class GitTree {
  private readonly nodes = new Map<string, Node>();
  private readonly children = new Map<string, string[]>([['', []]]);
  private readonly blobs = new Map<string, Uint8Array>();

  constructor(
    listing: string,
    private readonly readBlobs: ReadBlobs,
  ) {
    for (const [, mode, id = '', size, path = ''] of listing.matchAll(/(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([^\0]+)\0/g)) {
      const type = mode === '120000' ? 'link' : size === '-' ? 'tree' : 'blob';
      this.nodes.set(path, { type, id, size: Number(size === '-' ? 0 : size) });
      const slash = path.lastIndexOf('/');
      const directory = slash < 0 ? '' : path.slice(0, slash);
      const names = this.children.get(directory);
      if (names === undefined) this.children.set(directory, [path.slice(slash + 1)]);
      else names.push(path.slice(slash + 1));
    }
  }

  /** The names in a folder, sorted by code unit. */
  names(directory: string): string[] {
    return [...(this.children.get(directory) ?? [])].sort((a, b) => (a < b ? -1 : 1));
  }

  /** Follows links anywhere inside the fence, which is a path without links, and nowhere else. */
  find(path: string, fence: string): Found {
    const left = path.split('/');
    const at: string[] = [];
    let followed = 0;
    for (let part = left.shift(); part !== undefined; part = left.shift()) {
      if (part === '' || part === '.') continue;
      if (part === '..') {
        if (at.pop() === undefined) return { kind: 'outside' };
        continue;
      }
      const node = this.nodes.get([...at, part].join('/'));
      if (node === undefined) return missing(followed);
      if (node.type === 'blob' && left.some((one) => one !== '' && one !== '.'))
        return { kind: 'unreadable', reason: 'it is not a folder' };
      if (node.type !== 'link') {
        at.push(part);
        continue;
      }
      followed += 1;
      if (followed > LINKS) return { kind: 'unreadable', reason: 'the links go round in a circle' };
      const target = Buffer.from(this.bytes(node.id, node.size) ?? []).toString('utf8');
      if (target.startsWith('/')) return { kind: 'outside' };
      left.unshift(...target.split('/'));
    }
    const real = at.join('/');
    const inside = fence === '' || real === fence || real.startsWith(`${fence}/`);
    return inside ? this.at(real) : { kind: 'outside' };
  }

  private at(path: string): Found {
    const node = this.nodes.get(path);
    return node?.type === 'blob' ? { kind: 'blob', id: node.id, size: node.size } : { kind: 'tree', path };
  }

  /** What a file holds, or why that cannot be had. */
  content(found: Found): Entry['content'] {
    if (found.kind === 'tree') return { kind: 'directory' };
    if (found.kind !== 'blob') return found;
    if (found.size > LARGEST) return { kind: 'too-large', bytes: found.size };
    const bytes = this.bytes(found.id, found.size);
    return bytes === undefined ? { kind: 'unreadable', reason: 'this clone does not have it' } : { kind: 'bytes', bytes };
  }

  /** Reads what will be asked for in one go: a git for every file would take a second for every hundred. */
  prefetch(paths: readonly string[]): void {
    const nodes = paths.map((path) => this.nodes.get(path)).filter((node) => node !== undefined);
    this.read(nodes.filter(({ type, size }) => type !== 'tree' && size <= LARGEST).map(({ id }) => id));
  }

  private bytes(id: string, size: number): Uint8Array | undefined {
    if (!this.blobs.has(id) && size <= LARGEST) this.read([id]);
    return this.blobs.get(id);
  }

  /** `<id> blob <size>`, a newline, the bytes, a newline; `<id> missing` for what a partial clone left out. */
  private read(ids: readonly string[]): void {
    const wanted = [...new Set(ids)].filter((id) => !this.blobs.has(id));
    if (wanted.length === 0) return;
    const output = this.readBlobs(wanted);
    for (let at = 0; at < output.length; ) {
      const end = output.indexOf(10, at);
      const [id = '', type, size] = output.toString('utf8', at, end).split(' ');
      at = end + 1;
      if (type !== 'blob') continue;
      this.blobs.set(id, output.subarray(at, at + Number(size)));
      at += Number(size) + 1;
    }
  }
}

function missing(followed: number): Found {
  return { kind: 'unreadable', reason: followed > 0 ? 'the link leads nowhere' : 'it does not exist' };
}
