import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Config, run, settings } from '@oclif/core';
import { carriedWords, exitCodeOf, isCarrier } from './command-words.js';
import { reportError } from './report-error.js';
import { refuseUnknownCommand } from './unknown-command.js';

/**
 * One command line, from words to exit code; prints, and never throws.
 *
 * oclif's settings stand here and not in package.json, because the same door opens the built commands and, in tests,
 * the sources.
 */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  let argv = asFlags(words);
  try {
    const config = await loadConfig();
    refuseUnknownCommand(argv, config);
    if (isCarrier(argv)) argv = carriedWords(argv, config.findCommand(argv[0] as string)?.flags ?? {});
    // Help renames the commands that oclif has loaded, so the next line of this process begins anew.
    if (!namesCommand(argv, config) || argv.some((word) => word === '--help' || word === '-h')) loaded = undefined;
    const result = await run(argv, config);
    return typeof result === 'number' ? result : 0;
  } catch (error) {
    return exitCodeOf(reportError(error, argv), argv);
  }
}

const namesCommand = (argv: readonly string[], config: Config): boolean =>
  argv.some((_, index) => config.findCommand(argv.slice(0, index + 1).join(':')) !== undefined);

let loaded: Config | undefined;

/** What oclif knows of the commands. */
export async function loadConfig(): Promise<Config> {
  if (loaded !== undefined) return loaded;
  settings.enableAutoTranspile = false;
  const root = packageRoot(__dirname);
  const pjson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const target = relative(root, join(__dirname, '..', 'lib', 'commands'));
  pjson.oclif = {
    bin: 'empire',
    topicSeparator: ' ',
    commands: { strategy: 'pattern', target, globPatterns: ['**/*.+(js|ts)', '!**/*.d.ts', '!session/**'] },
    additionalHelpFlags: ['-h'],
    additionalVersionFlags: ['-v'],
  };
  loaded = await Config.load({ root, pjson });
  return loaded;
}

function packageRoot(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : packageRoot(dirname(directory));
}

/** `empire help synth` and `empire version` are what they are elsewhere. */
function asFlags(words: readonly string[]): string[] {
  if (words[0] === 'help') return [...words.slice(1), '--help'];
  if (words[0] === 'version') return ['--version'];
  return [...words];
}
