import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { runCommandLine } from '../../bin/command-line.js';
import { MAIN_FILE, mainBundle } from '../support/bundle.js';
import { goldenCases } from '../support/golden.js';
import { ROOT } from '../support/repository.js';
import { replay, runOnScreen } from '../support/transcript.js';

const TRANSCRIPTS = 'test/commands/transcripts';

describe('the bundle', () => {
  let cache: string;
  let quick = 0;
  const { run } = mainBundle();
  const runQuickly = async (words: readonly string[]): Promise<number> => {
    const code = await run(words, { version: version(), compiler: MAIN_FILE });
    if (code !== undefined) quick++;
    return code ?? runCommandLine(words);
  };

  before(() => {
    cache = mkdtempSync(join(tmpdir(), 'empire-cache-'));
    process.env['EMPIRE_CACHE'] = cache;
  });
  after(() => {
    delete process.env['EMPIRE_CACHE'];
    rmSync(cache, { recursive: true });
  });

  for (const file of readdirSync(TRANSCRIPTS).sort()) {
    const text = readFileSync(join(TRANSCRIPTS, file), 'utf8');
    const folder = /^## in: (\S+)$/m.exec(text)?.[1];
    it(`says what the built files say: ${file.replace(/\.txt$/, '').replaceAll('-', ' ')}`, async () => {
      const place = folder === undefined ? undefined : resolve('test/commands/folders', folder);
      expect(await replay(text, place, runQuickly)).to.equal(text);
    }).timeout(20_000);
  }

  it('ran most of those lines itself', () => {
    expect(quick).to.be.greaterThan(100);
  });

  it('makes the same bytes of every golden and of every app of this repository', async () => {
    const folders = [resolve('apps'), ...goldenCases().map(({ root }) => resolve(root, 'apps'))];
    for (const apps of folders) expect(await outputs(apps, runQuickly), apps).to.deep.equal(await outputs(apps, runCommandLine));
  }).timeout(60_000);
});

const version = (): string => JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;

/** Everything that a synth of a folder prints and writes, in a copy of it. */
async function outputs(apps: string, run: typeof runCommandLine): Promise<Record<string, string>> {
  const root = mkdtempSync(join(tmpdir(), 'empire-bundle-'));
  try {
    cpSync(resolve(apps, '..'), root, {
      recursive: true,
      filter: (path) => !/node_modules|\.git$|dist$/.test(path) && isPart(apps, path),
    });
    const { stdout, stderr, code } = await runOnScreen(['synth', '--apps', join(root, 'apps'), '-o', join(root, 'out')], {}, run);
    const files = code === 0 ? readdirSync(join(root, 'out')) : [];
    const texts = files.map((name): [string, string] => [name, readFileSync(join(root, 'out', name), 'utf8')]);
    return { ...Object.fromEntries(texts), stdout, stderr: stderr.replaceAll(root, ''), code: String(code) };
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The apps folder and the platform files beside it. */
function isPart(apps: string, path: string): boolean {
  const root = resolve(apps, '..');
  return path === root || path.startsWith(apps) || path.startsWith(join(root, 'platform'));
}
