import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { expect } from 'chai';
import { SeenFiles } from '../../lib/windows/seen-files.js';

const hash = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

describe('files that were read before', () => {
  let folder: string;
  const now = Date.now;
  beforeEach(() => {
    folder = `${mkdtempSync(join(tmpdir(), 'empire-seen-'))}${sep}`;
    writeFileSync(`${folder}a`, 'one');
    Date.now = () => now() + 60_000;
  });
  afterEach(() => {
    Date.now = now;
    rmSync(folder, { recursive: true });
  });

  /** What a run finds that was told these lines by an earlier one. */
  const look = (name: string, text: string | Buffer, before: Iterable<string> = [], where = folder) => {
    const seen = new SeenFiles(where, new Set(before));
    return { has: seen.hasContent(name, hash(text)), lines: [...seen.lines] };
  };

  it('have what they had, or something else, or are not there', () => {
    expect(look('a', 'one').has).to.equal(true);
    expect(look('a', 'two')).to.deep.equal({ has: false, lines: [] });
    expect(look('b', 'one')).to.deep.equal({ has: false, lines: [] });
  });

  it('are known again without being read', () => {
    const { lines } = look('a', 'one');
    expect(lines).to.have.lengthOf(1);
    const lie = lines.map((line) => line.replace(hash('one'), hash('a lie')));
    expect(look('a', 'a lie', lie).has).to.equal(true);
  });

  it('are read again when anything about them changed, though they are as long and as old', () => {
    utimesSync(`${folder}a`, 1e9, 1e9);
    const { lines } = look('a', 'one');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15);
    writeFileSync(`${folder}a`, 'two');
    utimesSync(`${folder}a`, 1e9, 1e9);
    expect(look('a', 'one', lines).has).to.equal(false);
    expect(look('a', 'two', lines).has).to.equal(true);
  });

  it('are read again through a link that leads to another of them', () => {
    writeFileSync(`${folder}b`, 'two');
    symlinkSync('a', `${folder}link`);
    const { lines } = look('link', 'one');
    rmSync(`${folder}link`);
    symlinkSync('b', `${folder}link`);
    expect(look('link', 'one', lines).has).to.equal(false);
  });

  it('are not known when they changed a moment ago, or will have', () => {
    Date.now = now;
    expect(look('a', 'one')).to.deep.equal({ has: true, lines: [] });
    Date.now = () => now() + 1900;
    expect(look('a', 'one')).to.deep.equal({ has: true, lines: [] });
    Date.now = () => now() + 60_000;
    const { lines } = look('a', 'one');
    Date.now = now;
    expect(
      look(
        'a',
        'a lie',
        lines.map((line) => line.replace(hash('one'), hash('a lie'))),
      ).has,
    ).to.equal(false);
  });

  it('are not known on a disk that tells nothing of its files', () => {
    expect(look('version', readFileSync('/proc/version'), [], '/proc/')).to.deep.equal({ has: true, lines: [] });
  });
});
