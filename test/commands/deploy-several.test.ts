import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runOnScreen, type Screen } from '../support/transcript.js';

interface App {
  readonly app: string;
  readonly changed?: boolean;
  readonly begun?: boolean;
  readonly error?: { readonly code: string };
  readonly release?: { readonly version: string; readonly status: string };
}

describe('several deploys at once', () => {
  let root: string;
  let before: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'empire-several-'));
    cpSync('test/commands/folders/two-apps', root, { recursive: true });
    before = process.cwd();
    process.chdir(root);
  });

  afterEach(() => {
    process.chdir(before);
    rmSync(root, { recursive: true });
  });

  const empire = (...words: string[]): Promise<Screen> =>
    runOnScreen(words, {
      EMPIRE_REHEARSE: '1',
      EMPIRE_REHEARSE_SPEED: 'infinite',
      EMPIRE_REHEARSE_START: '2026-06-04T14:27:00Z',
    });
  const appsOf = ({ stdout }: Screen): App[] => (JSON.parse(stdout) as { apps: App[] }).apps;
  const image = (app: string, reference: string) => writeFileSync(join(root, `apps/${app}/image`), `${reference}\n`);

  it('are on one screen with their names in front, and each is a release of its own', async () => {
    const { code, stdout, stderr } = await empire('deploy', '--all');
    expect([code, stdout]).to.deep.equal([
      0,
      'Deployed remind101/acme-inc:v1 to acme-inc as v1.\nDeployed nginxdemos/hello:0.4 to hello as v1.\n',
    ]);
    expect(stderr).to.contain('\nacme-inc   0:00  v1: Deploy').and.to.contain('\nhello      0:00  v1: Deploy');
  });

  it('go on when one cannot be deployed, and the exit code is 1', async () => {
    image('acme-inc', 'remind101/acme-inc:v2-missing');
    const screen = await empire('deploy', '--all', '--json');
    const [acme, hello] = appsOf(screen) as [App, App];
    expect([screen.code, acme.error?.code, hello.release?.status]).to.deep.equal([1, 'image-missing', 'succeeded']);
  });

  it('go on when one fails, which is said at the end', async () => {
    await empire('deploy', '--all');
    image('acme-inc', 'remind101/acme-inc:v2-crash');
    image('hello', 'nginxdemos/hello:0.5');
    const { code, stdout, stderr } = await empire('deploy', '--all');
    expect([code, stdout]).to.deep.equal([1, 'Deployed nginxdemos/hello:0.5 to hello as v2.\n']);
    expect(stderr).to.contain('error: acme-inc v2 failed: ').and.to.contain('next: empire why v2 -a acme-inc\n');
  });

  it('begin no other after a failure with --fail-fast', async () => {
    image('acme-inc', 'remind101/acme-inc:v2-missing');
    const screen = await empire('deploy', '--all', '--json', '--fail-fast');
    const [acme, hello] = appsOf(screen) as [App, App];
    expect([screen.code, acme.error?.code, hello.begun]).to.deep.equal([1, 'image-missing', false]);
    expect((await empire('releases', '-a', 'hello')).stdout).to.equal('');
  });

  it('show what is wrong with one directory, and go on with the others', async () => {
    writeFileSync(join(root, 'apps/acme-inc/scale'), 'nobody=1\n');
    const { code, stdout, stderr } = await empire('deploy', '--all');
    expect([code, stdout]).to.deep.equal([1, 'Deployed nginxdemos/hello:0.4 to hello as v1.\n']);
    expect(stderr).to.contain('error: apps/acme-inc/scale:1:1: `nobody` is not a process of this app');
    const diff = await empire('diff', '--json');
    expect(diff.code).to.equal(1);
    expect(appsOf(diff).map(({ app, error }) => [app, error?.code])).to.deep.equal([
      ['acme-inc', 'scale-unknown-process'],
      ['hello', undefined],
    ]);
  });
}).timeout(60_000);
