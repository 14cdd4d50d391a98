import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openBrowser } from '../../lib/windows/browser.js';

describe('the browser of this computer', () => {
  let folder: string;
  let opened: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'empire-browser-'));
    opened = join(folder, 'opened');
    for (const name of ['open', 'xdg-open', 'rundll32'])
      writeFileSync(
        join(folder, name),
        `#!/bin/sh\nprintf '%s ' ${name} "$@" > "${opened}.part" && mv "${opened}.part" "${opened}"\n`,
        {
          mode: 0o755,
        },
      );
  });

  afterEach(() => rmSync(opened, { force: true }));
  after(() => rmSync(folder, { recursive: true }));

  const open = (platform: string, variables: Record<string, string> = {}, address = 'https://acme-inc.example.com') =>
    openBrowser(address, { platform, variables: { PATH: `${folder}:/bin:/usr/bin`, ...variables } });

  const shown = async (): Promise<string> => {
    for (let tries = 0; tries < 200 && !existsSync(opened); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
    return readFileSync(opened, 'utf8').trim();
  };

  it('is opened by the opener of each platform', async () => {
    expect(await open('darwin')).to.equal('opened');
    expect(await shown()).to.equal('open https://acme-inc.example.com/');
    rmSync(opened);
    expect(await open('linux', { DISPLAY: ':0' })).to.equal('opened');
    expect(await shown()).to.equal('xdg-open https://acme-inc.example.com/');
    rmSync(opened);
    expect(await open('win32')).to.equal('opened');
    expect(await shown()).to.equal('rundll32 url.dll,FileProtocolHandler https://acme-inc.example.com/');
  });

  it('is not looked for where nobody would see it', async () => {
    expect(await open('linux')).to.equal('no-display');
    expect(await open('linux', { DISPLAY: ':0', SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' })).to.equal('no-display');
    expect(await open('darwin', { CI: 'true' })).to.equal('no-display');
    expect(existsSync(opened)).to.equal(false);
  });

  it('says when the opener is not there', async () => {
    expect(await open('linux', { WAYLAND_DISPLAY: 'wayland-0', PATH: join(folder, 'nowhere') })).to.equal('failed');
  });

  it('opens web addresses only', async () => {
    expect(await open('darwin', {}, 'file:///etc/passwd')).to.equal('failed');
    expect(existsSync(opened)).to.equal(false);
  });
});
