import { expect } from 'chai';
import fc from 'fast-check';
import { SourceText } from '../../lib/parse/source-text.js';
import { parseYaml } from '../../lib/parse/yaml/index.js';
import type { YamlNode } from '../../lib/parse/yaml/node.js';
import { Problems } from '../../lib/problems.js';

type Plain = string | null | Plain[] | Map<string, Plain>;

function plain(node: YamlNode): Plain {
  if (node.kind === 'scalar') return node.isNull ? null : node.text;
  if (node.kind === 'list') return node.items.map(plain);
  return new Map(node.entries.map(({ key, value }) => [key.text, plain(value)]));
}

function parse(text: string) {
  const problems = new Problems();
  const tree = parseYaml(new SourceText('apps/demo/Procfile', text), text, problems);
  return { node: tree.kind === 'given' ? tree.value : undefined, problems: problems.all };
}

function value(text: string): Plain {
  const { node, problems } = parse(text);
  expect(problems, text).to.deep.equal([]);
  return plain(node as YamlNode);
}

/** Code and position of each problem. */
function refusals(text: string): string[] {
  return parse(text).problems.map(({ code, place }) => (place.kind === 'point' ? `${code} ${place.line}:${place.column}` : code));
}

/** Every scalar as `text@line:column`. */
function places(text: string): string[] {
  const found: string[] = [];
  const visit = (node: YamlNode) => {
    if (node.kind === 'scalar') {
      if (node.place.kind === 'point') found.push(`${node.text}@${node.place.line}:${node.place.column}`);
    } else if (node.kind === 'list') node.items.forEach(visit);
    else for (const entry of node.entries) [entry.key, entry.value].forEach(visit);
  };
  visit(parse(text).node as YamlNode);
  return found;
}

