import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { findRepository } from '../../lib/windows/working-directory.js';
import { addLines, createFile, writeWhenChanged } from '../../lib/windows/written-files.js';

const NONE = { kind: 'none' } as const;
const given = (value: string) => ({ kind: 'given', value }) as const;

describe('the repository around a directory', () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'empire-root-')));
    mkdirSync(join(root, 'apps', 'hello', 'deep'), { recursive: true });
    mkdirSync(join(root, 'other', '.git'), { recursive: true });
    mkdirSync(join(root, 'services', 'api'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is found from its top, from an app directory and from inside one', () => {
    const from = (...path: string[]) => findRepository(join(root, ...path), NONE);
    expect(from()).to.deep.equal(found({ root, appsPath: 'apps', standingIn: NONE }));
    expect(from('apps')).to.deep.equal(found({ root, appsPath: 'apps', standingIn: NONE }));
    expect(from('apps', 'hello', 'deep')).to.deep.equal(found({ root, appsPath: 'apps', standingIn: given('hello') }));
    expect(from('services')).to.deep.equal(found({ root, appsPath: 'apps', standingIn: NONE }));
  });

  it('does not reach past the top of a git repository', () => {
    expect(findRepository(join(root, 'other'), NONE)).to.deep.equal(NONE);
  });

  it('is where `--apps` says', () => {
    const there = findRepository(join(root, 'services', 'api'), given('..'));
    expect(there).to.deep.equal(found({ root, appsPath: 'services', standingIn: given('api') }));
    expect(findRepository(root, given('nowhere'))).to.deep.equal(NONE);
  });

  it('gets a file only when its text changed', () => {
    const path = join(root, 'out', 'a.json');
    expect(writeWhenChanged(path, 'a')).to.equal('written');
    const before = statSync(path, { bigint: true }).mtimeNs;
    expect(writeWhenChanged(path, 'a')).to.equal('unchanged');
    expect(statSync(path, { bigint: true }).mtimeNs).to.equal(before);
    expect(writeWhenChanged(path, 'b')).to.equal('written');
    expect(readFileSync(path, 'utf8')).to.equal('b');
  });

  it('keeps a file that is there', () => {
    const path = join(root, 'platform');
    expect([createFile(path, 'mine'), createFile(path, 'yours')]).to.deep.equal(['created', 'kept']);
    expect(readFileSync(path, 'utf8')).to.equal('mine');
  });

  it('gets the lines it does not have yet, after what is there', () => {
    const path = join(root, '.gitignore');
    writeFileSync(path, 'node_modules/\ncdk.out/');
    expect(addLines(path, ['cdk.out/', '.empire/'])).to.equal('extended');
    expect(readFileSync(path, 'utf8')).to.equal('node_modules/\ncdk.out/\n.empire/\n');
    expect(addLines(path, ['cdk.out/', '.empire/'])).to.equal('kept');
  });
});

function found<T>(value: T) {
  return { kind: 'given', value } as const;
}
