import type { CompletionCommand, CompletionFlag, CompletionValue } from '../model/completion.js';
import { COMPLETION_SCRIPT } from './completion-script.js';

/**
 * What every shell shares, in the words of POSIX: `_empire_candidates <word…> <the word at the cursor>` prints a line for each thing
 * that can stand there, perhaps with a tab and what it means. It reads names of directories and of processes, and starts nothing else
 * than `sed`. Names that a shell could take for more than a name are left out.
 */
export function completionCore(commands: readonly CompletionCommand[]): string {
  return `${[takes(commands), argumentsOf(commands), flagsOf(commands), wordsOf(commands), COMPLETION_SCRIPT].join('\n')}\n`;
}

/** A text between single quotes. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const valueWord = (value: CompletionValue): string =>
  value.kind === 'choice' ? `choice ${value.choices.join(' ')}` : value.kind;

/** `_empire_takes <command> <flag>`: what stands behind the flag. */
function takes(commands: readonly CompletionCommand[]): string {
  const rows = sharedFlags(commands)
    .filter(({ flag }) => flag.value.kind !== 'none')
    .map(({ flag: { names, value }, words }) => {
      const before = words.length === commands.length ? ['*'] : words.map(quoted);
      const patterns = before.flatMap((word) => names.map((name) => `${word}' ${name}'`));
      return `    ${patterns.join('|')}) echo ${quoted(valueWord(value))} ;;`;
    });
  return cases('_empire_takes', '"$1 $2"', rows);
}

/** Each flag once, with the commands that have it. */
function sharedFlags(
  commands: readonly CompletionCommand[],
): { readonly flag: CompletionFlag; readonly words: readonly string[] }[] {
  const shared = new Map<string, { flag: CompletionFlag; words: string[] }>();
  for (const { words, flags } of commands) {
    for (const flag of flags) {
      const key = JSON.stringify(flag);
      const known = shared.get(key);
      if (known === undefined) shared.set(key, { flag, words: [words] });
      else known.words.push(words);
    }
  }
  return [...shared.values()];
}

/** `_empire_argument <command>`: what its argument is. */
function argumentsOf(commands: readonly CompletionCommand[]): string {
  const rows = commands
    .filter(({ argument }) => argument.kind !== 'none')
    .map(({ words, argument }) => `    ${quoted(words)}) echo ${quoted(valueWord(argument))} ;;`);
  return cases('_empire_argument', '"$1"', rows);
}

/** `_empire_flags <command>`: a line a name. */
function flagsOf(commands: readonly CompletionCommand[]): string {
  const lines = sharedFlags(commands).map(({ flag: { names, summary }, words }) => {
    const print = `printf '%s\\n'${names.map((name) => ` ${quoted(`${name}\t${summary}`)}`).join('')}`;
    return words.length === commands.length ? `  ${print}` : `  case "$1" in ${words.map(quoted).join('|')}) ${print} ;; esac`;
  });
  return `_empire_flags() {\n${lines.join('\n')}\n}`;
}

/** `_empire_words <words>`: the words of commands that can follow. */
function wordsOf(commands: readonly CompletionCommand[]): string {
  const following = new Map<string, Map<string, string>>();
  for (const { words, summary } of commands) {
    const parts = words.split(' ');
    for (const [index, part] of parts.entries()) {
      const before = parts.slice(0, index).join(' ');
      const known = following.get(before) ?? new Map<string, string>();
      following.set(before, known.set(part, index === parts.length - 1 ? summary : (known.get(part) ?? '')));
    }
  }
  const line = ([word, summary]: [string, string]) => ` ${quoted(summary === '' ? word : `${word}\t${summary}`)}`;
  const rows = [...following].map(([before, next]) => `    ${quoted(before)}) printf '%s\\n'${[...next].map(line).join('')} ;;`);
  return cases('_empire_words', '"$1"', rows);
}

const cases = (name: string, subject: string, rows: readonly string[]): string =>
  `${name}() {\n  case ${subject} in\n${rows.join('\n')}\n  esac\n}`;
