import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Entry, Folder } from '../../lib/model/folder.js';
import { environmentsOf, parseFolder } from '../../lib/parse/folder.js';
import { parseFiles, refusals, removeRoots } from '../support/root.js';

const IMAGE = { 'apps/demo/image': 'remind101/acme-inc:v1\n' };
const ALL = { kind: 'none' } as const;

const entry = (path: string, bytes: string | Uint8Array): Entry => ({
  name: path.slice(path.lastIndexOf('/') + 1),
  path,
  content: { kind: 'bytes', bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes },
});

/** A folder in memory, for names and bytes that not every disk takes. */
function folderOf(
  apps: Record<string, Record<string, string | Uint8Array>>,
  platforms: Record<string, string | Uint8Array> = {},
): Folder {
  return {
    appsPath: 'apps',
    apps: Object.entries(apps).map(([name, files]) => ({
      name,
      path: `apps/${name}`,
      entries: Object.entries(files).map(([file, bytes]) => entry(`apps/${name}/${file}`, bytes)),
    })),
    strays: [],
    platforms: Object.entries(platforms).map(([name, bytes]) => entry(name, bytes)),
    ledger: { kind: 'none' },
  };
}

const image = 'remind101/acme-inc:v1\n';

describe('the apps folder', () => {
  after(removeRoots);

  it('gives the apps sorted, with the platform and the environments', () => {
    const parsed = parseFiles({ ...IMAGE, 'apps/ada/image': image, 'platform.staging': '', 'platform.acceptance': '' });
    expect(parsed.problems.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    expect(parsed.apps.map(({ name, app }) => `${name} ${app.kind}`)).to.deep.equal(['ada given', 'demo given']);
    expect(parsed.environments).to.deep.equal(['default', 'acceptance', 'staging']);
    expect(parsed.platform.kind).to.equal('given');
  });

  it('is allowed to be without apps', () => {
    const parsed = parseFolder(folderOf({}), 'default', ALL);
    expect([parsed.apps, parsed.problems]).to.deep.equal([[], []]);
  });

  it('reads the ledger', () => {
    const parsed = parseFiles({ ...IMAGE, 'apps/ingress.lock': 'default demo public-443 WebRule 7\n' });
    expect(parsed.ledger.map(({ priority }) => priority)).to.deep.equal([7]);
  });

  it('refuses names that differ only in case', () => {
    // covers: file-case
    const parsed = parseFolder(folderOf({ demo: { image, env: '', ENV: '' }, Demo: { image } }), 'default', ALL);
    expect(refusals(parsed)).to.deep.equal(['file-case apps/Demo', 'file-case apps/demo/ENV']);
  });

  it('refuses an app that was asked for and is not there, with the nearest', () => {
    // covers: app-unknown
    const parsed = parseFiles({ ...IMAGE, 'apps/other/image': image }, { only: ['dmeo'] });
    expect(refusals(parsed)).to.deep.equal(['app-unknown apps/dmeo']);
    expect(parsed.problems[0]?.hint).to.equal('did you mean `demo`?');
    expect(parsed.apps).to.deep.equal([]);
  });

  it('refuses what is not text', () => {
    // covers: file-utf16
    // covers: file-nul
    // covers: file-lone-cr
    const env = (bytes: Uint8Array) => refusals(parseFolder(folderOf({ demo: { image, env: bytes } }), 'default', ALL));
    expect(env(Uint8Array.of(0xff, 0xfe, 65, 0))).to.deep.equal(['file-utf16 apps/demo/env']);
    expect(env(Uint8Array.of(0xc3, 0x28))).to.deep.equal(['file-not-utf8 apps/demo/env']);
    expect(env(Buffer.from('A=1\nB=\0\n'))).to.deep.equal(['file-nul apps/demo/env:2:3']);
    expect(env(Buffer.from('A=1\rB=2\n'))).to.deep.equal(['file-lone-cr apps/demo/env:1:4']);
  });

  it('reads a byte-order mark and CRLF like any text, and counts columns in code points', () => {
    const parsed = parseFiles({ ...IMAGE, 'apps/demo/env': '\ufeffA=1\r\nB="😀" x\r\n' });
    expect(refusals(parsed)).to.deep.equal(['dotenv-after-quote apps/demo/env:2:7']);
  });

  it('collects the problems of every file, sorted by file, line and column', () => {
    const parsed = parseFiles({
      platform: 'NAT=maybe\n',
      'apps/demo/image': image,
      'apps/demo/env': 'OK=1\nB: 2\nA\n',
      'apps/demo/policies': '{}',
      'apps/Bad/image': image,
      'apps/x.txt': '',
    });
    expect(refusals(parsed)).to.deep.equal([
      'app-name apps/Bad',
      'dotenv-colon apps/demo/env:2:1',
      'dotenv-bare-name apps/demo/env:3:1',
      'file-unknown apps/demo/policies',
      'apps-stray apps/x.txt',
      'platform-value platform:1:5',
    ]);
    expect(parsed.platform).to.deep.equal({ kind: 'none' });
    expect(parsed.apps.every(({ app }) => app.kind === 'none')).to.equal(true);
  });

  it('says once what is wrong in the base, however many environments inherit it', () => {
    const parsed = parseFiles({
      ...IMAGE,
      platform: 'CAPACITY=ec2\nNAT=none\n',
      'platform.staging': '',
      'platform.production': '',
    });
    expect(refusals(parsed)).to.deep.equal(['platform-nat-ec2 platform:2:5']);
  });

  it('holds nothing but apps and the ledger', () => {
    expect(refusals(parseFiles({ ...IMAGE, 'apps/README.md': '', 'apps/.gitkeep': '' }))).to.deep.equal([
      'apps-stray apps/README.md',
    ]);
  });

  it('knows an environment by its platform file', () => {
    const names = ['platform', 'platform.staging', 'platform.Bad', 'platform.default', `platform.${'a'.repeat(21)}`, 'platform.'];
    const folder = folderOf({}, Object.fromEntries(names.map((name) => [name, ''])));
    expect(environmentsOf(folder)).to.deep.equal(['default', 'staging']);
    expect(refusals(parseFolder(folder, 'default', ALL)).every((line) => line.startsWith('environment-name'))).to.equal(true);
    expect(refusals(parseFolder(folder, 'default', ALL))).to.have.length(4);
  });

  it('says which environment may be meant', () => {
    const parsed = parseFiles({ ...IMAGE, 'platform.production': '' }, { environment: 'prodution' });
    expect(parsed.platform).to.deep.equal({ kind: 'none' });
    expect(parsed.problems.find(({ code }) => code === 'environment-unknown')?.hint).to.equal('did you mean `production`?');
  });

  it('is the same in any order of entries', () => {
    const files = {
      image,
      env: 'A=1\nB\n',
      'env.staging': 'A=2\n',
      secrets: 'A=ssm:/a\n',
      scale: 'web=2\n',
      Procfile: 'web: x\njob: y\n',
      ENV: '',
      policies: '',
    };
    const folder = folderOf(
      { demo: files, ada: { image, domains: 'a.example.com\n' }, bob: { image, domains: 'a.example.com\n' } },
      { platform: 'ZONE=acme\n', 'platform.staging': 'X=1\n' },
    );
    const wanted = parseFolder(folder, 'staging', ALL);
    const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });
    const anyFolder = fc
      .tuple(shuffled(folder.apps), shuffled(folder.platforms), ...folder.apps.map((app) => shuffled(app.entries)))
      .map(([apps, platforms, ...entries]) => ({
        ...folder,
        platforms,
        apps: apps.map((app) => ({ ...app, entries: entries[folder.apps.indexOf(app)] as Entry[] })),
      }));
    fc.assert(
      fc.property(anyFolder, (other) => {
        expect(parseFolder(other, 'staging', ALL)).to.deep.equal(wanted);
      }),
      { numRuns: 50 },
    );
  });

  it('never crashes, whatever bytes are in a file', () => {
    const names = [
      'image',
      'Procfile',
      'env',
      'secrets',
      'scale',
      'domains',
      'policy',
      'maintenance',
      'env.staging',
      'scale.staging',
      'Procfile.staging',
      'ZZ',
    ];
    const scraps = [
      'web',
      ':',
      '=',
      ' ',
      '\n',
      '  ',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      '&a',
      '*a',
      '<<',
      '|',
      '>',
      '-',
      '#',
      '\\',
      '$',
      '1',
      '10',
      '__proto__',
      'unset ',
      'constructor',
      'ports',
      'cron',
      '😀',
      '\u2028',
      '*',
    ];
    const soup = fc.array(fc.constantFrom(...scraps), { maxLength: 40 }).map((parts) => new TextEncoder().encode(parts.join('')));
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 60 }), soup);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), bytes), bytes, bytes, (files, platform, ledger) => {
        const folder = {
          ...folderOf({ demo: { image, ...files } }, { platform, 'platform.staging': platform }),
          ledger: { kind: 'given', value: entry('apps/ingress.lock', ledger) } as const,
        };
        const { problems } = parseFolder(folder, 'staging', ALL);
        expect(problems.every(({ code, message, hint }) => code !== '' && message !== '' && hint !== '')).to.equal(true);
      }),
      { numRuns: 400 },
    );
  });
});
