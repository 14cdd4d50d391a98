import type { ReleasePlace } from '../model/release.js';

/** A file of the app directory as it was. */
export interface WrittenFile {
  readonly name: string;
  readonly text: string;
}

/** What `--write` does to the app directory. */
export interface RollbackFiles {
  readonly write: readonly WrittenFile[];
  /** Files of this environment alone that were not there then. */
  readonly remove: readonly string[];
}

/**
 * The app's files of a release, for one environment: those for all environments and its own. Overlays of other environments are let be,
 * and so is what is no part of an app directory.
 *
 * @param files path relative to the root → text, as the release keeps them
 * @param present names of the files that the directory has now
 */
export function rollbackFiles(
  files: Readonly<Record<string, string>>,
  place: Pick<ReleasePlace, 'app' | 'environment'>,
  present: readonly string[],
): RollbackFiles {
  const write = Object.entries(files)
    .flatMap(([path, text]): WrittenFile[] => {
      const [name = '', app] = path.split('/').reverse();
      return app === place.app && isOf(name, place.environment) ? [{ name, text }] : [];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const kept = new Set(write.map(({ name }) => name));
  const own = (name: string) => name.includes('.') || place.environment === 'default';
  const remove = present.filter((name) => isOf(name, place.environment) && own(name) && !isForPeople(name) && !kept.has(name));
  return { write, remove: [...remove].sort() };
}

/** No files of the app: a README, and what begins with a dot. */
const isForPeople = (name: string): boolean => name.startsWith('.') || name.startsWith('README');

/** Files of an app directory have no dot but that of their environment. */
function isOf(name: string, environment: string): boolean {
  const [, layer] = name.split('.');
  return layer === undefined || layer === environment;
}
