/**
 * A strict reader of command lines for the usual case. What it gives is what oclif gives; where it is not certain (a mistake, help, a rare
 * spelling) it gives nothing, and oclif reads the line itself.
 */

/** A flag as commands declare it; only what is listed here is understood. */
export interface FlagSpec {
  readonly type: 'boolean' | 'option';
  readonly char?: string;
  readonly options?: readonly string[];
  readonly exclusive?: readonly string[];
  readonly required?: boolean;
  readonly multiple?: boolean;
  readonly multipleNonGreedy?: boolean;
  readonly delimiter?: string;
  readonly default?: unknown;
}

export interface ArgSpec {
  readonly required?: boolean;
  readonly options?: readonly string[];
  readonly default?: unknown;
}

export interface WordsSpec {
  readonly flags: Readonly<Record<string, FlagSpec>>;
  readonly args: Readonly<Record<string, ArgSpec>>;
  readonly strict: boolean;
}

export interface ReadWords {
  readonly argv: string[];
  readonly args: Record<string, unknown>;
  readonly flags: Record<string, unknown>;
}

/** Keys that change nothing, or that are handled below. Any other one (`env`, `parse`, `aliases`, …) is left to oclif. */
const FLAG_KEYS = new Set(
  'type char options exclusive required multiple multipleNonGreedy delimiter default defaultHelp summary description helpValue helpGroup helpLabel hidden name'.split(
    ' ',
  ),
);
const ARG_KEYS = new Set('required options default description ignoreStdin hidden name'.split(' '));

/** Words that ask for something else than the command. */
const ASIDE = new Set(['-h', '--help', '-v', '--version']);

/** Words → values; nothing when oclif must decide. */
export function readWords(words: readonly string[], spec: WordsSpec): ReadWords | undefined {
  if (!isUnderstood(spec) || words.some((word) => ASIDE.has(word))) return undefined;
  const sorted = sortWords(words, spec.flags);
  if (sorted === undefined) return undefined;
  const flags = flagValues(sorted.given, spec.flags);
  const read = argValues(sorted.rest, spec);
  if (flags === undefined || read === undefined) return undefined;
  const place = (word: unknown): number => words.indexOf(word as string);
  return { flags, args: read.args, argv: read.argv.sort((a, b) => place(a) - place(b)) };
}

function isUnderstood({ flags, args }: WordsSpec): boolean {
  const flagsKnown = Object.values(flags).every((flag) => Object.keys(flag).every((key) => FLAG_KEYS.has(key)) && isPlain(flag));
  return flagsKnown && Object.values(args).every((arg) => Object.keys(arg).every((key) => ARG_KEYS.has(key)) && isPlain(arg));
}

const isPlain = (spec: FlagSpec | ArgSpec): boolean =>
  typeof spec.default !== 'function' && !('multiple' in spec && spec.multiple && !spec.multipleNonGreedy);

interface Sorted {
  readonly given: ReadonlyMap<string, readonly string[]>;
  readonly rest: readonly string[];
}

/** Which words are flags, which are their values, and which are the rest. */
function sortWords(words: readonly string[], flags: WordsSpec['flags']): Sorted | undefined {
  const left = [...words];
  const given = new Map<string, string[]>();
  const rest: string[] = [];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--') return { given, rest: [...rest, ...left] };
    if (!word.startsWith('-') || word === '-') {
      rest.push(word);
      continue;
    }
    const name = nameOf(word, flags);
    const flag = name === undefined ? undefined : flags[name];
    if (name === undefined || flag === undefined) return undefined;
    const value = flag.type === 'boolean' ? takeBoolean(word, left) : takeValue(word, left, flags);
    if (value === undefined || (given.has(name) && !flag.multiple && flag.type === 'option')) return undefined;
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  return { given, rest };
}

/** The flag that a word is, or begins with. */
function nameOf(word: string, flags: WordsSpec['flags']): string | undefined {
  if (word.startsWith('--')) {
    const name = word.slice(2).split('=', 1)[0] as string;
    return Object.hasOwn(flags, name) ? name : undefined;
  }
  return Object.keys(flags).find((name) => flags[name]?.char !== undefined && flags[name]?.char === word[1]);
}

/** `-yj` is `-y -j`; `--json=yes` is left to oclif. */
function takeBoolean(word: string, left: string[]): string | undefined {
  if (word.startsWith('--')) return word.includes('=') ? undefined : word;
  if (word.length > 2) left.unshift(`-${word.slice(2)}`);
  return word;
}

/** `--app x`, `--app=x`, `-a x`, `-ax`, `-a=x`. */
function takeValue(word: string, left: string[], flags: WordsSpec['flags']): string | undefined {
  const value = written(word) ?? left.shift();
  return value === undefined || isFlag(value, flags) ? undefined : value;
}

function written(word: string): string | undefined {
  if (!word.startsWith('--')) return word.length < 3 ? undefined : word.slice(word[2] === '=' ? 3 : 2);
  const equals = word.indexOf('=');
  return equals === -1 ? undefined : word.slice(equals + 1);
}

/** What oclif takes for a flag where a value should be. */
const isFlag = (value: string, flags: WordsSpec['flags']): boolean =>
  value.startsWith('-') && value !== '-' && (value === '--' || nameOf(value, flags) !== undefined);

function flagValues(given: Sorted['given'], specs: WordsSpec['flags']): Record<string, unknown> | undefined {
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const words = given.get(name);
    if (words === undefined) {
      if (spec.required) return undefined;
      if (spec.default !== undefined) values[name] = spec.default;
      continue;
    }
    if (spec.exclusive?.some((other) => given.has(other))) return undefined;
    if (spec.type === 'option' && !words.every((word) => isAllowed(word, spec))) return undefined;
    values[name] = spec.type === 'boolean' ? true : spec.multiple ? words : words[0];
  }
  return values;
}

/** A list in one word, with its quotes and escapes, is left to oclif. */
const isAllowed = (word: string, { options, delimiter }: FlagSpec): boolean =>
  (options === undefined || options.includes(word)) && (delimiter === undefined || /^[\w-]+$/.test(word));

function argValues(rest: readonly string[], { args, strict }: WordsSpec): Pick<ReadWords, 'args' | 'argv'> | undefined {
  const names = Object.keys(args);
  if (strict && rest.length > names.length) return undefined;
  const values: Record<string, unknown> = {};
  const argv: string[] = [];
  for (const [index, name] of names.entries()) {
    const spec = args[name] as ArgSpec;
    const word = rest[index] ?? spec.default;
    if (word === undefined ? spec.required : typeof word !== 'string') return undefined;
    if (word === undefined) continue;
    if (index < rest.length && spec.options !== undefined && !spec.options.includes(word as string)) return undefined;
    values[name] = word;
    argv.push(word as string);
  }
  return { args: values, argv: [...argv, ...rest.slice(names.length)] };
}
