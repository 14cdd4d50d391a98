import type { Image, SecretReference } from '../model/app.js';
import type { AppDirectory } from '../model/folder.js';
import type { Given } from '../model/given.js';
import type { JsonObject } from '../model/json.js';
import type { Place } from '../model/problem.js';
import { Problems } from '../problems.js';
import { type DomainEntry, parseDomains } from './domains.js';
import { type NamedFile, parseEnv } from './env.js';
import { type AppFile, isIgnored, type KnownEntry, knownEntries } from './files.js';
import { parseImage } from './image.js';
import { parseMaintenance } from './maintenance.js';
import { parsePolicy } from './policy.js';
import { parseProcfile, type WrittenProcess } from './procfile/index.js';
import { parseScale, type ScaleFile } from './scale.js';
import { parseSecrets } from './secrets.js';
import { decodeEntry, type SourceText } from './source-text.js';

/** One file that was read: the base, or the overlay of an environment. */
export interface Loaded<T> {
  /** Where its content begins. */
  readonly place: Place;
  /** None: it is not a text. */
  readonly value: Given<T>;
  /** Whether something in it was refused. */
  readonly refused: boolean;
}

/** One file of an app in all its layers, by environment; the base is `default`. */
export type Layers<T> = ReadonlyMap<string, Loaded<T>>;

/** Every file of one app, each read once, whichever environment is selected. */
export interface AppFiles {
  readonly name: string;
  readonly path: string;
  readonly empty: boolean;
  readonly image: Layers<Given<Image>>;
  readonly procfile: Layers<readonly WrittenProcess[]>;
  readonly env: Layers<NamedFile<string>>;
  readonly secrets: Layers<NamedFile<SecretReference>>;
  readonly scale: Layers<ScaleFile>;
  readonly domains: Layers<readonly DomainEntry[]>;
  readonly policy: Layers<Given<JsonObject>>;
  readonly maintenance: Layers<Given<string>>;
}

/** Reads the files of an app; what is refused is said, and the rest goes on. */
export function readAppFiles(directory: AppDirectory, environments: readonly string[], problems: Problems): AppFiles {
  const known = knownEntries(directory, environments, problems);
  const load = <T>(file: AppFile, parse: Parse<T>): Layers<T> => loadLayers(known, file, parse, problems);
  return {
    name: directory.name,
    path: directory.path,
    empty: directory.entries.every(({ name }) => isIgnored(name)),
    image: load('image', (source, _, found) => parseImage(source, found)),
    procfile: load('Procfile', (source, _, found) => parseProcfile(source, found)),
    env: load('env', parseEnv),
    secrets: load('secrets', parseSecrets),
    scale: load('scale', parseScale),
    domains: load('domains', (source, _, found) => parseDomains(source, found)),
    policy: load('policy', (source, _, found) => parsePolicy(source, found)),
    maintenance: load('maintenance', (source, _, found) => parseMaintenance(source, found)),
  };
}

/** The environments in which the app exists: those that have an image. None when no image was written at all. */
export function environmentsWith(image: Layers<unknown>, environments: readonly string[]): readonly string[] {
  return image.has('default') ? environments : environments.filter((environment) => image.has(environment));
}

type Parse<T> = (source: SourceText, overlay: boolean, problems: Problems) => T;

function loadLayers<T>(known: readonly KnownEntry[], file: AppFile, parse: Parse<T>, problems: Problems): Layers<T> {
  const layers = new Map<string, Loaded<T>>();
  for (const each of known) {
    if (each.file !== file) continue;
    const found = new Problems();
    const source = decodeEntry(each.entry, found);
    const value: Given<T> =
      source.kind === 'given' ? { kind: 'given', value: parse(source.value, each.environment !== 'default', found) } : source;
    const place: Place = source.kind === 'given' ? beginning(source.value) : { kind: 'file', file: each.entry.path };
    layers.set(each.environment, { place, value, refused: found.refused });
    for (const problem of found.all) problems.all.push(problem);
  }
  return layers;
}

/** The first character that is neither white space nor a comment. */
function beginning(source: SourceText): Place {
  const match = /^[ \t]*[^\s#]/m.exec(source.text);
  return source.place(match === null ? 0 : match.index + match[0].length - 1);
}
