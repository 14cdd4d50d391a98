import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect } from 'chai';
import type { Entry, Folder } from '../../lib/model/folder.js';
import { makeRoot, parseRoot, readRoot, refusals, removeRoots } from '../support/root.js';

const IMAGE = { 'apps/demo/image': 'remind101/acme-inc:v1\n' };

function entry(folder: Folder, name: string): Entry['content'] | undefined {
  return folder.apps.flatMap((app) => app.entries).find((each) => each.name === name)?.content;
}

describe('a folder on disk', () => {
  after(removeRoots);

  it('is read as bytes, sorted, with paths relative to the root', () => {
    const folder = readRoot(
      makeRoot({ ...IMAGE, 'apps/demo/env': 'A=1\n', 'apps/ada/image': 'x\n', platform: '', 'platform.staging': '' }),
    );
    expect(folder.apps.map(({ name, path: shown }) => `${name} ${shown}`)).to.deep.equal(['ada apps/ada', 'demo apps/demo']);
    expect(folder.apps[1]?.entries.map(({ path: shown }) => shown)).to.deep.equal(['apps/demo/env', 'apps/demo/image']);
    expect(folder.platforms.map(({ name }) => name)).to.deep.equal(['platform', 'platform.staging']);
    expect(folder.ledger).to.deep.equal({ kind: 'none' });
  });

  it('leaves out what the compiler does not look at', () => {
    const folder = readRoot(
      makeRoot({ ...IMAGE, 'apps/demo/.env.swp': '', 'apps/demo/README.md': '', 'apps/.DS_Store': '', '.git/x': '' }),
    );
    expect(folder.apps.flatMap((app) => app.entries).map(({ name }) => name)).to.deep.equal(['image']);
    expect(folder.strays).to.deep.equal([]);
  });

  it('says that the apps folder is missing, or is a file', () => {
    expect(readRoot(makeRoot({})).strays[0]?.content).to.deep.equal({ kind: 'unreadable', reason: 'it does not exist' });
    expect(readRoot(makeRoot({ apps: 'x' })).strays[0]?.content).to.deep.equal({
      kind: 'unreadable',
      reason: 'it is not a folder',
    });
    expect(refusals(parseRoot(makeRoot({ apps: 'x' })))).to.deep.equal(['apps-missing apps']);
  });

  it('refuses a FIFO without opening it', () => {
    // covers: file-special
    const root = makeRoot(IMAGE);
    execFileSync('mkfifo', [path.join(root, 'apps/demo/env'), path.join(root, 'apps/pipe')]);
    expect(entry(readRoot(root), 'env')).to.deep.equal({ kind: 'special', what: 'a FIFO' });
    expect(refusals(parseRoot(root))).to.deep.equal(['file-special apps/demo/env', 'apps-stray apps/pipe']);
  });

  it('refuses a link to a device, even inside a link', () => {
    const root = makeRoot(IMAGE);
    fs.symlinkSync('/dev/zero', path.join(root, 'apps/demo/env'));
    expect(entry(readRoot(root), 'env')).to.deep.equal({ kind: 'outside' });
  });

  it('refuses a file over 1 MiB without reading it, and reads one of exactly 1 MiB', () => {
    // covers: file-too-large
    const root = makeRoot({
      ...IMAGE,
      'apps/demo/env': Buffer.alloc(1_048_577, 35),
      'apps/demo/scale': Buffer.alloc(1_048_576, 35),
    });
    const folder = readRoot(root);
    expect(entry(folder, 'env')).to.deep.equal({ kind: 'too-large', bytes: 1_048_577 });
    expect(entry(folder, 'scale')?.kind).to.equal('bytes');
    expect(refusals(parseRoot(root))).to.deep.equal(['file-too-large apps/demo/env']);
  });

  it('refuses links that leave the apps folder, lead nowhere or go round in a circle', () => {
    // covers: file-link-outside
    // covers: file-unreadable
    const root = makeRoot({ ...IMAGE, 'secret.txt': 'A=1\n', 'elsewhere/image': 'x\n' });
    const link = (target: string, at: string): void => fs.symlinkSync(target, path.join(root, at));
    link('../../secret.txt', 'apps/demo/env');
    link('nowhere', 'apps/demo/scale');
    link('domains', 'apps/demo/domains');
    link('../elsewhere', 'apps/outside');
    expect(refusals(parseRoot(root))).to.deep.equal([
      'file-unreadable apps/demo/domains',
      'file-link-outside apps/demo/env',
      'file-unreadable apps/demo/scale',
      'file-link-outside apps/outside',
    ]);
  });

  it('follows links inside the apps folder, also when the apps folder is a link itself', () => {
    const root = makeRoot({ 'real/demo/image': 'remind101/acme-inc:v1\n', 'real/shared': 'A=1\n' });
    fs.symlinkSync('real', path.join(root, 'apps'));
    fs.renameSync(path.join(root, 'real/shared'), path.join(root, 'real/demo/.shared'));
    fs.symlinkSync('.shared', path.join(root, 'real/demo/env'));
    fs.symlinkSync('demo', path.join(root, 'real/copy'));
    const folder = readRoot(root);
    expect(folder.apps.map(({ name }) => name)).to.deep.equal(['copy', 'demo']);
    expect(entry(folder, 'env')?.kind).to.equal('bytes');
  });

  it('does not mistake a sibling whose name begins alike for the apps folder', () => {
    const root = makeRoot({ ...IMAGE, 'apps-old/env': 'A=1\n' });
    fs.symlinkSync('../../apps-old/env', path.join(root, 'apps/demo/env'));
    expect(entry(readRoot(root), 'env')).to.deep.equal({ kind: 'outside' });
  });

  it('says which file may not be read', () => {
    const root = makeRoot({ ...IMAGE, 'apps/demo/env': 'A=1\n' });
    fs.chmodSync(root, 0o755);
    fs.chmodSync(path.join(root, 'apps/demo/env'), 0);
    const found = withoutRoot(() => entry(readRoot(root), 'env'));
    expect(found).to.deep.equal({ kind: 'unreadable', reason: 'permission denied' });
  });

  it('brings of apps that were not asked for only what concerns public names', () => {
    const root = makeRoot({
      ...IMAGE,
      'apps/demo/env': 'A=1\n',
      'apps/other/image': 'x\n',
      'apps/other/env': 'A=1\n',
      'apps/other/domains.staging': '',
      'apps/third/image': 'x\n',
    });
    const folder = readRoot(root, { only: ['demo'] });
    expect(folder.apps.map(({ name, entries }) => `${name}: ${entries.map((each) => each.name).join(' ')}`)).to.deep.equal([
      'demo: env image',
      'other: domains.staging image',
      'third: ',
    ]);
  });
});

/** Runs as `nobody` where we are root, who may read everything. */
function withoutRoot<T>(run: () => T): T {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid?.(65534);
  try {
    return run();
  } finally {
    process.seteuid?.(0);
  }
}
