import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openRehearsal } from '../../lib/rehearsal/index.js';
import { given, PLATFORM } from '../support/model-apps.js';
import { DOOR, runOnScreen, type Screen } from '../support/transcript.js';

const REHEARSED = { EMPIRE_REHEARSE: '1', EMPIRE_REHEARSE_SPEED: 'infinite', EMPIRE_REHEARSE_START: '2026-06-04T14:27:00Z' };

describe('what runs', function () {
  this.timeout(30_000);
  let root: string;
  const start = process.cwd();

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'empire-operate-'));
    cpSync('test/commands/folders/two-apps', root, { recursive: true });
    process.chdir(root);
    await ok('deploy', 'acme-inc', '--yes');
  });

  after(() => {
    process.chdir(start);
    rmSync(root, { recursive: true });
  });

  describe('on a terminal', () => {
    for (const command of ['ps', 'events']) {
      it(`\`${command}\` fits 40 to 200 columns`, async () => {
        for (const columns of [40, 41, 60, 80, 132, 200]) {
          const { stdout } = await onTerminal(columns, {}, [command, 'acme-inc']);
          expect(Math.max(...stdout.split('\n').map((line) => [...line].length))).to.be.at.most(columns);
        }
      });
    }

    it('has colours, and none with NO_COLOR, on a dumb terminal, or in a file', async () => {
      const colours = async (variables: Record<string, string>) =>
        (await onTerminal(100, { NO_COLOR: '', TERM: 'xterm', ...variables }, ['ps', 'acme-inc'])).stdout.includes(
          '\u001b[32mRUNNING',
        );
      expect([await colours({}), await colours({ NO_COLOR: '1' }), await colours({ TERM: 'dumb' })]).to.deep.equal([
        true,
        false,
        false,
      ]);
      expect((await run('ps', 'acme-inc')).stdout).not.to.contain('\u001b');
    });

    it('is never cut on its way into a file', async () => {
      expect((await onTerminal(60, {}, ['events', 'acme-inc'])).stdout).to.contain('…');
      expect((await run('events', 'acme-inc')).stdout).not.to.contain('…');
    });
  });

  it('ends quietly when nobody reads on', () => {
    const command = [process.execPath, ...DOOR.map((word) => `'${word}'`), 'events acme-inc -n 500 | true; exit $']
      .join(' ')
      .concat('{PIPESTATUS[0]}');
    const { status, stderr } = spawnSync('bash', ['-c', command], {
      encoding: 'utf8',
      env: { ...process.env, ...REHEARSED, NO_COLOR: '1' },
    });
    expect([status, stderr]).to.deep.equal([0, 'acme-inc in default (123456789012, us-east-1) · rehearsal: nothing is real\n']);
  });

  for (const words of [
    ['ps', 'acme-inc', '--watch'],
    ['events', 'acme-inc', '-n', '1', '--follow'],
  ]) {
    it(`\`${words.join(' ')}\` goes on until Ctrl-C: exit 130, and the picture once where nothing changes`, async () => {
      const { code, stdout, stderr } = await untilCtrlC(words, { EMPIRE_REHEARSE_SPEED: '20' });
      expect(code).to.equal(130);
      expect(stderr).not.to.contain('error');
      expect(stdout.split('\n').filter((line) => /v1\.worker|CREATE_COMPLETE/.test(line)).length).to.be.at.least(1);
    });
  }

  it('is restarted once the release that is on its way has ended, and brings nothing of it back', async () => {
    await ok('set', 'GREETING=later', '-a', 'acme-inc', '--no-wait');
    const restarted = await ok('restart', 'worker', '-a', 'acme-inc');
    expect(restarted.stdout).to.equal('Restarted worker of acme-inc.\n');
    expect(restarted.stderr).to.match(/waiting for v\d+ \(Set GREETING/);
    expect((await ok('diff', 'acme-inc', '--exit-code')).code).to.equal(0);
    const { tasks } = JSON.parse((await ok('ps', 'acme-inc', '--json')).stdout) as {
      tasks: { process: string; introducedIn: number; inRelease: number }[];
    };
    const worker = tasks.find(({ process }) => process === 'worker');
    expect([worker?.introducedIn, worker?.inRelease]).to.deep.equal([2, 3]);
  });

  it('is not restarted beside another release when nobody wants to wait', async () => {
    await ok('set', 'GREETING=again', '-a', 'acme-inc', '--no-wait');
    const { code, stderr } = await run('restart', 'worker', '-a', 'acme-inc', '--no-queue');
    expect(code).to.equal(1);
    expect(stderr).to.match(
      /error: acme-inc: v4 is in progress: Set GREETING, by .*\n {2}hint: wait for it with `empire follow -a acme-inc`, or leave out --no-queue\n$/,
    );
    await ok('follow', 'acme-inc');
  });

  it('is restarted at once with --supersede: the release that is on its way is cancelled', async () => {
    await ok('set', 'GREETING=never', '-a', 'acme-inc', '--no-wait');
    const { stdout } = await ok('restart', 'web', '-a', 'acme-inc', '--supersede');
    expect(stdout).to.equal('Restarted web of acme-inc.\n');
    const releases = (await ok('releases', '-a', 'acme-inc', '-n', '2')).stdout;
    expect(releases).to.match(/^v7 .*Restart web +you +current\nv6 .*Set GREETING +you +superseded\n$/);
  });

  it('names the tasks of a release that failed, and why they stopped', async () => {
    const failed = await run('deploy', 'remind101/acme-inc:v2-crash', '--yes');
    expect(failed.code).to.equal(1);
    const { stdout } = await ok('ps', 'acme-inc', '--all');
    expect(stdout).to.match(/^v8\.web\.\w{8} +1X +STOPPED +\d+[sm] +".*" +web crashed with exit code 1 6 s after its start$/m);
    expect((await ok('ps', 'acme-inc')).stdout).not.to.contain('STOPPED');
  });

  it('is restarted as it is also when something else changed it, which is a release of its own by then', async () => {
    const changed = await changeByHand('acme-inc', (text) => text.replaceAll('./bin/work', './bin/work-by-hand'));
    expect((await ok('ps', 'acme-inc')).stdout).to.match(/^-\.worker\.\w{8} +1X +RUNNING +\d+[sm] +".\/bin\/work-by-hand"$/m);
    expect((await ok('restart', 'worker', '-a', 'acme-inc')).stdout).to.equal('Restarted worker of acme-inc.\n');
    expect(await templateOf('acme-inc')).to.equal(changed);
    const releases = (await ok('releases', '-a', 'acme-inc', '-n', '2')).stdout;
    expect(releases).to.match(
      /^v10 .*Restart worker +you +current\nv9 .*Changed by something other than empire +\S+ +succeeded\n$/,
    );
    expect((await ok('ps', 'acme-inc')).stdout).to.match(/^v9\.worker\.\w{8} .*".\/bin\/work-by-hand"$/m);
  });

  it('takes `all` of it for a restart, with a line of JSON for each step', async () => {
    const { stdout } = await ok('restart', '-a', 'acme-inc', '--events');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).to.deep.include({ kind: 'claimed' });
    expect(lines.at(-1)).to.have.nested.property('release.description', 'Restart acme-inc');
  });

  const open = () =>
    openRehearsal({
      platform: PLATFORM,
      root: given(root),
      speed: Number.POSITIVE_INFINITY,
      start: given(Date.parse(REHEARSED.EMPIRE_REHEARSE_START)),
    });

  const templateOf = (app: string): Promise<string> => open().stacks.template(`empire-${app}`);

  /** As the console or `cdk deploy` would do it. */
  async function changeByHand(app: string, change: (template: string) => string): Promise<string> {
    const { stacks, clock } = open();
    const stack = `empire-${app}`;
    const body = change(await stacks.template(stack));
    const { id } = await stacks.createChangeSet({
      ...{ stack, name: 'by-hand', kind: 'update', template: { kind: 'body', body }, description: '', token: 'by-hand' },
      parameters: { Release: 'v7' },
    });
    await clock.sleep(10_000);
    await stacks.executeChangeSet({ stack, id, token: 'by-hand' });
    await clock.sleep(300_000);
    expect(await stacks.describe(stack)).to.have.nested.property('value.status', 'UPDATE_COMPLETE');
    return body;
  }

  const run = (...words: string[]): Promise<Screen> => runOnScreen(words, REHEARSED);

  async function ok(...words: string[]): Promise<Screen> {
    const screen = await run(...words);
    expect(screen.code, `${words.join(' ')}\n${screen.stdout}${screen.stderr}`).to.equal(0);
    return screen;
  }

  async function onTerminal(columns: number, variables: Record<string, string>, words: readonly string[]): Promise<Screen> {
    const { isTTY, columns: had } = process.stdout;
    Object.assign(process.stdout, { isTTY: true, columns });
    try {
      return await runOnScreen(words, { ...REHEARSED, ...variables });
    } finally {
      Object.assign(process.stdout, { isTTY, columns: had });
    }
  }

  /** In a process of its own; Ctrl-C comes a moment after the first data. */
  function untilCtrlC(words: readonly string[], variables: Record<string, string>): Promise<Screen> {
    const env = { ...process.env, ...REHEARSED, NO_COLOR: '1', ...variables };
    const child = spawn(process.execPath, [...DOOR, ...words], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const screen = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      if (screen.stdout === '') setTimeout(() => child.kill('SIGINT'), 700);
      screen.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      screen.stderr += chunk.toString();
    });
    return new Promise((done) => child.on('close', (code) => done({ code: code ?? -1, ...screen })));
  }
});
