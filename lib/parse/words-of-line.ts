import type { SourceText } from './source-text.js';

/** One word of a line, with its offset in the file. */
export interface LineWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The lines that hold anything, as words: no empty lines, no comments (`#` at the beginning of a word). */
export function wordsOfLines(source: SourceText): LineWord[][] {
  const lines: LineWord[][] = [];
  for (const { text, offset } of source.lines()) {
    const words: LineWord[] = [];
    for (const match of text.matchAll(/[^ \t]+/g)) {
      if (match[0].startsWith('#')) break;
      words.push({ text: match[0], start: offset + match.index, end: offset + match.index + match[0].length });
    }
    if (words.length > 0) lines.push(words);
  }
  return lines;
}
