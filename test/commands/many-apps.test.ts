import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runOnScreen, type Screen } from '../support/transcript.js';

// What the built commands call, so that the calls can be counted.
const fs = require('node:fs') as { readdirSync: (path: string, ...more: unknown[]) => unknown };
const children = require('node:child_process') as { spawnSync: (...all: unknown[]) => unknown };
const parse = {
  platform: require('../../lib/parse/platform-read.ts') as Record<'readPlatformFiles', (...all: unknown[]) => unknown>,
  app: require('../../lib/parse/app.ts') as Record<'parseApp', (...all: unknown[]) => unknown>,
  files: require('../../lib/parse/app-files.ts') as Record<'readAppFiles', (...all: unknown[]) => unknown>,
};

/** How often each was called while some work was done. */
interface Calls {
  /** Directories that were listed in the apps folder, itself included. */
  listings: number;
  platforms: number;
  apps: number;
  /** Apps of which at least the public names were read. */
  files: number;
  git: number;
}

describe('commands of many apps', () => {
  const before = process.cwd();
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'empire-many-'));
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(root, { recursive: true });
  });

  /** Made once for each size. */
  const committed = new Map<number, string>();
  after(() => {
    for (const each of committed.values()) rmSync(each, { recursive: true });
  });

  /** A committed folder with so many apps, each with a name for the public, and a change in the first one. */
  const folderOf = (apps: number): void => {
    process.chdir(before);
    rmSync(root, { recursive: true });
    if (!committed.has(apps)) committed.set(apps, make(apps));
    cpSync(committed.get(apps) as string, root, { recursive: true });
    process.chdir(root);
    write(1, 'env', 'CHANGED=yes\n');
  };
  const make = (apps: number): string => {
    const folder = mkdtempSync(join(tmpdir(), 'empire-many-committed-'));
    process.chdir(folder);
    for (let number = 1; number <= apps; number++) write(number, 'image', `example/app:${number}\n`);
    for (let number = 1; number <= apps; number++) write(number, 'domains', `app-${number}.example.com\n`);
    git('init', '--quiet', '--template=');
    git('add', '--all');
    git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '--quiet', '--message', 'all of them');
    return folder;
  };
  const write = (number: number, file: string, text: string): void => {
    mkdirSync(join('apps', `app-${number}`), { recursive: true });
    writeFileSync(join('apps', `app-${number}`, file), text);
  };
  const git = (...words: string[]): void => void execFileSync('git', words);

  const empire = (...words: string[]): Promise<Screen> =>
    runOnScreen(words, { EMPIRE_REHEARSE: '1', EMPIRE_REHEARSE_SPEED: 'infinite', EMPIRE_CACHE: join(root, 'cache') });

  async function countedCalls(words: readonly string[]): Promise<Calls> {
    const calls: Calls = { listings: 0, platforms: 0, apps: 0, files: 0, git: 0 };
    const restore = [
      counting(fs, 'readdirSync', (path) => `${path}/`.includes('/apps/') && calls.listings++),
      counting(children, 'spawnSync', () => calls.git++),
      counting(parse.platform, 'readPlatformFiles', () => calls.platforms++),
      counting(parse.app, 'parseApp', () => calls.apps++),
      counting(parse.files, 'readAppFiles', () => calls.files++),
    ];
    try {
      const { code, stderr } = await empire(...words);
      expect(code, stderr).to.equal(0);
      return calls;
    } finally {
      for (const each of restore) each();
    }
  }

  async function atSizes(words: readonly string[], more: number): Promise<readonly [Calls, Calls]> {
    folderOf(4);
    const few = await countedCalls(words);
    folderOf(4 + more);
    return [few, await countedCalls(words)];
  }

  const lines: readonly (readonly string[])[] = [
    ['diff'],
    ['diff', '--from', 'HEAD'],
    ['check'],
    ['deploy', '--all', '--yes'],
    ['lint'],
    ['synth'],
  ];
  for (const words of lines) {
    it(`list and parse each app as often, however many there are: ${words.join(' ')}`, async () => {
      const more = words[0] === 'deploy' ? 2 : 8; // releases take their time
      const [few, many] = await atSizes(words, more);
      expect(few.listings).to.be.within(5, 6);
      expect(many.listings - few.listings, 'listings').to.equal(more);
      expect(many.platforms, 'platforms').to.equal(few.platforms);
      expect(few.platforms).to.be.within(1, 2);
      expect((many.git - few.git) / more, 'git').to.be.oneOf(words[0] === 'deploy' ? [4] : [0]); // a release names its commit
      expect((many.apps - few.apps) % more, 'apps').to.equal(0);
      expect((many.apps - few.apps) / more, 'apps').to.be.within(1, 2);
      expect((many.files - few.files) / more, 'files').to.be.within(1, 6);
    });
  }

  for (const words of [
    ['diff', '--changed'],
    ['diff', '--changed', '--from', 'HEAD'],
    ['check', '--changed'],
    ['deploy', '--changed', '--yes'],
  ]) {
    it(`parse only what changed, however many there are: ${words.join(' ')}`, async () => {
      const [few, many] = await atSizes(words, 8);
      expect(few.apps).to.be.within(1, 3);
      expect([many.apps, many.platforms, many.git]).to.deep.equal([few.apps, few.platforms, few.git]);
      expect(many.listings - few.listings).to.equal(8);
    });
  }
});

