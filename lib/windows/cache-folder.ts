import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Given } from '../model/given.js';

/** Where this computer remembers: EMPIRE_CACHE, or `empire` in the user's folder for caches. */
export function cacheFolder(): string {
  return process.env['EMPIRE_CACHE'] || join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'empire');
}

/** All that is kept lies below this name. */
const FOLDERS = 'folders';

/** What was kept under a name, which may be a path. */
export function readCached(name: string): Given<Uint8Array> {
  try {
    return { kind: 'given', value: readFileSync(join(cacheFolder(), FOLDERS, name)) };
  } catch {
    return { kind: 'none' }; // Nothing there, or not to be read: everything is compiled, as without a cache.
  }
}

/** Keeps a text, whole or not at all; a run beside this one may do the same. */
export function keepCached(name: string, text: string): 'kept' | 'not-kept' {
  const path = join(cacheFolder(), FOLDERS, name);
  const temporary = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, path);
    return 'kept';
  } catch {
    dropTemporary(temporary);
    return 'not-kept'; // A full disk or a folder of somebody else: the next run compiles everything again.
  }
}

function dropTemporary(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    return; // It could not be made either.
  }
}

/** Forgets everything; what somebody else has in that folder stays. */
export function clearCacheFolder(): void {
  rmSync(join(cacheFolder(), FOLDERS), { recursive: true, force: true });
}
