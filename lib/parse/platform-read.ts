import type { Folder } from '../model/folder.js';
import type { Place } from '../model/problem.js';
import { Problems } from '../problems.js';
import { readDotenv } from './dotenv-reader.js';
import { isEnvironmentName } from './environments.js';
import { sortedByName } from './files.js';
import { didYouMean } from './nearest.js';
import { coerceKey } from './platform-coerce.js';
import { PLATFORM_KEYS } from './platform-keys.js';
import { decodeEntry, type SourceText } from './source-text.js';

/** A key as a platform file has it. */
export interface WrittenKey {
  readonly name: string;
  readonly text: string;
  readonly place: Place;
}

/** A key whose value was accepted: one item, or for a list as many as were written. */
export interface PlatformValue extends WrittenKey {
  readonly items: readonly string[];
}

/** One platform file: its accepted values, and the keys of the base that it takes away. */
export interface PlatformFile {
  readonly values: ReadonlyMap<string, PlatformValue>;
  readonly unsets: readonly { readonly name: string; readonly place: Place }[];
  /** Whether something in it was refused; then nothing is said about combinations, which could only mislead. */
  readonly refused: boolean;
}

/** The values of one environment, base and overlay merged by key. */
export type PlatformValues = ReadonlyMap<string, PlatformValue>;

/** Reads every platform file, by environment. Files whose suffix is no name for an environment are left out. */
export function readPlatformFiles(folder: Folder, problems: Problems): Map<string, PlatformFile> {
  const files = new Map<string, PlatformFile>();
  for (const entry of sortedByName(folder.platforms)) {
    const environment = entry.name === 'platform' ? 'default' : entry.name.slice('platform.'.length);
    if (environment === 'default' ? entry.name !== 'platform' : !isEnvironmentName(environment)) continue;
    const source = decodeEntry(entry, problems);
    if (source.kind === 'none') continue;
    const found = new Problems();
    const file = readPlatformFile(source.value, environment !== 'default', found);
    files.set(environment, { ...file, refused: found.refused });
    for (const problem of found.all) problems.all.push(problem);
  }
  return files;
}

/** Merges the overlay of an environment over the base, by key. */
export function mergePlatform(files: ReadonlyMap<string, PlatformFile>, environment: string, problems: Problems): PlatformValues {
  const base = files.get('default');
  const overlay = environment === 'default' ? undefined : files.get(environment);
  const values = new Map(base?.values);
  for (const { name, place } of overlay?.unsets ?? []) {
    if (values.delete(name)) continue;
    problems.error('platform-unset-unknown', place, `\`${name}\` is not in \`platform\`, so there is nothing to unset`, {
      given: name,
      hint: didYouMean(name, values.keys(), 'remove this line'),
    });
  }
  for (const [name, value] of overlay?.values ?? []) values.set(name, value);
  return values;
}

function readPlatformFile(source: SourceText, overlay: boolean, problems: Problems): Omit<PlatformFile, 'refused'> {
  const { entries, unsets } = readDotenv(source, overlay, problems);
  const values = new Map<string, PlatformValue>();
  for (const entry of entries) {
    const key = PLATFORM_KEYS.find(({ name }) => name === entry.name);
    if (key === undefined) {
      refuseUnknown(entry.name, entry.place, problems);
      continue;
    }
    const written: WrittenKey = { name: entry.name, text: entry.value, place: source.place(entry.valueStart) };
    if (!readAlike(written, source.text.slice(entry.valueStart, entry.valueEnd), problems)) continue;
    const items = coerceKey(key, written, problems);
    if (items !== undefined) values.set(entry.name, { ...written, items });
  }
  return { values, unsets };
}

function refuseUnknown(name: string, place: Place, problems: Problems): void {
  const names = PLATFORM_KEYS.map((key) => key.name);
  problems.error('platform-unknown-key', place, `\`${name}\` is not a key of the platform file`, {
    given: name,
    allowed: names.join(', '),
    hint: didYouMean(name.toUpperCase(), names, 'remove the line; `empire platform show --reference` lists every key'),
  });
}

type Dotenv = typeof import('dotenv');
let dotenv: Dotenv | undefined;

/** Other programs read this file with the dotenv package: a text that it reads otherwise (`a#b`) is refused. One value at a time, so that no file is slow. */
function readAlike(written: WrittenKey, raw: string, problems: Problems): boolean {
  dotenv ??= require('dotenv') as Dotenv;
  const theirs = dotenv.parse(`VALUE=${raw}`)['VALUE'];
  if (theirs === written.text) return true;
  problems.error('platform-two-readings', written.place, `the dotenv package would read \`${theirs ?? ''}\` here`, {
    given: raw,
    hint: 'put the value in single quotes',
  });
  return false;
}
