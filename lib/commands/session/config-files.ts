import type { AppDirectory } from '../../model/folder.js';
import { readDotenv } from '../../parse/dotenv-reader.js';
import { SourceText } from '../../parse/source-text.js';
import { Problems } from '../../problems.js';
import { textOf } from './edits.js';

/** `env`, `secrets` or an overlay of one: what is in it, as it is written. */
export interface ConfigFile {
  /** The bare name: `env.production`. */
  readonly name: string;
  readonly text: string;
  /** Name → value as written, quotes and escapes included. */
  readonly written: ReadonlyMap<string, string>;
}

/** The file that an edit in this environment changes: the base file, or with `-e` its overlay. */
export const layerName = (file: string, environment: string): string =>
  environment === 'default' ? file : `${file}.${environment}`;

/** Reads what can be read; what is wrong in it is said by the parser of the whole app. */
export function configFile(app: AppDirectory, name: string): ConfigFile {
  const text = textOf(app, name);
  const source = new SourceText(name, text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
  const { entries } = readDotenv(source, true, new Problems());
  const written = entries.map((entry): [string, string] => [entry.name, source.text.slice(entry.valueStart, entry.valueEnd)]);
  return { name, text, written: new Map(written) };
}

/** The layers of a file in an environment: the base, and the overlay where there is one. */
export function layersOf(app: AppDirectory, file: string, environment: string): { base: ConfigFile; own: ConfigFile } {
  const base = configFile(app, file);
  return { base, own: environment === 'default' ? base : configFile(app, layerName(file, environment)) };
}
