import { expect } from 'chai';
import fc from 'fast-check';
import { editEnv, parseEnv } from '../../lib/parse/env.js';
import { reading, said } from '../support/reading.js';

const read = (text: string, overlay = false) =>
  reading('apps/demo/env', text, (source, problems) => parseEnv(source, overlay, problems));
const values = (text: string) => Object.fromEntries(read(text).value.entries.map(({ name, value }) => [name, value]));

describe('env', () => {
  it('drops white space around name and `=`, and the word export', () => {
    expect(values('A = 1\n  B=\texport \nexport C=2\nexport=3\nexportD=4\n')).to.deep.equal({
      A: '1',
      B: 'export',
      C: '2',
      export: '3',
      exportD: '4',
    });
  });

  it('ends an unquoted value at white space and `#`, and keeps `a#b`', () => {
    expect(values('A=a#b # c\nB=a b  #c\nC=# not a comment\nD= # comment\nE=`x` $Y\n')).to.deep.equal({
      A: 'a#b',
      B: 'a b',
      C: '# not a comment',
      D: '',
      E: '`x` $Y',
    });
  });

  it('reads single quotes as they are and escapes in double quotes, over lines', () => {
    expect(values(`A='x\\n\ny' # c\nB="a\\n\\t\\r\\\\\\"\\$\\q\nz"\nC=it's\n`)).to.deep.equal({
      A: 'x\\n\ny',
      B: 'a\n\t\r\\"$\\q\nz',
      C: "it's",
    });
  });

  it('places every name in code points', () => {
    const [first, second] = read('A="🙂\n🙂"\n  B=1\n').value.entries;
    expect(first?.place).to.deep.equal({ kind: 'point', file: 'apps/demo/env', line: 1, column: 1 });
    expect(second?.place).to.deep.equal({ kind: 'point', file: 'apps/demo/env', line: 3, column: 3 });
  });

  for (const [text, expected] of [
    ['A: b', ['1:1 dotenv-colon']],
    ['A: b=c', ['1:1 dotenv-colon']],
    ['BARE', ['1:1 dotenv-bare-name']],
    ['lol$wut', ['1:1 dotenv-bare-name']],
    ['=x', ['1:1 dotenv-no-name']],
    ['FOO.BAR=x', ['1:1 dotenv-name']],
    ['1A=x', ['1:1 dotenv-name']],
    ['X=🙂 A="abc\nB=1', ['1:1 none']],
    ['A="abc\nB=1', ['1:3 dotenv-open-quote']],
    ["A='abc\nB=1", ['1:3 dotenv-open-quote']],
    ["A='b'c", ['1:6 dotenv-after-quote']],
    ['A="🙂" b', ['1:7 dotenv-after-quote']],
    ['A=1\nA=2', ['2:1 dotenv-duplicate']],
    ['unset A', ['1:1 dotenv-unset-in-base']],
    ['unset', ['1:1 dotenv-bare-name']],
    ['EMPIRE_X=1', ['1:1 env-reserved-name']],
    ['__proto__=1\nconstructor=2', ['1:1 none']],
  ] as const) {
    const accepted = expected[0].endsWith('none');
    it(`${accepted ? 'accepts' : 'refuses'} ${JSON.stringify(text)}`, () => {
      expect(said(read(text).problems)).to.deep.equal(accepted ? [] : expected);
    });
  }

  it('goes on after a problem, so that all are shown together', () => {
    expect(said(read('A: b\nB="x\nC=\'y\nD').problems)).to.deep.equal([
      '1:1 dotenv-colon',
      '2:3 dotenv-open-quote',
      '3:3 dotenv-open-quote',
      '4:1 dotenv-bare-name',
    ]);
  });

  it('warns of what looks like a credential without showing it, and names `secrets`', () => {
    const credentials = [
      'AKIAIOSFODNN7EXAMPLE',
      'postgres://app:hunter2@db.example.com/app',
      '"-----BEGIN RSA PRIVATE KEY-----\nabc"',
      `ghp_${'a'.repeat(36)}`,
      `sk_live_${'a'.repeat(24)}`,
    ];
    for (const value of credentials) {
      const { problems } = read(`A=${value}`);
      expect(said(problems), value).to.deep.equal(['1:1 env-credential']);
      expect(problems[0]?.severity).to.equal('warning');
      expect(problems[0]?.hint).to.contain('`secrets`');
      expect(JSON.stringify(problems)).to.not.contain(value.slice(1, 20));
    }
    for (const value of ['postgres://app@db/app', 'https://example.com/a:b@c', 'ghp_short', 'hello'])
      expect(read(`A=${value}`).problems).to.deep.equal([]);
  });

  it('reads a long file in linear time, whatever is missing in it', () => {
    for (const line of ['NAME_OF_NOTHING', 'A: b', 'A_B=c', "A='", '=']) {
      const started = process.cpuUsage().user;
      read(`${line}\n`.repeat(Math.floor(200_000 / (line.length + 1))));
      expect((process.cpuUsage().user - started) / 1e6, line).to.be.lessThan(2);
    }
  }).timeout(10_000);

  it('unsets names in an overlay', () => {
    const { value, problems } = read('unset A # gone\nB=1\nunset = 2\n', true);
    expect(problems).to.deep.equal([]);
    expect(value.unsets.map(({ name }) => name)).to.deep.equal(['A']);
    expect(value.entries.map(({ name }) => name)).to.deep.equal(['B', 'unset']);
    expect(said(read('unset A\nA=1', true).problems)).to.deep.equal(['2:1 dotenv-duplicate']);
  });
});

