import { expect } from 'chai';
import fc from 'fast-check';
import { carriedWords } from '../../bin/command-words.js';
import { carriedBy } from '../../lib/commands/session/carried.js';
import { parseExec } from '../../lib/commands/session/exec-target.js';
import { Failure } from '../../lib/failure.js';

const FLAGS = {
  app: { name: 'app', char: 'a', type: 'option' },
  env: { name: 'env', type: 'option' },
  size: { name: 'size', char: 's', type: 'option' },
  detached: { name: 'detached', char: 'd', type: 'boolean' },
  tty: { name: 'tty', char: 't', type: 'boolean' },
} as const;

/** What the command gets of a typed line. */
const carried = (line: string) => carriedBy(carriedWords(line.split(' '), FLAGS).slice(1));

function refusal(line: string): [string, string] {
  try {
    carried(line);
  } catch (error) {
    if (error instanceof Failure) return [error.message, error.hint];
    throw error;
  }
  throw new Error(`\`${line}\` was not refused`);
}

describe('the words of `run` and `exec`', () => {
  it('are ours up to the first that is no flag', () => {
    const rows: [string, string, string, boolean][] = [
      ['run -a acme rake -x db:migrate', '-a acme', 'rake -x db:migrate', false],
      ['run -da acme rake', '-da acme', 'rake', false],
      ['run -aacme -d rake -d', '-aacme -d', 'rake -d', false],
      ['run --app=acme --env A=1 --env B=-2 rake', '--app=acme --env A=1 --env B=-2', 'rake', false],
      ['run -s 2X -t sh -c exit', '-s 2X -t', 'sh -c exit', false],
      ['run rake', '', 'rake', false],
      ['run -a acme -', '-a acme', '-', false],
    ];
    for (const [line, ours, words, verbatim] of rows) {
      const split = carried(line);
      expect([split.ours.join(' '), split.words.join(' '), split.verbatim], line).to.deep.equal([ours, words, verbatim]);
    }
  });

  it('are the command from `--` on, which is dropped once', () => {
    expect(carried('run -a acme -- web -a x')).to.deep.equal({ ours: ['-a', 'acme'], words: ['web', '-a', 'x'], verbatim: true });
    expect(carried('run -- -- x')).to.deep.equal({ ours: [], words: ['--', 'x'], verbatim: true });
    expect(carried('run sh -- x')).to.deep.equal({ ours: [], words: ['sh', '--', 'x'], verbatim: false });
    expect(carried('run -a -- ls')).to.deep.equal({ ours: ['-a'], words: ['ls'], verbatim: true });
    expect(carried('run -a acme')).to.deep.equal({ ours: ['-a', 'acme'], words: [], verbatim: false });
  });

  it('reach the command untouched, in their order, whatever they are', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('--', '-d', '-a', 'a b', '', "'", '--json', '-h', 'acme'));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const split = carriedBy(carriedWords(['run', '-a', 'acme', '--', ...words], FLAGS).slice(1));
        expect(split).to.deep.equal({ ours: ['-a', 'acme'], words, verbatim: true });
      }),
    );
  });

  it('refuse an app behind the command, with the corrected line', () => {
    expect(refusal('run rake db:migrate -a acme')).to.deep.equal([
      "run: `-a` stands behind the command, where it would be the command's own",
      "write `empire run -a acme rake db:migrate`; if it is the command's own: `empire run -- rake db:migrate -a acme`",
    ]);
    expect(refusal('run -d rake --app=acme')[1]).to.contain('`empire run --app=acme -d rake`');
    expect(refusal('exec web -a acme -- ls -a')[1]).to.contain('`empire exec -a acme web -- ls -a`');
    expect(carried('run -a acme ls -a /tmp').words).to.deep.equal(['ls', '-a', '/tmp']);
    expect(carried('run ls -a').words).to.deep.equal(['ls', '-a']);
    expect(carried('run sh -- -a acme').words).to.deep.equal(['sh', '--', '-a', 'acme']);
  });

  it('name a task or a process in `exec`, unless -p did or `--` stands in front', () => {
    const exec = (line: string, process?: string) => parseExec(carried(line), process);
    expect(exec('exec')).to.deep.equal({ target: undefined, process: false, command: ['sh'] });
    expect(exec('exec web')).to.deep.equal({ target: 'web', process: false, command: ['sh'] });
    expect(exec('exec 217e2ddd -- ls -l')).to.deep.equal({ target: '217e2ddd', process: false, command: ['ls', '-l'] });
    expect(exec('exec -- ls -l')).to.deep.equal({ target: undefined, process: false, command: ['ls', '-l'] });
    expect(exec('exec ls -l', 'web')).to.deep.equal({ target: 'web', process: true, command: ['ls', '-l'] });
  });
});
