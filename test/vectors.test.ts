import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import { ROOT } from './support/repository.js';
import { AREAS, reproduces, type Vector } from './support/vectors.js';

const FOLDER = join(ROOT, 'test/fixtures/vectors');
const read = <T>(name: string) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as T;
/** Through JSON first: readonly lists and objects without a prototype compare by what they hold. */
const same = (a: unknown, b: unknown) => isDeepStrictEqual(plain(a), plain(b));
const plain = (value: unknown) => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

/** What a reason may begin with: a repaired defect, a crash, a part of our contract, or a command that is not there yet. */
const REASON = /^(?:\[repaired\]|BUG|PANIC|later:[a-z-]+|(?:manifest|template|cli|releases): )./;

describe('what Remind’s Empire did', () => {
  const rows = read<Vector[]>('empire.json');
  const differences = new Map(read<{ id: string; reason: string }[]>('differences.json').map(({ id, reason }) => [id, reason]));

  it('is reproduced, or listed as a deliberate difference, row by row', () => {
    const reproduced = rows.filter((row) => reproduces(row, same)).map(({ id }) => id);
    const done = new Set(reproduced);
    const unexplained = rows.filter(({ id }) => !done.has(id) && !differences.has(id)).map(({ id }) => id);
    const needless = reproduced.filter((id) => differences.has(id));
    console.log(`      ${rows.length} rows: ${reproduced.length} reproduced, ${differences.size} different with a reason`);
    expect({ unexplained, needless }).to.deep.equal({ unexplained: [], needless: [] });
    expect(reproduced.length + differences.size).to.equal(rows.length);
  });

  it('differs only for a reason, and only where there is a row', () => {
    const ids = new Set(rows.map(({ id }) => id));
    expect(ids.size).to.equal(rows.length);
    expect([...differences.keys()].filter((id) => !ids.has(id))).to.deep.equal([]);
    expect([...differences].filter(([, reason]) => !REASON.test(reason))).to.deep.equal([]);
  });

  it('waits only for areas that have no function here', () => {
    const waiting = rows
      .filter(({ id, area }) => differences.get(id)?.startsWith('later:') && AREAS.has(area))
      .map(({ id }) => id);
    expect(waiting).to.deep.equal([]);
  });
});
