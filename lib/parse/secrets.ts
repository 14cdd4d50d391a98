import type { SecretReference } from '../model/app.js';
import type { Problems } from '../problems.js';
import { readDotenv } from './dotenv-reader.js';
import { editDotenv } from './dotenv-writer.js';
import { type NamedFile, refuseReserved, unsetsOf } from './env.js';
import { formatSecretReference, parseSecretReference } from './secret-reference.js';
import type { SourceText } from './source-text.js';

export { formatSecretReference, parseSecretReference } from './secret-reference.js';

/** What to change in `secrets`. */
export interface SecretsEdits {
  readonly set: ReadonlyMap<string, SecretReference>;
  readonly unset: ReadonlySet<string>;
}

/** Reads `secrets` or an overlay of it: names and references, never values. */
export function parseSecrets(source: SourceText, overlay: boolean, problems: Problems): NamedFile<SecretReference> {
  const file = readDotenv(source, overlay, problems);
  const entries: { name: string; value: SecretReference; place: (typeof file.entries)[number]['place'] }[] = [];
  for (const entry of file.entries) {
    if (refuseReserved(entry, problems)) continue;
    const place = source.place(entry.valueStart);
    const reference = parseSecretReference(entry.value, place, problems);
    if (reference.kind === 'given') entries.push({ name: entry.name, value: reference.value, place: entry.place });
  }
  return { entries, unsets: unsetsOf(file.unsets) };
}

/** As `editEnv`, with references. */
export function editSecrets(text: string, edits: SecretsEdits, overlay: boolean): string {
  const set = new Map([...edits.set].map(([name, reference]) => [name, formatSecretReference(reference)]));
  return editDotenv(text, { set, unset: edits.unset }, overlay);
}
