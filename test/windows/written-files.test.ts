import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createFile, writeWhenChanged } from '../../lib/windows/written-files.js';
import { makeRoot, removeRoots } from '../support/root.js';

describe('a file that is written', () => {
  after(removeRoots);

  it('is made with its folders, and left alone while its text is the same', () => {
    const path = join(makeRoot({}), 'a', 'b', 'c.json');
    expect(writeWhenChanged(path, '1')).to.equal('written');
    const { mtimeMs } = statSync(path);
    expect(writeWhenChanged(path, '1')).to.equal('unchanged');
    expect(statSync(path).mtimeMs).to.equal(mtimeMs);
    expect(writeWhenChanged(path, '2')).to.equal('written');
    expect(readFileSync(path, 'utf8')).to.equal('2');
  });

  it('is refused in words where the disk refuses it', () => {
    const file = join(makeRoot({ file: '' }), 'file');
    expect(() => writeWhenChanged(join(file, 'x.json'), '1'))
      .to.throw(/^.*x\.json: cannot be written: not a directory$/)
      .with.property('hint');
    expect(() => createFile(join('/proc', 'nope', 'x.json'), '1')).to.throw('cannot be written');
  });
});
