import type { Place } from '../../model/problem.js';
import type { Problems } from '../../problems.js';
import { excerpt } from '../excerpt.js';
import type { SourceText } from '../source-text.js';
import { stripComment } from './entry-value.js';

export function refuseCommandAndKeys(name: string, rest: string, place: Place, problems: Problems): void {
  const command = excerpt(stripComment(rest).trim());
  problems.error('procfile-command-and-keys', place, `\`${excerpt(name)}\` has a command on its line and keys below it`, {
    given: command,
    allowed: 'one or the other',
    hint: `put \`command: ${command}\` on a line of its own, indented like the keys`,
  });
}

export function refuseLine(
  line: { readonly text: string; readonly offset: number },
  source: SourceText,
  problems: Problems,
): void {
  const indent = line.text.length - line.text.trimStart().length;
  problems.error('procfile-not-an-entry', source.place(line.offset + indent), 'this line is not an entry of a Procfile', {
    given: excerpt(line.text.trim()),
    allowed: '`name: command`, or `name:` with indented keys below it',
    hint: hintForLine(line.text),
  });
}

function hintForLine(text: string): string {
  if (/^[ \t]/.test(text)) return 'begin the first entry in column 1, or put its name above this line';
  if (text.startsWith('<<')) return 'write `<<` inside a process; whole processes cannot be merged';
  if (text.startsWith('-')) return 'a Procfile is no list: write `name: command`; indent the items of a list';
  if (/^["']/.test(text)) return 'write the name without quotes';
  if (/^[}\]]/.test(text)) return 'indent the closing bracket';
  if (/^\S+[ \t]+\S*:/.test(text)) return 'a name has no spaces; write `name: command`';
  return 'write `name: command`, or indent the line if it belongs to the entry above';
}

export function refuseSecondDocument(place: Place, problems: Problems): void {
  problems.error('yaml-second-document', place, 'a second YAML document begins here', {
    given: '---',
    allowed: 'one document; `---` only above the first entry',
    hint: 'remove this line',
  });
}

export function refuseColon(name: string, line: string, place: Place, problems: Problems): void {
  problems.error('procfile-colon-space', place, `a space is needed after \`${excerpt(name)}:\``, {
    given: excerpt(line),
    hint: 'only a command on one line may follow the colon directly',
  });
}