describe('the YAML reader', () => {
  it('keeps every scalar as the text that was written', () => {
    expect(value('[yes, 1e3, 22:22, 0777, 1.50, 2026-11-23, true, null, 0x1F]')).to.deep.equal([
      'yes',
      '1e3',
      '22:22',
      '0777',
      '1.50',
      '2026-11-23',
      'true',
      'null',
      '0x1F',
    ]);
  });

  it('takes a plain ~ and nothing for nothing, and quoted ones for text', () => {
    expect(value('a:\nb: ~\nc: "~"\nd: \'\'\n')).to.deep.equal(
      new Map<string, Plain>([
        ['a', null],
        ['b', null],
        ['c', '~'],
        ['d', ''],
      ]),
    );
  });

  it('reads names that are dangerous in JavaScript', () => {
    expect(value('__proto__: a\nconstructor: b\ntoString: c\n')).to.deep.equal(
      new Map([
        ['__proto__', 'a'],
        ['constructor', 'b'],
        ['toString', 'c'],
      ]),
    );
  });

  it('knows the place of every scalar', () => {
    expect(places('a: b\nc:\n  - "d"\n  - \'e\'\n  -\nf: |\n  g\nh: &x i\nj:\n')).to.deep.equal([
      'a@1:1',
      'b@1:4',
      'c@2:1',
      'd@3:5',
      'e@4:5',
      '@4:8',
      'f@6:1',
      'g\n@6:1',
      'h@8:1',
      'i@8:7',
      'j@9:1',
      '@9:2',
    ]);
  });

  it('counts columns in characters, not in code units', () => {
    expect(places('{😀: "😀", b: c}')).to.deep.equal(['😀@1:2', '😀@1:5', 'b@1:10', 'c@1:13']);
  });

  it('puts an aliased value where it was written', () => {
    expect(places('a: &x b\nc: *x\n')).to.deep.equal(['a@1:1', 'b@1:7', 'c@2:1', 'b@1:7']);
  });

  it('merges mappings: own keys win, then the earlier mapping', () => {
    const text = 'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  a: 0\n';
    expect((value(text) as Map<string, Plain>).get('z')).to.deep.equal(
      new Map([
        ['a', '0'],
        ['b', '1'],
        ['c', '2'],
      ]),
    );
  });

  it('takes a quoted << for an ordinary key', () => {
    expect(value('"<<": a')).to.deep.equal(new Map([['<<', 'a']]));
  });

  it('lets an anchor be set anew', () => {
    expect(value('[&x a, *x, &x b, *x]')).to.deep.equal(['a', 'a', 'b', 'b']);
  });

  it('refuses a key written twice', () => {
    expect(refusals('a: 1\nb: {c: 1, c: 2}\na: 3\n')).to.deep.equal(['yaml-duplicate-key 2:11', 'yaml-duplicate-key 3:1']);
    expect(refusals('a: &a {b: c}\nd:\n  <<: *a\n  <<: *a\n')).to.deep.equal(['yaml-duplicate-key 4:3']);
  });

  it('refuses an alias without an anchor above it, or inside its own anchor', () => {
    expect(refusals('a: *b\nc: &b d\n')).to.deep.equal(['yaml-unknown-alias 1:4']);
    expect(refusals('a: &a [*a]\n')).to.deep.equal(['yaml-unknown-alias 1:8']);
    expect(refusals('a: *__proto__')).to.deep.equal(['yaml-unknown-alias 1:4']);
  });

  it('refuses tags', () => {
    expect(refusals('a: !!str 1\nb: !x {c: d}\ne: !<tag:x> [f]\n')).to.deep.equal([
      'yaml-tag 1:4',
      'yaml-tag 2:4',
      'yaml-tag 3:4',
    ]);
  });

  it('refuses keys that are no names', () => {
    expect(refusals('[a]: b\n')).to.deep.equal(['yaml-complex-key 1:1']);
    expect(refusals('{a: b}: c\n')).to.deep.equal(['yaml-complex-key 1:1']);
    expect(refusals('~: c\n')).to.deep.equal(['yaml-complex-key 1:1']);
    expect(refusals('a: &a b\n*a : c\n')).to.deep.equal(['yaml-complex-key 2:1']);
  });

  it('refuses merges of anything but mappings', () => {
    expect(refusals('<<: a\n')).to.deep.equal(['yaml-merge 1:5']);
    expect(refusals('<<: [{a: b}, [c]]\n')).to.deep.equal(['yaml-merge 1:14']);
  });

  it('refuses a second document where it begins', () => {
    expect(refusals('---\na: b\n---\nc: d\n')).to.deep.equal(['yaml-second-document 3:1']);
    expect(refusals('# c\na: b\n...\n---\nc: d\n')).to.deep.equal(['yaml-second-document 3:1']);
  });

  it('reports a syntax error once', () => {
    expect(refusals('a: "b\nc: d\n')).to.have.length(1);
    expect(refusals('a: b\n c: d\n')).to.deep.equal(['yaml-syntax 2:3']);
    expect(refusals('a:\n\tb: c\n')).to.deep.equal(['yaml-syntax 2:1']);
    expect(refusals('a: "\\q"\n')).to.have.length(1);
  });

  it('says that a schedule needs quotes', () => {
    for (const text of ['cron: * * * * *', 'cron: */5 * * * *', 'cron: @daily', 'a: {cron: * * * * *}', 'cron: [* * * * *]']) {
      const [problem, ...others] = parse(text).problems;
      expect(others).to.deep.equal([]);
      expect(problem?.code, text).to.equal('yaml-unquoted-cron');
      expect(problem?.hint, text).to.match(/^quote it: `"[*@]/);
    }
    expect(refusals('a:\n  - * * * * *\n')).to.deep.equal(['yaml-unquoted-cron 2:5']);
    expect(refusals('a:\n  cron: 5 * * * *\n  b: "\n')[0]).to.match(/^yaml-syntax/);
  });

  it('reads nesting to a depth of 50 and refuses more', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parse(nested(50)).problems).to.deep.equal([]);
    expect(refusals(nested(51))).to.deep.equal(['yaml-too-deep 1:51']);
    expect(refusals(`[&a ${nested(30)}, [[[[[[[[[[[[[[[[[[[[*a]]]]]]]]]]]]]]]]]]]]]`)).to.deep.equal(['yaml-too-deep 1:87']);
  });

  it('counts 10,000 values, aliases as what they stand for, and refuses more', () => {
    const list = (items: number) => `[${Array(items).fill('a').join()}]`;
    expect(parse(list(9_999)).problems).to.deep.equal([]);
    expect(refusals(list(10_000))[0]).to.match(/^yaml-too-large/);
    expect(parse(`[&a ${list(99)}${', *a'.repeat(98)}]`).problems).to.deep.equal([]);
    expect(refusals(`[&a ${list(99)}${', *a'.repeat(99)}]`)).to.deep.equal([`yaml-too-large 1:${5 + 199 + 98 * 4 + 2}`]);
  });

  it('refuses bombs at once', function () {
    this.timeout(2_000);
    let laughs = 'x0: &a0 [lol]\n';
    let merges = 'x0: &a0 {k: v}\n';
    for (let i = 1; i < 40; i++) {
      laughs += `x${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join()}]\n`;
      merges += `x${i}: &a${i} {<<: [*a${i - 1}, *a${i - 1}], k${i}: v}\n`;
    }
    expect(refusals(laughs)[0]).to.match(/^yaml-too-large/);
    expect(refusals(merges)[0]).to.match(/^yaml-too-large/);
    for (const text of ['['.repeat(10_000), `a: ${'{a: '.repeat(10_000)}`, '- '.repeat(10_000), '? '.repeat(10_000)]) {
      expect(refusals(text)).to.have.length(1);
      expect(refusals(text)[0]).to.match(/^yaml-too-deep/);
    }
    expect(refusals(`{${Array.from({ length: 60_000 }, (_, i) => `k${i}: v`).join()}}`)).to.have.length(1);
  });

  it('either reads any text or says why not, never crashing', () => {
    const yamlish = fc.array(
      fc.constantFrom(
        'a',
        'b',
        ':',
        ': ',
        '- ',
        '? ',
        '\n',
        '\n  ',
        '\n\t',
        '[',
        ']',
        '{',
        '}',
        ', ',
        '&a ',
        '*a',
        '!t ',
        '<<: ',
        '"',
        "'",
        '|\n',
        '>\n',
        '#',
        ' #',
        '---\n',
        '...\n',
        '%YAML 1.2\n',
        '\\',
        '😀',
        '\u0007',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'binary' }),
          yamlish.map((parts) => parts.join('')),
        ),
        (text) => {
          const { node, problems } = parse(text.replaceAll('\r', '\n'));
          if (node !== undefined) plain(node);
          for (const { place } of problems) expect(place.kind).to.equal('point');
        },
      ),
      { numRuns: 500 },
    );
  });
});
