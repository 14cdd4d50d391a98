import { Failure } from '../failure.js';
import { readDotenv } from './dotenv-reader.js';
import { EditedText } from './text-edit.js';

/** What to change in a file of `NAME=value` lines. */
export interface DotenvEdits {
  readonly set: ReadonlyMap<string, string>;
  readonly unset: ReadonlySet<string>;
}

/**
 * Sets and unsets names in the text of a file of `NAME=value` lines and touches nothing else. In an overlay `unset`
 * leaves the line `unset NAME`, so that the base's value is gone too; with `overlay` false the line is only removed.
 */
export function editDotenv(text: string, edits: DotenvEdits, overlay: boolean): string {
  const edited = new EditedText(text);
  const file = edited.read((source, problems) => readDotenv(source, true, problems));
  const written = new Set<string>();
  // A comment may touch a closing quote, but not a bare word.
  const gap = (end: number) => (edited.source.text[end] === '#' ? ' ' : '');
  for (const entry of file.entries) {
    const value = edits.set.get(entry.name);
    if (value !== undefined) {
      written.add(entry.name);
      if (value !== entry.value)
        edited.replace(entry.valueStart, entry.valueEnd, formatDotenvValue(entry.name, value) + gap(entry.valueEnd));
    } else if (edits.unset.has(entry.name)) {
      written.add(entry.name);
      if (overlay)
        edited.replace(
          lineStart(edited.source.text, entry.nameStart),
          entry.valueEnd,
          `unset ${entry.name}${gap(entry.valueEnd)}`,
        );
      else edited.removeLines(entry.nameStart, entry.valueEnd);
    }
  }
  for (const unset of file.unsets) {
    const value = edits.set.get(unset.name);
    written.add(unset.name);
    if (value !== undefined)
      edited.replace(unset.start, unset.end, `${unset.name}=${formatDotenvValue(unset.name, value)}${gap(unset.end)}`);
    else if (edits.unset.has(unset.name) && !overlay) edited.removeLines(unset.start, unset.end);
    else if (!edits.unset.has(unset.name)) written.delete(unset.name);
  }
  for (const [name, value] of edits.set) {
    if (!written.has(name)) edited.append(`${refuseName(name)}=${formatDotenvValue(name, value)}`);
  }
  for (const name of overlay ? edits.unset : []) {
    if (!written.has(name) && !edits.set.has(name)) edited.append(`unset ${refuseName(name)}`);
  }
  return edited.toString();
}

/** Bare where nothing in it could be misread (also by other dotenv readers), else in double quotes. */
export function formatDotenvValue(name: string, value: string): string {
  if (value.includes('\0') || /\p{Surrogate}/u.test(value)) {
    throw new Failure(
      name,
      'this value cannot be written to a text file',
      'give a value that is text without NUL',
      'dotenv-unwritable-value',
    );
  }
  if (/^[A-Za-z0-9_./:@%+,=~^!?*&|;()[\]{}<>-]*$/.test(value)) return value;
  const escaped = value.replace(/[\\"\n\r\t]/g, (character) => ESCAPED.get(character) as string);
  return `"${escaped}"`;
}

const ESCAPED = new Map([
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function refuseName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return name;
  throw new Failure(
    name,
    `\`${name}\` is not a name of a variable`,
    'use letters, digits and `_`, not beginning with a digit',
    'dotenv-name',
  );
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
