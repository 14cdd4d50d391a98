import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { credentialLike } from './credential-like.js';
import { type DotenvEntry, type DotenvUnset, readDotenv } from './dotenv-reader.js';
import type { SourceText } from './source-text.js';

export { type DotenvEdits, editDotenv as editEnv } from './dotenv-writer.js';

/** A file of named values, as written; an overlay may also unset names of its base. */
export interface NamedFile<V> {
  readonly entries: readonly { readonly name: string; readonly value: V; readonly place: Place }[];
  readonly unsets: readonly { readonly name: string; readonly place: Place }[];
}

/** Reads `env` or an overlay of it. */
export function parseEnv(source: SourceText, overlay: boolean, problems: Problems): NamedFile<string> {
  const file = readDotenv(source, overlay, problems);
  const entries = file.entries.filter((entry) => !refuseReserved(entry, problems));
  for (const entry of entries) warnCredential(entry, problems);
  return { entries: entries.map(({ name, value, place }) => ({ name, value, place })), unsets: unsetsOf(file.unsets) };
}

export function unsetsOf(unsets: readonly DotenvUnset[]): { name: string; place: Place }[] {
  return unsets.map(({ name, place }) => ({ name, place }));
}

/** `EMPIRE_*` is ours: the injected variables must mean the same in every app. */
export function refuseReserved(entry: DotenvEntry, problems: Problems): boolean {
  if (!entry.name.startsWith('EMPIRE_')) return false;
  problems.error(
    'env-reserved-name',
    entry.place,
    `\`${entry.name}\` is reserved: names beginning with \`EMPIRE_\` are set by empire`,
    {
      given: entry.name,
      allowed: 'any other name',
      hint: 'rename or remove it',
    },
  );
  return true;
}

// The value itself is not shown: problems end in logs.
function warnCredential(entry: DotenvEntry, problems: Problems): void {
  const what = credentialLike(entry.name, entry.value);
  if (what === undefined) return;
  problems.warning(
    'env-credential',
    entry.place,
    `the value of \`${entry.name}\` looks like ${what}, and \`env\` is readable in the template`,
    {
      hint: `keep the value in AWS and its reference in \`secrets\`: \`empire set --secret ${entry.name}\``,
    },
  );
}
