import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../support/repository.js';
import { runOnScreen } from '../support/transcript.js';

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(program: readonly string[], words: readonly string[]): Ended {
  const env = {
    ...process.env,
    NO_COLOR: '1',
    EMPIRE_CACHE: join(tmpdir(), 'empire-no-cache'),
    FORCE_COLOR: undefined,
    NODE_EXTRA_CA_CERTS: undefined,
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...words], {
    encoding: 'utf8',
    env: env as NodeJS.ProcessEnv,
  });
  return { status, stdout, stderr };
}

describe('the quick door', function () {
  this.timeout(60_000);
  let root: string;
  let program: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'empire-quick-'));
    program = join(root, 'bin', 'empire');
    cpSync(join(ROOT, 'bin'), join(root, 'bin'), { recursive: true });
    const helps = join('dist', 'quick', 'help');
    const filter = (path: string): boolean => path !== join(ROOT, helps);
    cpSync(join(ROOT, 'dist'), join(root, 'dist'), { recursive: true, preserveTimestamps: true, filter });
    symlinkSync(join(ROOT, helps), join(root, helps)); // Only read, and most of the files.
    cpSync(join(ROOT, 'package.json'), join(root, 'package.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  });
  after(() => rmSync(root, { recursive: true }));

  const lines = [
    ['--version'],
    ['version'],
    ['-v'],
    ['--help'],
    ['help'],
    [],
    ['-h'],
    ['synth', '--help'],
    ['help', 'synth'],
    ['releases', 'info', '-h'],
    ['help', 'releases', 'info'],
    ['platform', '--help'],
    ['nothing'],
    ['nothing', '--help'],
    ['synth', '--nothing'],
    ['synth', 'nothing'],
    ['synth', 'hello'],
    ['synth', 'hello', '--json'],
    ['deploy', 'example/hello:v2', '-a', 'nothing'],
    ['deploy:hello'],
    ['apps', 'hello:v2'],
    ['releases', 'info:v1'],
    ['platform', 'deploy:hello'],
    ['run'],
    ['exec', '-a'],
    ['releases', 'nothing'],
    ['autocomplete', 'bash'],
    ['--json', 'synth'],
  ];
  for (const line of lines) {
    it(`says what oclif says to \`${['empire', ...line].join(' ')}\``, async () => {
      const { stdout, stderr, code } = await runOnScreen(line, { OCLIF_COLUMNS: '80' });
      expect(start([program], line)).to.deep.equal({ status: code, stdout, stderr });
    });
  }

  it('is right beside compiled code that was damaged anywhere', () => {
    const expected = start([program], ['synth', 'hello', '--json']);
    const file = cacheFile(root, 'synth');
    const whole = readFileSync(file);
    const printed = whole.indexOf('AWSTemplateFormatVersion');
    expect(printed).to.be.greaterThan(5000);
    for (const at of [0, 9, 100, 5000, printed + 3, whole.length >> 2, (whole.length >> 1) + 70, whole.length - 1]) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] as number) ^ 0x21;
      writeFileSync(file, damaged);
      expect(start([program], ['synth', 'hello', '--json']), `byte ${at}`).to.deep.equal(expected);
    }
    for (const text of [Buffer.alloc(0), whole.subarray(0, 1000), Buffer.alloc(whole.length)]) {
      writeFileSync(file, text);
      expect(start([program], ['synth', 'hello', '--json']), `${text.length} bytes`).to.deep.equal(expected);
    }
  });

  it('keeps what V8 compiled, and does without it where nothing may be written', () => {
    const caches = join(root, 'dist', 'quick', 'cache');
    rmSync(caches, { recursive: true });
    const first = start([program], ['synth', 'hello', '--json']);
    expect(readFileSync(cacheFile(root, 'synth')).length).to.be.greaterThan(100_000);
    rmSync(caches, { recursive: true });
    writeFileSync(caches, 'a file stands where the folder would be');
    expect(start([program], ['synth', 'hello', '--json'])).to.deep.equal(first);
    expect(readFileSync(caches, 'utf8')).to.contain('stands');
  });

  it('leaves older bundles alone when the compiler ran after them', () => {
    const main = readdirSync(join(root, 'dist', 'quick')).find((name) => name.startsWith('main-')) as string;
    writeFileSync(join(root, 'dist', 'quick', main), 'throw new Error("this is of older sources")');
    const later = new Date(Date.now() + 10_000);
    expect(start([program], ['synth', 'hello']).status).to.not.equal(0);
    utimesSync(join(root, 'dist', 'bin', 'empire.js'), later, later);
    expect(start([program], ['synth', 'hello']).status).to.equal(0);
  });
});

function cacheFile(root: string, command: string): string {
  const folder = join(root, 'dist', 'quick', 'cache');
  const [engine] = readdirSync(folder).filter((name) => name.includes(process.versions.node));
  const file = readdirSync(join(folder, engine as string)).find((name) => name.endsWith(`.${command}`));
  return join(folder, engine as string, file as string);
}
