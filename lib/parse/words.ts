import type { Given } from '../model/given.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { excerpt } from './excerpt.js';
import { ShellSyntax } from './words-shell.js';

const NONE = { kind: 'none' } as const;

/** Backslash escapes these inside double quotes; before anything else it stays. */
const ESCAPED_IN_QUOTES = new Set(['"', '\\', '$', '`', '\n']);

/**
 * Splits a command into words as POSIX describes: quotes, backslashes, no expansion and no shell. Empty quoted words are kept.
 * None when a quote is not closed or a backslash ends the text; a warning when it holds what only a shell would understand.
 */
export function splitWords(text: string, place: Place, problems: Problems): Given<readonly string[]> {
  const split = scanWords(text);
  switch (split.kind) {
    case 'words':
      split.syntax.warn(text, split.words, place, problems);
      return { kind: 'given', value: split.words };
    case 'open-quote':
      problems.error('command-unbalanced-quote', place, `the quote \`${split.quote}\` is not closed`, {
        given: excerpt(text),
        hint: `close it, or write \`\\${split.quote}\` if the character itself is meant`,
      });
      return NONE;
    case 'open-escape':
      problems.error('command-trailing-backslash', place, 'a backslash ends the command', {
        given: excerpt(text),
        hint: 'a command is one line; to go on below, use the form `command: >` with indented lines',
      });
      return NONE;
  }
}

type Split =
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly syntax: ShellSyntax }
  | { readonly kind: 'open-quote'; readonly quote: string }
  | { readonly kind: 'open-escape' };

function scanWords(text: string): Split {
  const words: string[] = [];
  const syntax = new ShellSyntax();
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === ' ' || char === '\t' || char === '\n') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === '\\') {
      if (++at >= text.length) return { kind: 'open-escape' };
      // A backslash before a line end joins the lines.
      if (text[at] !== '\n') word = (word ?? '') + text.charAt(at);
    } else if (char === "'") {
      const end = text.indexOf("'", at + 1);
      if (end === -1) return { kind: 'open-quote', quote: "'" };
      word = (word ?? '') + text.slice(at + 1, end);
      at = end;
    } else if (char === '"') {
      const quoted = scanDoubleQuotes(text, at + 1, words, syntax);
      if (quoted === undefined) return { kind: 'open-quote', quote: '"' };
      word = (word ?? '') + quoted.text;
      at = quoted.end;
    } else {
      syntax.unquoted(text, at);
      word = (word ?? '') + char;
    }
  }
  if (word !== undefined) words.push(word);
  return { kind: 'words', words, syntax };
}

/** From after the opening quote to the closing one. */
function scanDoubleQuotes(
  text: string,
  start: number,
  before: readonly string[],
  syntax: ShellSyntax,
): { text: string; end: number } | undefined {
  let content = '';
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') return { text: content, end: at };
    if (char === '\\' && ESCAPED_IN_QUOTES.has(text.charAt(at + 1))) {
      at++;
      if (text[at] !== '\n') content += text.charAt(at);
    } else {
      syntax.doubleQuoted(text, at, before);
      content += char;
    }
  }
  return undefined;
}
