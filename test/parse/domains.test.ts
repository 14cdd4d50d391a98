import { expect } from 'chai';
import fc from 'fast-check';
import { parseDomains } from '../../lib/parse/domains.js';
import { editDomains } from '../../lib/parse/domains-edit.js';
import { reading, said } from '../support/reading.js';

const read = (text: string) => reading('apps/demo/domains', text, parseDomains);
const ARN = 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555';
const none = { kind: 'none' } as const;

describe('domains', () => {
  it('reads names with their process and certificate', () => {
    const { value, problems } = read(
      `# public\nExample.COM. # apex\nwww.example.com api cert=${ARN}\n*.example.com cert=${ARN}\nbücher.example\n例え。jp admin\n`,
    );
    expect(problems).to.deep.equal([]);
    expect(value.map(({ name, process, certificate }) => [name, process, certificate.kind])).to.deep.equal([
      ['example.com', 'web', 'none'],
      ['www.example.com', 'api', 'given'],
      ['*.example.com', 'web', 'given'],
      ['xn--bcher-kva.example', 'web', 'none'],
      ['xn--r8jz45g.jp', 'admin', 'none'],
    ]);
  });

  for (const [text, expected, hint] of [
    ['https://example.com/', '1:1 domains-not-bare', 'did you mean `example.com`?'],
    ['example.com:443', '1:1 domains-not-bare', 'did you mean `example.com`?'],
    ['example.com/path', '1:1 domains-not-bare', 'did you mean `example.com`?'],
    ['http://user@example.com:80/x?y#z', '1:1 domains-not-bare', 'did you mean `example.com`?'],
    ['localhost', '1:1 domains-name', ''],
    ['*.com', '1:1 domains-name', ''],
    ['*', '1:1 domains-name', ''],
    ['a.*.example.com', '1:1 domains-name', ''],
    ['*a.example.com', '1:1 domains-name', ''],
    ['1.2.3.4', '1:1 domains-name', ''],
    ['0x7f.1', '1:1 domains-name', ''],
    ['a..b', '1:1 domains-name', ''],
    ['-a.example.com', '1:1 domains-name', ''],
    ['under_score.example.com', '1:1 domains-name', ''],
    ['ex%61mple.com', '1:1 domains-name', ''],
    [`${'a'.repeat(64)}.example.com`, '1:1 domains-name', ''],
    [`${'a.'.repeat(130)}example.com`, '1:1 domains-name', ''],
    ['.', '1:1 domains-name', ''],
    ['example.com\nEXAMPLE.com.', '2:1 domains-duplicate', ''],
    ['example.com Web', '1:13 domains-process', 'did you mean `web`?'],
    ['example.com www.example.com', '1:13 domains-process', 'write one name per line'],
    ['example.com web api', '1:17 domains-word', ''],
    ['example.com crt=x', '1:13 domains-word', 'did you mean `cert`?'],
    ['example.com cert=x', '1:18 domains-certificate', ''],
    ['🙂.example 🙂 cert=x', '1:11 domains-process', ''],
    [`example.com cert=${ARN.replace('us-east-1', 'cn-north-1')}`, '1:18 domains-certificate-partition', ''],
    [`example.com cert=${ARN.replace('arn:aws', 'arn:aws-cn')}`, '1:18 domains-certificate-partition', ''],
  ] as const) {
    it(`refuses ${JSON.stringify(text.slice(0, 60))}`, () => {
      const { problems } = read(text);
      expect(said(problems)).to.deep.equal([expected]);
      if (hint !== '') expect(problems[0]?.hint).to.equal(hint);
    });
  }
});

describe('editing domains', () => {
  const entry = (name: string, process = 'web', arn?: string) => ({
    name,
    process,
    certificate: arn === undefined ? none : ({ kind: 'given', value: arn } as const),
  });

  it('adds, changes and removes lines and keeps the rest byte for byte', () => {
    const text = '\uFEFF# top\r\nA.example.com # c\r\nb.example.com web\r\nc.example.com';
    expect(
      editDomains(text, {
        add: [entry('a.example.com', 'api', ARN), entry('d.example.com'), entry('c.example.com')],
        remove: ['B.example.com.'],
      }),
    ).to.equal(`\uFEFF# top\r\na.example.com api cert=${ARN} # c\r\nc.example.com\r\nd.example.com\r\n`);
  });

  it('refuses a name that is none', () =>
    expect(() => editDomains('', { add: [entry('x')], remove: [] })).to.throw('not a public name'));

  it('reads back exactly what was written', () => {
    // A label of ours that begins with `xn--` is hardly ever punycode.
    const name = fc
      .stringMatching(/^(\*\.)?[a-z]([a-z0-9-]{0,4}[a-z0-9])?\.(example|xn--bcher-kva)$/)
      .filter((text) => !/^(\*\.)?xn--/.test(text));
    const line = fc.record({
      name,
      process: fc.constantFrom('web', 'api', 'a_b'),
      certificate: fc.constantFrom(none, { kind: 'given', value: ARN } as const),
    });
    const bare = ({ name, process, certificate }: { name: string; process: string; certificate: unknown }) => ({
      name,
      process,
      certificate,
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(line, { selector: (a) => a.name, maxLength: 5 }),
        fc.uniqueArray(line, { selector: (a) => a.name, maxLength: 3 }),
        fc.array(name, { maxLength: 2 }),
        (before, add, remove) => {
          const text = editDomains('# top\r\n', { add: before, remove: [] });
          expect(read(text.replaceAll('\r\n', '\n')).value.map(bare)).to.deep.equal(before);
          const expected = new Map(before.map((a) => [a.name, a]));
          for (const gone of remove) expected.delete(gone);
          for (const a of add) expected.set(a.name, a);
          const after = editDomains(text, { add, remove });
          const { value, problems } = read(after.replaceAll('\r\n', '\n'));
          expect(problems).to.deep.equal([]);
          expect(value.map(bare)).to.have.deep.members([...expected.values()].map(bare));
          expect(after.startsWith('# top\r\n')).to.equal(true);
        },
      ),
    );
  });
});
