import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AppDirectory, Entry, Folder } from '../model/folder.js';
import type { Given } from '../model/given.js';
import { type Fence, type Found, findDirectory, listNames, readEntry } from './disk-entry.js';

/** What to bring: the apps folder relative to the root, and which apps are wanted whole. */
export interface ReadFolderOptions {
  readonly appsPath: string;
  /** Given: of other apps only what the check of public names needs, their `domains*` (and then `image*`) files. */
  readonly only: Given<readonly string[]>;
}

/** The file of the apps folder that belongs to no app. */
export const LEDGER = 'ingress.lock';

/**
 * Everything the compiler may look at, read once. Never throws for what it finds: a file that cannot be used is an entry
 * that says why. A missing apps folder is one stray entry whose path is the apps folder's own.
 */
export function readFolder(root: string, options: ReadFolderOptions): Folder {
  const appsPath = options.appsPath.split(path.sep).join('/');
  const platforms = readPlatforms(root);
  const apps = path.resolve(root, options.appsPath);
  const listed = listNames(apps);
  if (listed.kind === 'unreadable') {
    const stray: Entry = { name: path.basename(appsPath), path: appsPath, content: listed };
    return { appsPath, apps: [], strays: [stray], platforms, ledger: { kind: 'none' } };
  }
  const fence: Fence = { root: fs.realpathSync(apps) };
  const wanted = options.only.kind === 'given' ? new Set(options.only.value) : undefined;
  const found = listed.names.filter(({ name }) => !name.startsWith('.'));
  return { appsPath, platforms, ...sortOut(found, { apps, appsPath, fence, wanted }) };
}

interface Sorting {
  readonly apps: string;
  readonly appsPath: string;
  readonly fence: Fence;
  readonly wanted: ReadonlySet<string> | undefined;
}

function sortOut(found: readonly Found[], sorting: Sorting): Pick<Folder, 'apps' | 'strays' | 'ledger'> {
  const apps: AppDirectory[] = [];
  const strays: Entry[] = [];
  let ledger: Given<Entry> = { kind: 'none' };
  for (const item of found) {
    const full = `${sorting.apps}${path.sep}${item.name}`;
    const shown = `${sorting.appsPath}/${item.name}`;
    if (item.name !== LEDGER && findDirectory(full, item, sorting.fence)) {
      const directory = readApp(full, shown, item.name, sorting);
      if (directory.kind === 'app') apps.push(directory.app);
      else strays.push(directory.entry);
      continue;
    }
    const entry = readEntry(full, shown, item, sorting.fence);
    if (item.name === LEDGER) ledger = { kind: 'given', value: entry };
    else strays.push(entry);
  }
  return { apps, strays, ledger };
}

type ReadApp = { readonly kind: 'app'; readonly app: AppDirectory } | { readonly kind: 'unreadable'; readonly entry: Entry };

function readApp(full: string, shown: string, name: string, { fence, wanted }: Sorting): ReadApp {
  const listed = listNames(full);
  if (listed.kind === 'unreadable') return { kind: 'unreadable', entry: { name, path: shown, content: listed } };
  const whole = wanted === undefined || wanted.has(name);
  const entries = listed.names
    .filter(whole ? isText : forPublicNames(listed.names))
    .map((item) => readEntry(`${full}${path.sep}${item.name}`, `${shown}/${item.name}`, item, fence));
  return { kind: 'app', app: { name, path: shown, entries } };
}

/** What an app directory may hold besides its manifests. */
export const isText = ({ name }: Pick<Found, 'name'>): boolean => !name.startsWith('.') && !name.startsWith('README');

/** Who owns a public name depends on where an app exists, so `image*` comes with `domains*`. */
function forPublicNames(names: readonly Found[]): (item: Found) => boolean {
  const isDomains = ({ name }: Found): boolean => name === 'domains' || name.startsWith('domains.');
  if (!names.some(isDomains)) return () => false;
  return (item) => isDomains(item) || item.name === 'image' || item.name.startsWith('image.');
}

function readPlatforms(root: string): Entry[] {
  const listed = listNames(root);
  if (listed.kind === 'unreadable') return [];
  const names = listed.names.filter(({ name }) => name === 'platform' || name.startsWith('platform.'));
  if (names.length === 0) return [];
  const fence: Fence = { root: fs.realpathSync(root) };
  return names.map((item) => readEntry(path.join(root, item.name), item.name, item, fence));
}
