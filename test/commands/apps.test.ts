import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { runOnScreen } from '../support/transcript.js';

const REHEARSED = {
  EMPIRE_REHEARSE: '1',
  EMPIRE_REHEARSE_SPEED: 'infinite',
  EMPIRE_REHEARSE_START: '2026-06-04T14:27:00Z',
};

describe('empire apps', () => {
  let root: string;
  const before = process.cwd();
  const empire = (...words: string[]) => runOnScreen(words, REHEARSED);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'empire-apps-'));
    cpSync(resolve('test/commands/folders/two-apps'), root, { recursive: true });
    process.chdir(root);
  });

  afterEach(() => {
    process.chdir(before);
    rmSync(root, { recursive: true });
  });

  it('lists what is deployed: release, counts, and when it changed', async () => {
    expect((await empire('deploy', 'hello', '--yes')).code).to.equal(0);
    expect((await empire('apps')).stdout).to.equal('hello  v1  web=1  Jun  4 14:27\n');
    expect((await empire('deploy', 'acme-inc', '--yes')).code).to.equal(0);
    const { stdout } = await empire('apps', '--json');
    const { apps } = JSON.parse(stdout) as { apps: { name: string; release: number; processes: object[]; changedAt: string }[] };
    expect(apps.map(({ name, release }) => [name, release])).to.deep.equal([
      ['acme-inc', 1],
      ['hello', 1],
    ]);
    expect(apps[1]?.processes).to.deep.equal([{ name: 'web', wanted: 1, running: 1 }]);
    expect(apps[1]?.changedAt).to.match(/^2026-06-04T14:2\d:\d\d\.\d{3}Z$/);
  });

  it('knows only its own environment', async () => {
    expect((await empire('deploy', 'hello', '--yes')).code).to.equal(0);
    const { stdout, stderr, code } = await empire('apps', '-e', 'production');
    expect([stdout, code]).to.deep.equal(['', 0]);
    expect(stderr).to.contain('no app is deployed in production\nnext: empire deploy <app>\n');
  });

  it('says that a stack is changing', async () => {
    expect((await empire('deploy', 'hello', '--yes')).code).to.equal(0);
    expect((await empire('deploy', 'hello', 'nginxdemos/hello:0.5', '--yes', '--no-wait')).code).to.equal(0);
    expect((await empire('apps')).stdout).to.match(/^hello {2}v\d {2}web=1 {2}Jun {2}4 14:\d\d {2}\(changing now\)\n$/);
  });
});
