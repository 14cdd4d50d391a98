import { fstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Widths of a terminal for which the build wrote the help of the whole program. */
export const WIDTHS = { least: 40, most: 240, usual: 80 } as const;

/** `--version`, as oclif prints it; nothing when something else is asked, or oclif would say `wsl`. */
export function versionText(words: readonly string[], version: string): string | undefined {
  if (words.length !== 1 || !['--version', '-v', 'version'].includes(words[0] as string)) return undefined;
  const { platform, arch } = process;
  // Loaded here: a command does not ask for it.
  const { release } = require('node:os') as typeof import('node:os');
  if (platform === 'linux' && release().toLowerCase().includes('microsoft')) return undefined;
  return `empire/${version} ${platform}-${arch} node-${process.version}\n`;
}

/** A help that the build wrote, for this command and this terminal. */
export function readyText(words: readonly string[], directory: string): string | undefined {
  const id = askedHelp(words);
  if (id === undefined) return undefined;
  try {
    return readFileSync(join(directory, helpFile(id, terminalWidth())), 'utf8');
  } catch {
    return undefined; // No such command, or a width that nobody made ready: oclif says it.
  }
}

/** The file of a help; that of the whole program is there in every width. */
export const helpFile = (id: string, width: number): string => `${id || 'empire'}.${width}.txt`;

/** ``: the whole program. Only lines that cannot mean anything else. */
function askedHelp(words: readonly string[]): string | undefined {
  if (process.env['OCLIF_COLUMNS'] || process.env['FORCE_COLOR']) return undefined;
  const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h';
  const named = words[0] === 'help' ? words.slice(1) : isHelp(words.at(-1)) ? words.slice(0, -1) : undefined;
  if (named === undefined) return words.length === 0 ? '' : undefined;
  return named.every((word) => /^[a-z]+$/.test(word)) ? named.join('-') : undefined;
}

function terminalWidth(): number {
  // To make the stream takes longer than all the rest.
  if (!fstatSync(1).isCharacterDevice()) return WIDTHS.usual;
  const { stdout } = process;
  const width = stdout.isTTY ? stdout.getWindowSize()[0] : 0;
  return width < 1 ? WIDTHS.usual : Math.max(WIDTHS.least, width);
}
