import { Failure } from '../lib/failure.js';
import { formatWords } from '../lib/parse/words-format.js';

/** Commands whose last words are a command of somebody else. */
const CARRIERS: ReadonlySet<string> = new Set(['run', 'exec']);

/** What a flag is, as oclif and the bundle know it. */
type Flags = Readonly<Record<string, { readonly type: string; readonly char?: string | undefined; readonly name: string }>>;

/** Whether the exit code of this command line is that of a program it runs. */
export const isCarrier = ([first]: readonly string[]): boolean => CARRIERS.has(first ?? '');

/** What a program ends with is its own business: that we could not run it has another code. */
export const exitCodeOf = (code: number, argv: readonly string[]): number => (code === 1 && isCarrier(argv) ? NOT_RUN : code);

/** As `docker run` and `env` have it. */
const NOT_RUN = 125;

/**
 * `run` and `exec`: our flags end at the first word that is none, or at `--`, which is dropped once. What follows is handed on untouched:
 * behind a `--` for oclif, and behind a second one when a person wrote `--`, which means something to the command.
 */
export function carriedWords(words: readonly string[], flags: Flags): string[] {
  const [name = '', ...rest] = words;
  const end = endOfFlags(rest, flags);
  const ours = rest.slice(0, end);
  const separated = rest[end] === '--';
  const command = rest.slice(separated ? end + 1 : end);
  if (!separated) refuseAppBehind(name, ours, command);
  if (!separated && command.length === 0) return [...words];
  return [name, ...ours, '--', ...(separated ? ['--'] : []), ...command];
}

function endOfFlags(words: readonly string[], flags: Flags): number {
  let at = 0;
  for (let word = words[at]; word?.startsWith('-') && word !== '--' && word !== '-'; word = words[at]) {
    at += takesNext(word, flags) && words[at + 1] !== '--' ? 2 : 1;
  }
  return Math.min(at, words.length);
}

/** `-a acme-inc`, `--app acme-inc`, `-da acme-inc`; not `-a=acme-inc`, `--app=acme-inc`, `-aacme-inc`. */
function takesNext(word: string, flags: Flags): boolean {
  const known = Object.values(flags);
  if (word.startsWith('--')) return known.some(({ name, type }) => `--${name}` === word && type === 'option');
  for (const [index, letter] of [...word.slice(1)].entries()) {
    if (known.some(({ char, type }) => char === letter && type === 'option')) return index === word.length - 2;
  }
  return false;
}

/** Everybody writes it once: in the old tool `-a` could stand anywhere. */
function refuseAppBehind(name: string, ours: readonly string[], command: readonly string[]): void {
  if (ours.some((word) => /^(-[dt]*a|--app(=|$))/.test(word))) return;
  const inner = command.indexOf('--');
  const looked = inner === -1 ? command : command.slice(0, inner);
  const at = looked.findIndex(
    (word, index) => index > 0 && (/^--app=./.test(word) || (/^(-a|--app)$/.test(word) && index + 1 < looked.length)),
  );
  if (at === -1) return;
  const width = (looked[at] as string).includes('=') ? 1 : 2;
  const moved = [name, ...command.slice(at, at + width), ...ours, ...command.slice(0, at), ...command.slice(at + width)];
  throw new Failure(
    name,
    `\`${looked[at]}\` stands behind the command, where it would be the command's own`,
    `write \`empire ${formatWords(moved)}\`; if it is the command's own: \`empire ${formatWords([name, ...ours, '--', ...command])}\``,
    'usage-flag-behind',
  );
}
