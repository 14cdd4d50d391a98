import type { Size } from '../model/app.js';
import type { Given } from '../model/given.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import type { ScaleCount } from './scale-count.js';
import { readScaleParts, splitScale } from './scale-line.js';
import type { SourceText } from './source-text.js';
import { type LineWord, wordsOfLines } from './words-of-line.js';

export { parseScaleArgument, parseScaleArguments, type ScaleChange } from './scale-argument.js';
export { formatScaleCount, type ScaleCount } from './scale-count.js';

/** One line of `scale`: how many of a process, how large, or both. */
export interface ScaleEntry {
  readonly process: string;
  readonly place: Place;
  readonly count: Given<{ readonly value: ScaleCount; readonly place: Place }>;
  readonly size: Given<{ readonly value: Size; readonly place: Place }>;
}

export interface ScaleFile {
  readonly entries: readonly ScaleEntry[];
  /** `unset NAME`, in an overlay. */
  readonly unsets: readonly { readonly name: string; readonly place: Place }[];
}

/** Base and overlay merged, count and size separately. */
export type ResolvedScale = ReadonlyMap<string, ScaleEntry>;

/** Reads `scale` or an overlay of it. That the processes exist is not known here. */
export function parseScale(source: SourceText, overlay: boolean, problems: Problems): ScaleFile {
  const entries: ScaleEntry[] = [];
  const unsets: { name: string; place: Place }[] = [];
  const seen = new Map<string, Place>();
  for (const words of wordsOfLines(source)) {
    const [first, second] = words as [LineWord, LineWord | undefined];
    const place = source.place(first.start);
    if (first.text === 'unset' && second !== undefined && words.length === 2) {
      if (refuseUnset(second.text, place, overlay, problems) || !once(second.text, source.place(second.start), seen, problems))
        continue;
      unsets.push({ name: second.text, place });
    } else if (!refuseMoreWords(words, source, problems)) {
      const entry = parseLine(first, source, problems);
      if (entry !== undefined && once(entry.process, place, seen, problems)) entries.push(entry);
    }
  }
  return { entries, unsets };
}

function parseLine(word: LineWord, source: SourceText, problems: Problems): ScaleEntry | undefined {
  const at = (start: number) => source.place(word.start + start);
  const parts = splitScale(word.text, at, problems);
  if (parts === undefined || refuseRelative(word, source, problems)) return undefined;
  return { process: parts.process, place: at(0), ...readScaleParts(parts, at, problems) };
}

function refuseUnset(name: string, place: Place, overlay: boolean, problems: Problems): boolean {
  if (overlay) return false;
  problems.error('scale-unset-in-base', place, `\`unset ${name}\` has nothing to remove here`, {
    allowed: 'in an overlay (`scale.production`)',
    hint: `remove the line of \`${name}\` instead`,
  });
  return true;
}

function refuseMoreWords(words: readonly LineWord[], source: SourceText, problems: Problems): boolean {
  const second = words[1];
  if (second === undefined) return false;
  const joined = words.map((word) => word.text).join('');
  problems.error('scale-more-words', source.place(second.start), 'a line of `scale` is one word', {
    given: words.map((word) => word.text).join(' '),
    allowed: '`process=count:size` without white space',
    hint:
      /^[a-z][a-z0-9_-]*=[0-9A-Za-z:.=-]+$/.test(joined) && !joined.includes('=', joined.indexOf('=') + 1)
        ? `did you mean \`${joined}\`?`
        : 'write one process per line',
  });
  return true;
}

/** `=+1` and `=-2` are relative, which a file cannot be; `=-1` is Empire's word for off. */
function refuseRelative(word: LineWord, source: SourceText, problems: Problems): boolean {
  const equals = word.text.indexOf('=');
  const relative = /^[+-][0-9]+/.exec(word.text.slice(equals + 1))?.[0];
  if (relative === undefined || relative === '-1') return false;
  const process = word.text.slice(0, equals);
  problems.error(
    'scale-relative',
    source.place(word.start + equals + 1),
    `\`${relative}\` is relative, and a file says how many`,
    {
      given: relative,
      allowed: 'a count, a range, or `off`',
      hint: `write the count here, or run \`empire scale ${process}=${relative}\``,
    },
  );
  return true;
}

function once(process: string, place: Place, seen: Map<string, Place>, problems: Problems): boolean {
  const first = seen.get(process);
  if (first === undefined) {
    seen.set(process, place);
    return true;
  }
  const line = first.kind === 'point' ? ` in line ${first.line}` : '';
  problems.error('scale-duplicate', place, `\`${process}\` is already in this file${line}`, {
    given: process,
    allowed: 'each process once',
    hint: 'keep one of the two lines',
  });
  return false;
}
