import type { Given } from './given.js';

/** One directory entry as it was found on disk: its bytes, or why it cannot be read. */
export interface Entry {
  /** The bare file name. */
  readonly name: string;
  /** Path relative to the root of the repository, with forward slashes, for messages. */
  readonly path: string;
  readonly content:
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
    | { readonly kind: 'directory' }
    | { readonly kind: 'special'; readonly what: 'a FIFO' | 'a socket' | 'a device' }
    | { readonly kind: 'too-large'; readonly bytes: number }
    | { readonly kind: 'outside' }
    | { readonly kind: 'unreadable'; readonly reason: string };
}

/** One app directory as it was found on disk. */
export interface AppDirectory {
  readonly name: string;
  readonly path: string;
  readonly entries: readonly Entry[];
}

/** What `readFolder` brings: every text the compiler may look at, and nothing else. Sorted by name. */
export interface Folder {
  /** The apps folder relative to the root, normally `apps`. */
  readonly appsPath: string;
  readonly apps: readonly AppDirectory[];
  /** Entries of the apps folder that are not directories (`ingress.lock` excepted). */
  readonly strays: readonly Entry[];
  /** `platform` and `platform.<environment>`. */
  readonly platforms: readonly Entry[];
  /** `apps/ingress.lock`. */
  readonly ledger: Given<Entry>;
}
