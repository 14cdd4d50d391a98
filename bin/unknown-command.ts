import type { Config } from '@oclif/core';
import { Failure } from '../lib/failure.js';
import { didYouMean } from '../lib/parse/nearest.js';

/** Refuses a first word that is no command, or a second one that a topic does not have, with the nearest one. */
export function refuseUnknownCommand(argv: readonly string[], config: Config): void {
  const [first, second] = argv;
  if (first === undefined) return;
  const known = [...config.commandIDs, 'help', 'version'];
  if (first.startsWith('-')) refuseLeadingFlag(first);
  else if (config.findCommand(first) === undefined && config.findTopic(first) === undefined) {
    const hint = didYouMean(first, known, 'see `empire help`');
    throw new Failure('empire', `there is no command \`${first}\``, hint, 'usage-unknown-command');
  } else if (second !== undefined && !second.startsWith('-')) refuseUnknownPart(first, second, config);
}

/** `maintenance onn`. A topic's own command takes no words, so a second one is a part of it. */
function refuseUnknownPart(topic: string, word: string, config: Config): void {
  const parts = config.commandIDs.flatMap((id) => (id.startsWith(`${topic}:`) ? [id.slice(topic.length + 1)] : []));
  if (parts.length === 0 || parts.includes(word) || Object.keys(config.findCommand(topic)?.args ?? {}).length > 0) return;
  const hint = didYouMean(word, parts, `there is ${parts.map((part) => `\`${topic} ${part}\``).join(', ')}`);
  throw new Failure('empire', `there is no command \`${topic} ${word}\``, hint, 'usage-unknown-command');
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