describe('editing env', () => {
  const edit = (text: string, set: Record<string, string>, unset: string[] = [], overlay = false) =>
    editEnv(text, { set: new Map(Object.entries(set)), unset: new Set(unset) }, overlay);

  it('changes only the touched value, keeping comments, order, CRLF and the byte-order mark', () => {
    const text = '\uFEFF# top\r\nexport A = "x" # why\r\n\r\nB=2\r\nC=3';
    expect(edit(text, { A: 'y', D: 'a b' }, ['B'])).to.equal('\uFEFF# top\r\nexport A = y # why\r\n\r\nC=3\r\nD="a b"\r\n');
  });

  it('returns the same bytes when nothing changes', () => {
    const text = "A='x'\r\nB=1\n# c";
    expect(edit(text, { A: 'x', B: '1' }, ['Z'])).to.equal(text);
  });

  it('keeps a comment that touches a closing quote a comment', () => {
    expect(edit('A="x"#c\n', { A: 'y' })).to.equal('A=y #c\n');
    expect(edit('A="x"#c\n', {}, ['A'], true)).to.equal('unset A #c\n');
  });

  it('leaves `unset` in an overlay, and turns it back', () => {
    expect(edit('A=1\n', {}, ['A', 'B'], true)).to.equal('unset A\nunset B\n');
    expect(edit('unset A # c\n', { A: '2' }, [], true)).to.equal('A=2 # c\n');
    expect(edit('unset A\nB=1\n', {}, ['A'], false)).to.equal('B=1\n');
  });

  it('refuses a text it could not read, and values that no text file can hold', () => {
    expect(() => edit('A: 1', { B: '1' })).to.throw('cannot be edited');
    expect(() => edit('', { B: 'a\0' })).to.throw('cannot be written');
    expect(() => edit('', { B: '\ud800' })).to.throw('cannot be written');
    expect(() => edit('', { 'B C': '1' })).to.throw('not a name');
  });

  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/).filter((text) => !text.startsWith('EMPIRE_'));
  const value = fc
    .oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', "'", '\\', '#', ' ', '\n', '\r', '\t', '$', 'n', '=', 'é', '🙂', '`') }),
    )
    .filter((text) => !text.includes('\0'));

  it('reads back exactly what was written, whatever was there', () => {
    const line = fc.oneof(
      fc.tuple(name, value).map(([key, text]) => editEnv('', { set: new Map([[key, text]]), unset: new Set() }, false).trimEnd()),
      fc.constantFrom('# a comment', '', '  # indented', "  export Q_1 =  'x\n y'  # c", 'Q_2="a"#b', 'Q_3=', 'Q_4= # c'),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 6 }),
        fc.dictionary(name, value, { maxKeys: 4 }),
        fc.array(name, { maxLength: 2 }),
        fc.boolean(),
        fc.boolean(),
        (lines, set, unset, crlf, end) => {
          const base = lines.join('\n') + (end ? '\n' : '');
          const before = read(base, true);
          fc.pre(before.problems.every(({ severity }) => severity !== 'error'));
          const text = crlf ? `\uFEFF${base.replaceAll('\n', '\r\n')}` : base;
          const after = editEnv(text, { set: new Map(Object.entries(set)), unset: new Set(unset) }, false);
          const expected = new Map(before.value.entries.map((entry) => [entry.name, entry.value]));
          for (const key of unset) expected.delete(key);
          for (const [key, to] of Object.entries(set)) expected.set(key, to);
          const again = read(after.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
          expect(again.problems.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
          expect(new Map(again.value.entries.map((entry) => [entry.name, entry.value]))).to.deep.equal(expected);
          for (const comment of base.split('\n').filter((part) => part.trimStart().startsWith('# ')))
            expect(after).to.contain(comment);
        },
      ),
    );
  });
});
