import type { Problems } from '../problems.js';
import type { SourceText } from './source-text.js';

/** A value as it stands after `=`. Offsets are of the normalised text. */
export interface DotenvValue {
  /** Without its quotes and escapes. */
  readonly value: string;
  /** As written, quotes included. */
  readonly from: number;
  readonly to: number;
  /** The end of the line on which it ends. */
  readonly lineEnd: number;
}

const ESCAPES = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['\\', '\\'],
  ['"', '"'],
  ['$', '$'],
]);

/** Reads the value between `start` and the line end, or over lines when it is quoted; undefined when it was refused. */
export function readDotenvValue(source: SourceText, start: number, end: number, problems: Problems): DotenvValue | undefined {
  const { text } = source;
  const from = skipSpace(text, start, end);
  const first = text[from];
  if (from < end && (first === '"' || first === "'")) return readQuoted(source, from, first, problems);
  const comment = from > start && first === '#' ? from : commentStart(text, from, end);
  const value = trimEnd(text.slice(from, comment));
  if (value === '') return { value, from: start, to: start, lineEnd: end };
  return { value, from, to: from + value.length, lineEnd: end };
}

function readQuoted(source: SourceText, from: number, quote: '"' | "'", problems: Problems): DotenvValue | undefined {
  const { text } = source;
  const close = quote === "'" ? text.indexOf("'", from + 1) : closingDouble(text, from + 1);
  if (close === -1) {
    problems.error('dotenv-open-quote', source.place(from), `this \`${quote}\` is never closed`, {
      hint: `close it with \`${quote}\`, or put the whole value in ${quote === "'" ? 'double' : 'single'} quotes`,
    });
    return undefined;
  }
  const lineEnd = lineEndAfter(text, close);
  const rest = skipSpace(text, close + 1, lineEnd);
  if (rest < lineEnd && text[rest] !== '#') {
    problems.error('dotenv-after-quote', source.place(rest), 'there is text after the closing quote', {
      allowed: 'white space and a comment that begins with `#`',
      hint: `put the whole value in one pair of quotes${quote === '"' ? ', with `\\"` for a quote inside' : ''}`,
    });
  }
  const inside = text.slice(from + 1, close);
  return { value: quote === "'" ? inside : unescapeDouble(inside), from, to: close + 1, lineEnd };
}

function closingDouble(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return -1;
}

/** Where a comment begins: `#` after white space. Looks at this line only, or many lines would take quadratic time. */
function commentStart(text: string, from: number, end: number): number {
  const comment = /[ \t]#/.exec(text.slice(from, end));
  return comment === null ? end : from + comment.index + 1;
}

/** Where the line ends that `from` is on. */
export function lineEndAfter(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** The first offset from `from` that is not white space. */
export function skipSpace(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at++;
  return at;
}

function unescapeDouble(inside: string): string {
  if (!inside.includes('\\')) return inside;
  return inside.replace(/\\([nrt\\"$])/g, (_, letter: string) => ESCAPES.get(letter) as string);
}

/** Without the white space at its end. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  return text.slice(0, end);
}