describe('what concerns all apps', () => {
  const before = process.cwd();
  let root: string;
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'empire-all-'));
    process.chdir(root);
    for (const app of ['acme-inc', 'hello']) {
      mkdirSync(join('apps', app), { recursive: true });
      writeFileSync(join('apps', app, 'image'), 'example/app:v1\n');
      writeFileSync(join('apps', app, 'domains'), `${app}.example.com\n`);
    }
    writeFileSync('platform', 'LOAD_BALANCERS=shared\n');
    await runOnScreen(['synth', '--no-cache'], {});
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(root, { recursive: true });
  });

  const json = async (...words: string[]): Promise<{ readonly apps: readonly object[] }> =>
    JSON.parse((await runOnScreen([...words, '--json'], { EMPIRE_REHEARSE: '1', EMPIRE_REHEARSE_SPEED: 'infinite' })).stdout);
  const git = (...words: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...words]);

  it('is compared with a git ref though no file of an app changed', async () => {
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'all of them');
    const kinds = async () => (await json('diff', '--from', 'HEAD')).apps.map((app) => (app as { kind: string }).kind);
    expect(await kinds()).to.deep.equal(['none', 'none']);
    writeFileSync('platform', `${readFileSync('platform', 'utf8')}LOG_RETENTION_DAYS=7\n`);
    expect(await kinds()).to.deep.equal(['update', 'update']);
    git('checkout', '--quiet', 'platform');
    const ledger = readFileSync('apps/ingress.lock', 'utf8');
    writeFileSync(
      'apps/ingress.lock',
      ledger.replace(/(?<=default hello .* )[0-9]+$/m, (number) => `${Number(number) + 1}`),
    );
    expect(readFileSync('apps/ingress.lock', 'utf8')).not.to.equal(ledger);
    expect(await kinds()).to.deep.equal(['none', 'update']);
  });

  it('stops every app that is checked, and what concerns one stops that one', async () => {
    const firsts = async () =>
      (await json('check')).apps.map((app) => (app as { checks: readonly { answer: string; code: string }[] }).checks[0]?.code);
    writeFileSync('apps/hello/scale', 'nothing=1\n');
    expect(await firsts()).to.deep.equal(['', 'scale-unknown-process']);
    writeFileSync('apps/stray', 'not an app\n');
    expect(await firsts()).to.deep.equal(['apps-stray', 'scale-unknown-process']);
  });
});

function counting<K extends string>(
  module: Record<K, (...all: never[]) => unknown>,
  name: K,
  count: (first: string) => unknown,
): () => void {
  const plain = module[name];
  module[name] = ((...all: never[]) => {
    count(String(all[0]));
    return plain(...all);
  }) as typeof plain;
  return () => {
    module[name] = plain;
  };
}
