import type { Config } from '@oclif/core';
import { Failure } from '../lib/failure.js';
import { didYouMean } from '../lib/parse/nearest.js';

/** Refuses a first word that is no command, with the nearest one. */
export function refuseUnknownCommand(argv: readonly string[], config: Config): void {
  const [first] = argv;
  if (first === undefined) return;
  const known = [...config.commandIDs, 'help', 'version'];
  if (first.startsWith('-')) refuseLeadingFlag(first);
  else if (config.findCommand(first) === undefined && config.findTopic(first) === undefined) {
    const hint = didYouMean(first, known, 'see `empire help`');
    throw new Failure('empire', `there is no command \`${first}\``, hint, 'usage-unknown-command');
  }
}

/** Only help and version may stand before a command. */
function refuseLeadingFlag(flag: string): void {
  if (['-h', '--help', '-v', '--version'].includes(flag)) return;
  throw new Failure(
    'empire',
    `\`${flag}\` stands before a command`,
    'put the command first: `empire <command> [flags]`',
    'usage-flag-first',
  );
}
