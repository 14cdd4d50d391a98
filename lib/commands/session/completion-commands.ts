import type { Command, Config } from '@oclif/core';
import type { CompletionCommand, CompletionFlag, CompletionValue } from '../../model/completion.js';

const BY_FLAG: ReadonlyMap<string, CompletionValue> = new Map(
  (
    [
      ['app', 'app'],
      ['environment', 'environment'],
      ['from', 'environment'],
      ['process', 'process'],
      ['apps', 'folder'],
      ['output', 'file'],
      ['load', 'file'],
    ] as const
  ).map(([name, kind]) => [name, { kind }]),
);

const NONE: CompletionValue = { kind: 'none' };

/** Every command as a shell completes it, by its words. */
export function completionCommands(config: Config): CompletionCommand[] {
  return config.commands
    .filter(({ hidden }) => hidden !== true)
    .map((command) => ({
      words: command.id.replaceAll(':', ' '),
      summary: oneLine(command.summary),
      flags: [
        ...Object.values(command.flags)
          .filter(({ hidden }) => hidden !== true)
          .map(flagOf),
        HELP,
      ],
      argument: argumentOf(command),
    }))
    .sort((a, b) => (a.words < b.words ? -1 : 1));
}

const HELP: CompletionFlag = { names: ['--help', '-h'], summary: 'show how it is used', value: NONE };

function flagOf(flag: Command.Flag.Cached): CompletionFlag {
  const names = [`--${flag.name}`, ...(flag.char === undefined ? [] : [`-${flag.char}`])];
  return { names, summary: oneLine(flag.summary), value: valueBehind(flag) };
}

function valueBehind(flag: Command.Flag.Cached): CompletionValue {
  if (flag.type === 'boolean') return NONE;
  if (flag.options !== undefined) return { kind: 'choice', choices: flag.options };
  return BY_FLAG.get(flag.name) ?? { kind: 'text' };
}

/** The first argument says what the others are, too. */
function argumentOf({ args }: Command.Loadable): CompletionValue {
  const [first] = Object.values(args);
  if (first === undefined) return NONE;
  if (first.options !== undefined) return { kind: 'choice', choices: first.options };
  if (/^apps?$/.test(first.name)) return { kind: 'app' };
  return /process|target|command|task/.test(first.name) ? { kind: 'process' } : { kind: 'text' };
}

/** Tabs and line ends would end a line of the script. */
const oneLine = (text: string | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();
