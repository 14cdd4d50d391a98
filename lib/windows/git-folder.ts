import { basename } from 'node:path';
import type { AppDirectory, Entry, Folder } from '../model/folder.js';
import type { Given } from '../model/given.js';
import { isText, LEDGER } from './disk.js';
import { type Found, GitTree, type ReadBlobs } from './git-tree.js';

/**
 * What `readFolder` would have read from a checkout of that commit, with the same limits: nothing over 1 MiB, links only inside
 * the apps folder. A missing apps folder is one stray entry whose path is the apps folder's own.
 */
export function readFolderAt(listing: string, appsPath: string, readBlobs: ReadBlobs): Folder {
  const tree = new GitTree(listing, readBlobs);
  const platformNames = tree.names('').filter((name) => name === 'platform' || name.startsWith('platform.'));
  const apps = tree.find(appsPath, '');
  tree.prefetch([...platformNames, ...(apps.kind === 'tree' ? filesOf(tree, apps.path) : [])]);
  const platforms = platformNames.map((name) => entry(tree, name, name, tree.find(name, '')));
  if (apps.kind === 'tree') return { appsPath, platforms, ...sortOut(tree, apps.path, appsPath) };
  const why: Found = apps.kind === 'blob' ? { kind: 'unreadable', reason: 'it is not a folder' } : apps;
  const stray = entry(tree, basename(appsPath), appsPath, why);
  return { appsPath, apps: [], strays: [stray], platforms, ledger: { kind: 'none' } };
}

/** Nearly everything that will be read: what lies in the apps folder, and in the folders of the apps. */
function filesOf(tree: GitTree, apps: string): string[] {
  return tree.names(apps).flatMap((name) => {
    const inside = tree.names(`${apps}/${name}`).filter((file) => isText({ name: file }));
    return [`${apps}/${name}`, ...inside.map((file) => `${apps}/${name}/${file}`)];
  });
}

function sortOut(tree: GitTree, fence: string, appsPath: string): Pick<Folder, 'apps' | 'strays' | 'ledger'> {
  const apps: AppDirectory[] = [];
  const strays: Entry[] = [];
  let ledger: Given<Entry> = { kind: 'none' };
  for (const name of tree.names(fence).filter((one) => !one.startsWith('.'))) {
    const found = tree.find(`${fence}/${name}`, fence);
    const path = `${appsPath}/${name}`;
    if (name === LEDGER) ledger = { kind: 'given', value: entry(tree, name, path, found) };
    else if (found.kind === 'tree') apps.push({ name, path, entries: entriesOf(tree, found.path, path, fence) });
    else strays.push(entry(tree, name, path, found));
  }
  return { apps, strays, ledger };
}

function entriesOf(tree: GitTree, directory: string, path: string, fence: string): Entry[] {
  const files = tree.names(directory).filter((name) => isText({ name }));
  return files.map((name) => entry(tree, name, `${path}/${name}`, tree.find(`${directory}/${name}`, fence)));
}

function entry(tree: GitTree, name: string, path: string, found: Found): Entry {
  return { name, path, content: tree.content(found) };
}
