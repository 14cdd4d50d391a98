import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { expect } from 'chai';
import { standIn } from '../../lib/commands/session/windows.js';
import type { ExecAnswer, Windows } from '../../lib/model/windows.js';
import { openTest } from '../support/rehearsed-engine.js';
import { runOnScreen, type Screen } from '../support/transcript.js';

/** A folder with a deployed app in a rehearsal that begins now. */
class Folder {
  readonly root = mkdtempSync(join(tmpdir(), 'empire-one-off-'));

  constructor() {
    cpSync('test/commands/folders/one-off', this.root, { recursive: true });
  }

  async run(words: readonly string[], variables: Record<string, string> = {}): Promise<Screen> {
    const before = process.cwd();
    process.chdir(this.root);
    try {
      return await runOnScreen(words, { EMPIRE_REHEARSE: '1', EMPIRE_REHEARSE_SPEED: 'infinite', ...variables });
    } finally {
      process.chdir(before);
    }
  }

  /** A process of its own; `act` is called once, when the screen shows something. It never outlives the test. */
  watch(
    words: readonly string[],
    speed: number,
    shown: (text: string) => boolean,
    act: (child: ChildProcess) => void,
  ): Promise<Ended> {
    const env = { ...process.env, EMPIRE_REHEARSE: '1', EMPIRE_REHEARSE_SPEED: String(speed), NO_COLOR: '1', TERM: 'dumb' };
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    const child = spawn(process.execPath, [resolve('bin/empire'), ...words], { cwd: this.root, env, stdio: [...stdio] });
    const screen = { stdout: '', stderr: '' };
    let acted = false;
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.on('data', (chunk: Buffer) => {
        screen[name] += chunk.toString();
        if (acted || !shown(screen.stdout + screen.stderr)) return;
        acted = true;
        act(child);
      });
    }
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
    return new Promise((done) =>
      child.on('close', (code, signal) => {
        clearTimeout(late);
        done({ code, signal, ...screen });
      }),
    );
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('what runs and what it writes, in a process of its own', function () {
  this.timeout(60_000);
  let folder: Folder;

  before(async () => {
    folder = new Folder();
    expect((await folder.run(['deploy', 'acme-inc'])).code).to.equal(0);
  });

  after(() => folder.remove());

  it('Ctrl-C stops a one-off task, and its end is waited for', async () => {
    const ended = await folder.watch(
      ['run', '-a', 'acme-inc', 'rake'],
      6,
      (text) => text.includes(': running'),
      (child) => child.kill('SIGINT'),
    );
    expect(ended.code, ended.stderr).to.equal(130);
    const id = /run\.([0-9a-f]{8})/.exec(ended.stderr)?.[1] ?? '';
    expect(ended.stderr).to.match(/: stopping\n.*`rake` ended with 143: .*stopped by|: stopping\n.*`rake` ended with 143\n/s);
    const again = await folder.run(['exec', '-a', 'acme-inc', id]);
    expect([again.code, again.stderr]).to.satisfy(
      ([code, text]: [number, string]) => code === 125 && /has stopped already/.test(text),
    );
  });

  it('SIGTERM does the same, with its own code', async () => {
    const ended = await folder.watch(
      ['run', '-a', 'acme-inc', 'rake'],
      6,
      (text) => text.includes(': running'),
      (child) => child.kill('SIGTERM'),
    );
    expect([ended.code, ended.signal], ended.stderr).to.deep.equal([143, null]);
  });

  it('a one-off task whose output nobody reads any more ends with 0', async () => {
    const closed = await folder.watch(
      ['run', '-a', 'acme-inc', 'rake'],
      16,
      (text) => text.includes('running rake'),
      (child) => {
        child.stdout?.destroy();
      },
    );
    expect([closed.code, closed.signal], closed.stderr).to.deep.equal([0, null]);
    expect(closed.stderr).to.not.contain('error');
  });

  it('follows a log until Ctrl-C, each line once', async () => {
    const tenth = (text: string) => (text.match(/ GET /g) ?? []).length >= 10;
    const ended = await folder.watch(['logs', '-f', '-a', 'acme-inc', '-p', 'web'], 60, tenth, (child) => child.kill('SIGINT'));
    expect(ended.code, ended.stderr).to.equal(130);
    const lines = ended.stdout.trimEnd().split('\n');
    expect(lines.length).to.be.greaterThan(10);
    expect(new Set(lines).size).to.equal(lines.length);
    const times = lines.map((line) => line.slice(0, 15));
    expect(times).to.deep.equal([...times].sort());
  });

  it('ends quietly when nobody reads any more', async () => {
    const ended = await folder.watch(
      ['logs', '-f', '-a', 'acme-inc'],
      60,
      (text) => / GET | job /.test(text),
      (child) => child.stdout?.destroy(),
    );
    expect([ended.code, ended.signal]).to.deep.equal([0, null]);
    expect(ended.stderr).to.not.contain('error');
  });

  it('says at once that an app was never deployed', async () => {
    const other = new Folder();
    const gone = await other.watch(
      ['logs', '-f', '-a', 'closed'],
      60,
      () => false,
      () => {},
    );
    expect([gone.code, gone.stderr]).to.satisfy(([code, text]: [number, string]) => code === 1 && /not deployed/.test(text));
    other.remove();
  });
});

/** The rehearsal, except that a container can be entered: by a plugin that writes down what it is given, and then says an exit code. */
describe('a terminal in a container', () => {
  let folder: Folder;
  let restore: () => void;
  let asked: { readonly container: string; readonly command: string }[];
  let answers: ExecAnswer[];
  const path = process.env['PATH'];
  const terminals = [process.stdin, process.stdout].map((stream) => ({ stream, isTTY: stream.isTTY }));
  const session: ExecAnswer = {
    kind: 'session',
    session: { id: 's-1', url: 'wss://example/s-1', token: 'secret', target: 'ecs:c_t_r', region: 'us-east-1' },
  };
  const plugin = () => join(folder.root, 'session-manager-plugin');
  const written = () => readFileSync(join(folder.root, 'given'), 'utf8').trimEnd().split('\n');

  beforeEach(async () => {
    folder = new Folder();
    [asked, answers] = [[], []];
    const rehearsal = openTest();
    const execute: Windows['services']['execute'] = async ({ container, command }) => {
      asked.push({ container, command });
      return answers.shift() ?? session;
    };
    restore = standIn(() => ({ ...rehearsal, kind: 'aws', services: { ...rehearsal.services, execute } }));
    for (const { stream } of terminals) stream.isTTY = true;
    const script = '#!/bin/sh\nif [ -f "$GIVEN" ]; then echo "exit-code=3="; else printf "%s\\n" "$@" > "$GIVEN"; fi\n';
    writeFileSync(plugin(), script);
    chmodSync(plugin(), 0o755);
    process.env['PATH'] = `${folder.root}${delimiter}${path}`;
    process.env['GIVEN'] = join(folder.root, 'given');
    expect((await folder.run(['deploy', 'acme-inc', '--yes'])).code).to.equal(0);
  });

  afterEach(() => {
    restore();
    for (const { stream, isTTY } of terminals) stream.isTTY = isTTY;
    process.env['PATH'] = path;
    delete process.env['GIVEN'];
    folder.remove();
  });

  it('runs the command by the plugin, and ends with its code', async () => {
    const { code, stderr } = await folder.run(['exec', '-a', 'acme-inc', '-p', 'worker', 'ls', 'a b', "it's"]);
    expect(code, stderr).to.equal(3);
    expect(asked.map(({ container }) => container)).to.deep.equal(['worker', 'worker']);
    expect(asked[0]?.command).to.match(
      /^sh -c '"\$@"; code=\$\?; echo \$code > (\/tmp\/\.empire-[0-9a-f]{12}); exit \$code' sh ls 'a b' 'it'\\''s'$/,
    );
    expect(written()).to.deep.equal([
      '{"SessionId":"s-1","StreamUrl":"wss://example/s-1","TokenValue":"secret"}',
      'us-east-1',
      'StartSession',
      '',
      '{"Target":"ecs:c_t_r"}',
      'https://ssm.us-east-1.amazonaws.com',
    ]);
  });

  it('tries again while the agent starts, and says what is off', async () => {
    answers.push(
      { kind: 'not-ready', reason: 'the agent is not running' },
      { kind: 'not-ready', reason: 'the agent is not running' },
    );
    expect((await folder.run(['exec', '-a', 'acme-inc'])).code).to.equal(3);
    answers.push({ kind: 'off', reason: 'not enabled' });
    const off = await folder.run(['exec', '-a', 'acme-inc']);
    expect([off.code, off.stderr]).to.satisfy(
      ([code, text]: [number, string]) => code === 125 && /web\.\S+: nobody may enter it/.test(text),
    );
    answers.push({ kind: 'gone', reason: 'task was not found' });
    expect((await folder.run(['exec', '-a', 'acme-inc'])).stderr).to.match(
      /it has stopped by now\n {2}hint: see what runs: `empire ps`/,
    );
  });

  it('is what `run -t` gives a task of its own', async () => {
    const { code, stderr } = await folder.run(['run', '-t', '-a', 'acme-inc', 'console', '--now']);
    expect(code, stderr).to.equal(0);
    expect(asked).to.have.length(1);
    expect(asked[0]).to.include({ container: 'console' });
    expect(asked[0]?.command).to.match(/ sh acme-inc console --now$/);
  });

  it('says how to install the plugin, and that a pipe is no terminal', async () => {
    rmSync(plugin());
    process.env['PATH'] = folder.root;
    const missing = await folder.run(['exec', '-a', 'acme-inc']);
    expect(missing.code).to.equal(125);
    expect(missing.stderr).to.match(
      /error: session-manager-plugin: this program of AWS.*is not installed\n {2}hint: install it: /,
    );
    process.stdin.isTTY = false;
    for (const words of [['exec'], ['run', '-t']]) {
      const piped = await folder.run([...words, '-a', 'acme-inc', ...(words[0] === 'run' ? ['sh'] : [])]);
      expect([piped.code, /it needs a terminal/.test(piped.stderr)], piped.stderr).to.deep.equal([125, true]);
    }
  });
});
