import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { runOnScreen } from '../support/transcript.js';

describe('Ctrl-C while a release is followed', () => {
  let root: string;

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'empire-interrupted-'));
    cpSync('test/commands/folders/two-apps', root, { recursive: true });
  });

  after(() => rmSync(root, { recursive: true }));

  it('stops the following and not the release: exit 130, and how to follow and stop it', async () => {
    const { code, stderr } = await deployUntil(/update: updating/, (kill) => kill('SIGINT'));
    expect(code).to.equal(130);
    expect(stderr).to.match(
      /error: hello v1: it goes on without you\n {2}hint: follow it with `empire follow -a hello`, stop it with `empire abort -a hello`\n$/,
    );
    const before = process.cwd();
    process.chdir(root);
    try {
      const followed = await runOnScreen(['follow', 'hello'], { EMPIRE_REHEARSE: '1', EMPIRE_REHEARSE_SPEED: 'infinite' });
      expect([followed.code, followed.stdout]).to.deep.equal([0, 'v1 serves hello.\n']);
    } finally {
      process.chdir(before);
    }
  });

  /** `empire deploy hello` in a process of its own; acts when the screen shows something. */
  function deployUntil(
    shown: RegExp,
    act: (kill: (signal: NodeJS.Signals) => void) => void,
  ): Promise<{ code: number | null; stderr: string }> {
    const door = resolve('bin/empire');
    const env = { ...process.env, EMPIRE_REHEARSE: '1', EMPIRE_REHEARSE_SPEED: '20', NO_COLOR: '1' };
    const child = spawn(process.execPath, [door, 'deploy', 'hello'], { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    let acted = false;
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (acted || !shown.test(stderr)) return;
      acted = true;
      act((signal) => child.kill(signal));
    });
    return new Promise((done) => child.on('close', (code) => done({ code, stderr })));
  }
}).timeout(60_000);

describe('--events', () => {
  it('is a line of JSON for each step, and the last one is the whole', async () => {
    const root = mkdtempSync(join(tmpdir(), 'empire-events-'));
    cpSync('test/commands/folders/two-apps', root, { recursive: true });
    const before = process.cwd();
    process.chdir(root);
    try {
      const { code, stdout } = await runOnScreen(['deploy', 'hello', '--events'], {
        EMPIRE_REHEARSE: '1',
        EMPIRE_REHEARSE_SPEED: 'infinite',
      });
      const lines = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(code).to.equal(0);
      expect(lines[0]).to.deep.include({ kind: 'claimed' });
      expect(new Set(lines.slice(1, -1).map(({ kind }) => kind))).to.include.keys('phase', 'phase-end', 'processes', 'event');
      expect(lines.at(-1)).to.have.nested.property('release.status', 'succeeded');
      const refused = await runOnScreen(['deploy', 'hello', 'nginxdemos/hello:2-missing', '--events'], { EMPIRE_REHEARSE: '1' });
      expect([refused.code, JSON.parse(refused.stdout).error.code]).to.deep.equal([1, 'image-missing']);
    } finally {
      process.chdir(before);
      rmSync(root, { recursive: true });
    }
  }).timeout(20_000);
});
