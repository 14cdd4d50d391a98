import type { AppDirectory, Entry } from '../model/folder.js';
import type { Problems } from '../problems.js';
import { didYouMean, nearest } from './nearest.js';

/** The files of an app. The order is that of the reference. */
export const APP_FILES = ['image', 'Procfile', 'env', 'secrets', 'scale', 'domains', 'policy', 'maintenance'] as const;
export type AppFile = (typeof APP_FILES)[number];

/** An entry that is a file of an app: which one, and for which environment. */
export interface KnownEntry {
  readonly file: AppFile;
  /** `default`: the base file. Otherwise the environment of the overlay. */
  readonly environment: string;
  readonly entry: Entry;
}

/** Entries that are for people or other programs: `README*` and names that start with a dot. */
export const isIgnored = (name: string): boolean => name.startsWith('.') || name.startsWith('README');

/** Sorts the entries of an app into its known files, and refuses the rest. The result is sorted by file name. */
export function knownEntries(directory: AppDirectory, environments: readonly string[], problems: Problems): KnownEntry[] {
  const known: KnownEntry[] = [];
  const looked = sortedByName(directory.entries.filter(({ name }) => !isIgnored(name)));
  const entries = refuseCase(looked, (name) => fileOf(name) !== undefined, problems);
  for (const entry of entries) {
    const dot = entry.name.indexOf('.');
    const file = fileOf(entry.name);
    if (file === undefined) refuseUnknown(entry, dot === -1 ? entry.name : entry.name.slice(0, dot), environments, problems);
    else if (dot === -1) known.push({ file, environment: 'default', entry });
    else if (knownOverlay(entry, file, environments, problems)) {
      known.push({ file, environment: entry.name.slice(dot + 1), entry });
    }
  }
  return known;
}

/** By code unit, so that the order of a directory listing never shows. */
export function sortedByName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Drops names that differ from another only in case: on some disks they are the same file. The sound one is kept. */
export function refuseCase<T extends { readonly name: string; readonly path: string }>(
  sorted: readonly T[],
  isSound: (name: string) => boolean,
  problems: Problems,
): T[] {
  const kept = new Map<string, T>();
  for (const item of sorted) {
    const folded = item.name.toLowerCase();
    if (!kept.has(folded) || isSound(item.name)) kept.set(folded, item);
  }
  return sorted.filter((item) => {
    const other = kept.get(item.name.toLowerCase());
    if (other === undefined || other === item) return true;
    problems.error('file-case', { kind: 'file', file: item.path }, `\`${item.name}\` and \`${other.name}\` differ only in case`, {
      given: item.name,
      hint: `remove one of them: on some disks \`${item.name}\` and \`${other.name}\` are the same file`,
    });
    return false;
  });
}

const fileOf = (name: string): AppFile | undefined => APP_FILES.find((each) => name === each || name.startsWith(`${each}.`));

function refuseUnknown(entry: Entry, base: string, environments: readonly string[], problems: Problems): void {
  const suffix = entry.name.slice(base.length);
  const near = nearest(base, APP_FILES);
  const overlay = suffix === '' || environments.includes(suffix.slice(1)) ? suffix : '';
  problems.error('file-unknown', { kind: 'file', file: entry.path }, `\`${entry.name}\` is not a file of an app`, {
    given: entry.name,
    allowed: `${APP_FILES.join(', ')}, README*, names that start with a dot`,
    hint: near === undefined ? 'remove it, or keep it outside the apps folder' : `did you mean \`${near}${overlay}\`?`,
  });
}

function knownOverlay(entry: Entry, file: AppFile, environments: readonly string[], problems: Problems): boolean {
  const environment = entry.name.slice(file.length + 1);
  const place = { kind: 'file', file: entry.path } as const;
  if (environment === 'default') {
    problems.error('overlay-default', place, 'the default environment has no overlay: its file is the base', {
      given: entry.name,
      allowed: file,
      hint: `move its content to \`${file}\``,
    });
    return false;
  }
  if (environments.includes(environment)) return true;
  const others = environments.filter((each) => each !== 'default');
  problems.error('overlay-unknown-environment', place, `\`${entry.name}\` is for an environment that does not exist`, {
    given: environment,
    allowed: others.length === 0 ? 'no environment but the default exists' : others.join(', '),
    hint: didYouMean(
      entry.name,
      others.map((each) => `${file}.${each}`),
      `create \`platform.${environment}\`, or remove this file`,
    ),
  });
  return false;
}
