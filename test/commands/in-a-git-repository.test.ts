import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runOnScreen, type Screen } from '../support/transcript.js';

const REHEARSED = {
  EMPIRE_REHEARSE: '1',
  EMPIRE_REHEARSE_SPEED: 'infinite',
  EMPIRE_REHEARSE_START: '2026-06-04T14:27:00Z',
};

describe('deploys in a git repository', () => {
  const start = process.cwd();
  let committed: string;
  let root: string;

  before(() => {
    committed = mkdtempSync(join(tmpdir(), 'empire-committed-'));
    root = committed;
    cpSync('test/commands/folders/two-apps', root, { recursive: true });
    writeFileSync(join(root, '.gitignore'), '.empire/\n');
    git('init', '--quiet', '--template=');
    commit('the apps');
  });

  after(() => rmSync(committed, { recursive: true }));

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'empire-undone-'));
    cpSync(committed, root, { recursive: true });
    process.chdir(root);
  });

  afterEach(() => {
    process.chdir(start);
    rmSync(root, { recursive: true });
  });

  function git(...words: string[]): void {
    const person = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
    expect(spawnSync('git', [...person, ...words], { cwd: root }).status, words.join(' ')).to.equal(0);
  }

  function commit(message: string): void {
    git('add', '-A');
    git('commit', '--quiet', '-m', message);
  }

  const empire = (...words: string[]): Promise<Screen> => runOnScreen(words, REHEARSED);

  it('that would undo what is in no commit say so first, and off a terminal need --yes', async () => {
    expect((await empire('deploy', 'hello')).code).to.equal(0);
    expect((await empire('deploy', 'hello', 'nginxdemos/hello:0.5')).code).to.equal(0);
    git('checkout', '--quiet', 'apps/hello/image');
    const refused = await empire('deploy', 'hello');
    expect(refused.code).to.equal(1);
    expect(refused.stderr.split('\n')[1]).to.equal('image goes back from :0.5 (set by v2, not in git) to :0.4');
    expect(refused.stderr).to.contain('  hint: commit what runs, or add `--yes` to undo it\n');
    const done = await empire('deploy', 'hello', '--yes');
    expect([done.code, done.stdout]).to.deep.equal([0, 'Deployed nginxdemos/hello:0.4 to hello as v3.\n']);
  });

  it('say it of a scale too', async () => {
    await empire('deploy', 'hello');
    expect((await empire('scale', 'web=3', '-a', 'hello')).code).to.equal(0);
    git('clean', '--quiet', '-f', 'apps/hello');
    const refused = await empire('deploy', 'hello', '--json');
    expect(refused.code).to.equal(1);
    expect(JSON.parse(refused.stdout)).to.have.nested.property('error.code', 'would-undo');
  });

  it('say nothing when the value was committed since, or another one is meant', async () => {
    await empire('deploy', 'hello');
    await empire('deploy', 'hello', 'nginxdemos/hello:0.5');
    expect((await empire('deploy', 'hello', 'nginxdemos/hello:0.6')).code).to.equal(0);
    commit('what runs');
    writeFileSync(join(root, 'apps/hello/image'), 'nginxdemos/hello:0.7\n');
    const meant = await empire('deploy', 'hello');
    expect([meant.code, meant.stdout]).to.deep.equal([0, 'Deployed nginxdemos/hello:0.7 to hello as v4.\n']);
    expect(readFileSync(join(root, 'apps/hello/image'), 'utf8')).to.equal('nginxdemos/hello:0.7\n');
  });

  it('of several apps say it of the one that is meant, and the others go on', async () => {
    await empire('deploy', '--all');
    await empire('deploy', 'hello', 'nginxdemos/hello:0.5');
    git('checkout', '--quiet', 'apps/hello/image');
    writeFileSync(join(root, 'apps/acme-inc/image'), 'remind101/acme-inc:v2\n');
    const mixed = await empire('deploy', '--all');
    expect([mixed.code, mixed.stdout]).to.deep.equal([1, 'Deployed remind101/acme-inc:v2 to acme-inc as v2.\n']);
    expect(mixed.stderr).to.contain('(set by v2, not in git)');
  });

  it('know what --changed means', async () => {
    await empire('deploy', '--all');
    writeFileSync(join(root, 'apps/acme-inc/image'), 'remind101/acme-inc:v2\n');
    const uncommitted = await empire('diff', '--changed', '--json');
    expect(JSON.parse(uncommitted.stdout).apps.map(({ app }: { app: string }) => app)).to.deep.equal(['acme-inc']);
    commit('v2');
    expect((await empire('deploy', '--changed')).stderr).to.equal('nothing to deploy: no app changed\n');
    const changed = await empire('deploy', '--changed=HEAD^');
    expect([changed.code, changed.stdout]).to.deep.equal([0, 'Deployed remind101/acme-inc:v2 to acme-inc as v2.\n']);
    rmSync(join(root, 'apps/hello'), { recursive: true });
    expect((await empire('deploy', '--changed')).stderr).to.contain('note: hello was removed from git; its stack stays until');
    const offline = await runOnScreen(['diff', 'acme-inc', '--from', 'HEAD^', '--exit-code'], { AWS_REGION: '' });
    expect([offline.code, offline.stdout.includes('v1 → v2')]).to.deep.equal([3, true]);
  });

  it('know by --changed whose listener rules have other numbers', async () => {
    writeFileSync(join(root, 'platform'), 'LOAD_BALANCERS=shared\n');
    expect((await empire('synth')).code).to.equal(0);
    commit('shared');
    const ledger = readFileSync(join(root, 'apps/ingress.lock'), 'utf8');
    const line = ledger.split('\n').find((one) => one.includes('default hello ')) as string;
    const moved = line.replace(/[0-9]+$/, (priority) => String(Number(priority) + 1));
    writeFileSync(join(root, 'apps/ingress.lock'), ledger.replace(line, moved));
    const changed = await empire('diff', '--changed', '--from', 'HEAD', '--json');
    expect(JSON.parse(changed.stdout).apps.map(({ app }: { app: string }) => app)).to.deep.equal(['hello']);
  });
}).timeout(60_000);
