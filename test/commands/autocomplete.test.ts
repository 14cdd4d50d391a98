import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { runOnScreen } from '../support/transcript.js';

const FOLDER = resolve('test/commands/folders/two-apps');
const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/** What each shell runs to say what can stand at the cursor, the last word; a line each, without descriptions. */
const ASK: Readonly<Record<Shell, string>> = {
  bash: 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _empire; printf "%s\\n" "${COMPREPLY[@]}"',
  zsh: 'compdef() { :; }; source "$0"; shift; _empire_candidates "$@" | sed "s/\t.*//"',
  fish: 'source $argv[1]; complete -C "$argv[2..]" | sed "s/\t.*//"',
};

const FLAGS: Readonly<Record<Shell, readonly string[]>> = {
  bash: ['--norc', '--noprofile'],
  zsh: ['-f'],
  fish: ['--no-config'],
};

const isHere = (shell: Shell): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

describe('completion', () => {
  let directory: string;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'empire-completion-'));
    for (const shell of SHELLS) {
      const { code, stdout, stderr } = await runOnScreen(['autocomplete', shell]);
      expect([code, stderr]).to.deep.equal([0, '']);
      writeFileSync(join(directory, shell), stdout);
    }
  });

  after(() => rmSync(directory, { recursive: true }));

  function ask(shell: Shell, words: readonly string[], cwd = FOLDER, path = process.env['PATH']): string[] {
    const script = join(directory, shell);
    const environment = { PATH: path, HOME: directory, LANG: 'C.UTF-8' };
    const out = execFileSync(shell, [...FLAGS[shell], '-c', ASK[shell], script, ...words], {
      cwd,
      env: environment,
      encoding: 'utf8',
    });
    return out.split('\n').filter((line) => line !== '');
  }

  const CASES: readonly (readonly [what: string, words: readonly string[], expected: readonly string[]])[] = [
    ['commands', ['empire', 'dep'], ['deploy']],
    ['commands of two words', ['empire', 'releases', 'in'], ['info']],
    ['apps', ['empire', 'deploy', 'h'], ['hello']],
    ['apps after -a', ['empire', 'ps', '-a', ''], ['acme-inc', 'hello']],
    ['environments', ['empire', 'graph', '-e', ''], ['default', 'production']],
    ['flags', ['empire', 'deploy', 'hello', '--al'], ['--all', '--allow']],
    ['choices of a flag', ['empire', 'deploy', '--allow', 'd'], ['data-loss', 'downtime']],
    ['choices of an argument', ['empire', 'autocomplete', ''], ['bash', 'fish', 'zsh']],
    ['processes of the app', ['empire', 'logs', '-a', 'acme-inc', '-p', ''], ['cleanup', 'web', 'worker']],
    ['processes of an app without a Procfile', ['empire', 'logs', '-a', 'hello', '-p', ''], ['web']],
    ['processes of the app that is the argument', ['empire', 'logs', 'acme-inc', '-p', 'wo'], ['worker']],
  ];

  for (const shell of SHELLS)
    describe(`in ${shell}`, () => {
      before(function () {
        if (!isHere(shell) && shell !== 'bash') this.skip();
      });

      for (const [what, words, expected] of CASES)
        it(what, () => {
          expect(ask(shell, words).sort()).to.deep.equal([...expected].sort());
        });
    });

  it('a flag and its value in one word, as bash and as others cut it', () => {
    expect(ask('bash', ['empire', 'ps', '--app', '=', 'he'])).to.deep.equal(['hello']);
    expect(ask('bash', ['empire', 'ps', '--app=he'])).to.deep.equal(['--app=hello']);
  });

  it('in a directory below, and of the app one stands in', () => {
    expect(ask('bash', ['empire', 'logs', '-p', 'w'], join(FOLDER, 'apps/acme-inc'))).to.deep.equal(['web', 'worker']);
  });

  it('nothing outside of a repository, and nothing behind an unknown word', () => {
    expect(ask('bash', ['empire', 'deploy', ''], directory)).to.deep.equal([]);
    expect(ask('bash', ['empire', 'no-such[', ''])).to.deep.equal([]);
  });

  it('a name that a shell would run is left out', () => {
    const folder = mkdtempSync(join(tmpdir(), 'empire-evil-'));
    execFileSync('mkdir', ['-p', join(folder, 'apps', '$(touch evil)'), join(folder, 'apps', 'good')]);
    expect(ask('bash', ['empire', 'deploy', ''], folder)).to.deep.equal(['good']);
    rmSync(folder, { recursive: true });
  });

  it('answers at once: it can start nothing but sed and tr', () => {
    const tools = mkdtempSync(join(tmpdir(), 'empire-tools-'));
    for (const tool of ['bash', 'sed', 'tr']) {
      const found = execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim();
      symlinkSync(found, join(tools, tool));
    }
    for (const [what, words, expected] of CASES) {
      const found = ask('bash', words, FOLDER, tools);
      expect(found.sort(), what).to.deep.equal([...expected].sort());
    }
    rmSync(tools, { recursive: true });
  });
});
