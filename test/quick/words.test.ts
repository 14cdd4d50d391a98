import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Parser } from '@oclif/core';
import { expect } from 'chai';
import fc from 'fast-check';
import { readWords } from '../../bin/quick/words.js';
import { mainBundle } from '../support/bundle.js';
import { ROOT } from '../support/repository.js';

/** The command as oclif has it. */
function oclifCommand(id: string): typeof Command {
  const path = join(ROOT, 'dist', 'lib', 'commands', ...id.split(':'));
  return require(existsSync(`${path}.js`) ? `${path}.js` : join(path, 'index.js')).default;
}

/** What oclif reads, or `refused`. */
async function byOclif(command: typeof Command, words: readonly string[]): Promise<unknown> {
  const args = Object.fromEntries(Object.entries(command.args).map(([name, arg]) => [name, { ...arg, ignoreStdin: true }]));
  try {
    const flags = { ...command.baseFlags, ...command.flags };
    const { args: found, argv, flags: given } = await Parser.parse([...words], { args, flags, strict: command.strict });
    return { args: found, argv, flags: given };
  } catch {
    return 'refused';
  }
}

/** Words that mean something to a command, and words that nearly do. */
function wordsOf(command: typeof Command): fc.Arbitrary<string[]> {
  const flags = Object.entries({ ...command.baseFlags, ...command.flags });
  const long = flags.flatMap(([name]) => [`--${name}`, `--${name}=x`, `--no-${name}`, `--${name}=`]);
  const short = flags.flatMap(([, { char }]) => (char === undefined ? [] : [`-${char}`, `-${char}x`, `-${char}=x`, `-${char}y`]));
  const values = [
    'x',
    'y',
    'x',
    '',
    '-',
    '--',
    '-5',
    '--nothing',
    '-Z',
    'a=b',
    'data-loss',
    'data-loss,downtime',
    '"x"',
    'bash',
    '--app=-x',
  ];
  return fc.array(fc.oneof(fc.constantFrom(...long), fc.constantFrom(...short, '-a'), fc.constantFrom(...values)), {
    maxLength: 6,
  });
}

describe('the quick reader of command lines', () => {
  const { table } = mainBundle();
  let read = 0;

  it('knows every command of oclif', () => {
    expect(Object.keys(table)).to.include.members(['synth', 'releases', 'releases:info', 'run', 'platform:synth']);
  });

  for (const id of Object.keys(mainBundle().table)) {
    it(`reads \`${id.replace(':', ' ')}\` as oclif does, or leaves it`, async () => {
      const quick = (table[id] as () => { default: Parameters<typeof readSpec>[0] })().default;
      const command = oclifCommand(id);
      await fc.assert(
        fc.asyncProperty(wordsOf(command), async (words) => {
          const found = readWords(words, readSpec(quick));
          if (found === undefined) return;
          read++;
          expect(found, words.join(' ')).to.deep.equal(await byOclif(command, words));
        }),
        { numRuns: 150, examples: [[[]], [['-a', 'x']], [['x', '--json', '--app=x']]] },
      );
    });
  }

  it('read many of those lines itself', () => {
    expect(read).to.be.greaterThan(1000);
  });

  it('leaves help, and every mistake, to oclif', () => {
    const quick = (table['synth'] as () => { default: Parameters<typeof readSpec>[0] })().default;
    for (const words of [['--help'], ['x', '-h'], ['--output'], ['--nothing'], ['-a', 'x', '-a', 'y'], ['--json=x']])
      expect(readWords(words, readSpec(quick)), words.join(' ')).to.equal(undefined);
  });
});

type Quick = Parameters<typeof readWords>[1] & { readonly baseFlags: Parameters<typeof readWords>[1]['flags'] };

const readSpec = ({ args, strict, flags, baseFlags }: Quick) => ({ args, strict, flags: { ...baseFlags, ...flags } });
