import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Given } from '../model/given.js';

/** Where the user's repository is, and the apps folder in it. */
export interface Repository {
  /** Absolute. Paths in messages are relative to it. */
  readonly root: string;
  /** The apps folder relative to the root, with forward slashes. */
  readonly appsPath: string;
  /** The app directory the working directory is in. */
  readonly standingIn: Given<string>;
}

/**
 * The repository around a directory: the nearest one upwards that has an `apps` folder, not past the top of a git
 * repository. With `appsFolder` (the `--apps` flag) its parent is the root.
 */
export function findRepository(directory: string, appsFolder: Given<string>): Given<Repository> {
  if (appsFolder.kind === 'given') {
    const apps = resolve(directory, appsFolder.value);
    return isDirectory(apps) ? found(dirname(apps), basename(apps), directory) : { kind: 'none' };
  }
  for (let at = resolve(directory); ; at = dirname(at)) {
    if (isDirectory(join(at, 'apps'))) return found(at, 'apps', directory);
    if (existsSync(join(at, '.git')) || dirname(at) === at) return { kind: 'none' };
  }
}

function found(root: string, appsPath: string, directory: string): Given<Repository> {
  const inside = relative(join(root, appsPath), resolve(directory)).split(sep)[0] as string;
  const standingIn: Given<string> = inside === '' || inside === '..' ? { kind: 'none' } : { kind: 'given', value: inside };
  return { kind: 'given', value: { root, appsPath, standingIn } };
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
