import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DOOR } from '../support/transcript.js';

const DOORS = ['empire', 'empire-cdk'];

/** Words for node; the built code, as in the tests of this process. */
const LOADED = ['--require=tsx/cjs', '--require=./test/support/use-build.cjs', 'test/support/loaded-packages.ts'];

describe('the committed launchers', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'empire-door-'));
    cpSync('bin', join(directory, 'bin'), { recursive: true });
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  for (const door of DOORS) {
    it(`\`${door}\` says in plain words that nothing is built yet`, () => {
      const { status, stdout, stderr } = spawnSync(join(directory, 'bin', door), { encoding: 'utf8' });
      expect(stderr).to.equal('error: empire is not built yet\n  hint: run `npm run build` in its directory\n');
      expect([status, stdout]).to.deep.equal([1, '']);
    });

    it(`\`${door}\` opens what was built`, () => {
      mkdirSync(join(directory, 'dist', 'bin'), { recursive: true });
      writeFileSync(join(directory, 'dist', 'bin', `${door}.js`), 'exports.open = () => console.log(process.argv.slice(2));');
      const { status, stdout } = spawnSync(join(directory, 'bin', door), ['synth', 'hello'], { encoding: 'utf8' });
      expect([status, stdout]).to.deep.equal([0, "[ 'synth', 'hello' ]\n"]);
    });
  }
});

describe('the door of the command line', () => {
  it('takes a closed pipe for success', () => {
    const door = [process.execPath, ...DOOR].map((word) => `'${word}'`).join(' ');
    const command = `${door} synth hello --json | true; exit \${PIPESTATUS[0]}`;
    const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    expect([status, stderr]).to.deep.equal([0, '']);
  }).timeout(20_000);

  it('gives the exit code of the command', () => {
    const { status, stderr } = spawnSync(process.execPath, [...DOOR, 'show', 'helo'], { encoding: 'utf8' });
    expect(stderr).to.equal('error: app: there is no app `helo` in apps/\n  hint: did you mean `hello`?\n');
    expect(status).to.equal(1);
  }).timeout(20_000);

  it('loads neither the SDK nor the diff of templates for what is offline', () => {
    const folder = 'test/commands/folders/two-apps/apps';
    const words = [...LOADED, 'lint', '--apps', folder];
    const { status, stdout } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect(status).to.equal(0);
    expect(stdout).to.contain('@oclif/core').and.not.contain('@aws-');
  }).timeout(20_000);

  it('never loads CDK', () => {
    const words = [...LOADED, 'synth', 'hello', '--json'];
    const { status, stdout } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    const packages = (stdout.trimEnd().split('\n').at(-1) as string).split(' ');
    expect(status).to.equal(0);
    expect(packages).to.include.members(['@oclif/core', 'js-yaml']);
    expect(packages).to.not.include('aws-cdk-lib');
  }).timeout(20_000);
});
