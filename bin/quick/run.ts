import { nameCompiler } from '../../lib/cache/compiler.js';
import { carriedWords, exitCodeOf, isCarrier } from '../command-words.js';
import { reportError } from '../report-error.js';
import { type Command, type Declaration, LeftToOclif, type SlimConfig, slimConfig } from './oclif.js';

/** A command module, loaded when it is asked for; the bundle has a line for each. */
export type CommandTable = Readonly<Record<string, () => { readonly default: CommandClass }>>;

type CommandClass = Declaration & (new (id: string, argv: string[], config: SlimConfig) => Command);

/** What is started: its version, and the hash of its code. */
export interface Program {
  readonly version: string;
  readonly compiler: string;
}

/** The command that a line names: `releases info v2` → `releases:info`. */
export function commandOf(words: readonly string[], table: CommandTable): { id: string; rest: readonly string[] } | undefined {
  const [first = '', second = ''] = words;
  if (first.includes(':')) return undefined;
  const both = `${first}:${second}`;
  if (Object.hasOwn(table, both)) return { id: both, rest: words.slice(2) };
  return Object.hasOwn(table, first) ? { id: first, rest: words.slice(1) } : undefined;
}

/** Runs a line without oclif. Nothing: the line is oclif's, and nothing has happened yet. */
export async function runQuickly(
  words: readonly string[],
  table: CommandTable,
  { version, compiler }: Program,
): Promise<number | undefined> {
  nameCompiler(compiler);
  const found = commandOf(words, table);
  const load = found === undefined ? undefined : table[found.id];
  if (found === undefined || load === undefined) return undefined;
  const command = load().default;
  let line: readonly string[] = words;
  try {
    if (isCarrier(words)) line = carriedWords(words, namedFlags(command));
    const rest = isCarrier(words) ? line.slice(1) : found.rest;
    const started = new command(found.id, [...rest], slimConfig(version));
    await started.init();
    return await started.run();
  } catch (error) {
    if (error instanceof LeftToOclif) return undefined;
    return exitCodeOf(reportError(error, line), line);
  }
}

function namedFlags({ flags, baseFlags }: Declaration) {
  const all = Object.entries({ ...baseFlags, ...flags });
  return Object.fromEntries(
    all.map(([name, flag]) => [name, { name, type: flag.type, ...(flag.char ? { char: flag.char } : {}) }]),
  );
}
