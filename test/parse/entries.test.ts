import { expect } from 'chai';
import fc from 'fast-check';
import { readEntries } from '../../lib/parse/procfile/entries.js';
import { SourceText } from '../../lib/parse/source-text.js';
import type { YamlNode } from '../../lib/parse/yaml/node.js';
import { Problems } from '../../lib/problems.js';

type Plain = string | null | Plain[] | { [key: string]: Plain };

function plain(node: YamlNode): Plain {
  if (node.kind === 'scalar') return node.isNull ? null : node.text;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plain(value)]));
}

function read(text: string) {
  const problems = new Problems();
  const entries = readEntries(new SourceText('apps/demo/Procfile', text), problems);
  return { entries, problems: problems.all };
}

/** Each process as its words, its mapping, or `image`. */
function processes(text: string): { [name: string]: unknown } {
  const { entries, problems } = read(text);
  expect(
    problems.filter((problem) => problem.severity === 'error'),
    text,
  ).to.deep.equal([]);
  return Object.fromEntries(
    entries.map(({ name, value }) => [
      name,
      value.kind === 'literal' ? value.words : value.kind === 'map' ? plain(value.node) : 'image',
    ]),
  );
}

function refusals(text: string): string[] {
  return read(text)
    .problems.filter((problem) => problem.severity === 'error')
    .map(({ code, place }) => (place.kind === 'point' ? `${code} ${place.line}:${place.column}` : code));
}

describe('a Procfile', () => {
  it('has a process per line', () => {
    expect(processes('web: ./bin/web -p 80\nworker:./bin/worker\nclock :\t./clock\n')).to.deep.equal({
      web: ['./bin/web', '-p', '80'],
      worker: ['./bin/worker'],
      clock: ['./clock'],
    });
  });

  it('takes what is no YAML for a command', () => {
    expect(
      processes('a: echo "x: y" | tee log\nc: b: c\nd: *.js a\ne: - x\nf: "a" b\ng: @daily\nh: %x\ni: !x\nj: & x\n'),
    ).to.deep.equal({
      a: ['echo', 'x: y', '|', 'tee', 'log'],
      c: ['b:', 'c'],
      d: ['*.js', 'a'],
      e: ['-', 'x'],
      f: ['a', 'b'],
      g: ['@daily'],
      h: ['%x'],
      i: ['!x'],
      j: ['&', 'x'],
    });
  });

  it('mixes commands and mappings', () => {
    const text = 'web: run "a: b"\nworker:\n  command: [a, 5]\n  environment:\n    A: 1.50\nnode: { command: x }\n';
    expect(processes(text)).to.deep.equal({
      web: ['run', 'a: b'],
      worker: { command: ['a', '5'], environment: { A: '1.50' } },
      node: { command: 'x' },
    });
  });

  it('lets anchors work across entries, with commands between them', () => {
    const text = "x-base: &base\n  stop: {timeout: 5}\nweb: it 's not: yaml'\nworker:\n  <<: *base\n  command: a\nother: *base\n";
    expect(processes(text)).to.deep.equal({
      web: ['it', 's not: yaml'],
      worker: { command: 'a', stop: { timeout: '5' } },
      other: { stop: { timeout: '5' } },
    });
  });

  it('unquotes a value that is one quoted scalar as YAML does', () => {
    expect(processes("a: \"x \\u0041 y\" # c\nb: 'it''s x'\n".replace("it''s", "a ''b c'' d"))).to.deep.equal({
      a: ['x', 'A', 'y'],
      b: ['a', 'b c', 'd', 'x'],
    });
  });

  it('reads block scalars, and commands that go on below', () => {
    expect(processes('a: |\n  x y\n  # no comment\nb: >-\n  z\n  w\nc: run\n  --flag\n  more\n')).to.deep.equal({
      a: ['x', 'y', '#', 'no', 'comment'],
      b: ['z', 'w'],
      c: ['run', '--flag', 'more'],
    });
  });

  it('takes nothing, a ~ and an empty text for the image’s own command', () => {
    expect(processes('a:\nb: ~\nc: ""\nd: # comment\ne: ~ # comment\nf:\n\n# comment\ng: "~ "\n')).to.deep.include({
      a: 'image',
      b: 'image',
      c: 'image',
      d: 'image',
      e: 'image',
      f: 'image',
    });
  });

  it('ends a command at a comment after white space, outside quotes', () => {
    expect(processes('a: x # y\nb: x#y\nc: x "# y" # z\nd: x \'it # y\'\ne: x \\# y\nf: x\\ #y\ng: x\t# y\n')).to.deep.equal({
      a: ['x'],
      b: ['x#y'],
      c: ['x', '# y'],
      d: ['x', 'it # y'],
      e: ['x', '#', 'y'],
      f: ['x #y'],
      g: ['x'],
    });
  });

  it('may begin with ---, and has comments and empty lines anywhere', () => {
    expect(processes('# c\n--- # c\n\nweb: a\n  # c\n# c\nworker:\n# c\n  command: b\n\n  # c\n')).to.deep.equal({
      web: ['a'],
      worker: { command: 'b' },
    });
    expect(processes('')).to.deep.equal({});
    expect(processes('---\n')).to.deep.equal({});
  });

  it('leaves out what begins with x-', () => {
    expect(processes('x-a: [b]\nx-c: {d: e}\nx-f:\n  g: h\nweb: a\n')).to.deep.equal({ web: ['a'] });
    expect(refusals('x-a: b\nx-c:\n')).to.deep.equal(['procfile-extension 1:6', 'procfile-extension 2:4']);
  });

  it('knows where names and commands are', () => {
    const { entries } = read('# c\n  \nweb:   run\nworker: "a b"\nclock:\n  command: x\n');
    expect(entries.map(({ place }) => place)).to.deep.equal(
      [3, 4, 5].map((line) => ({ kind: 'point', file: 'apps/demo/Procfile', line, column: 1 })),
    );
    const command = entries.map(({ value }) => (value.kind === 'literal' ? value.place : undefined));
    expect(command[0]).to.include({ line: 3, column: 8 });
    expect(command[1]).to.include({ line: 4, column: 9 });
    const clock = entries[2]?.value;
    expect(clock?.kind === 'map' && clock.node.entries[0]?.value.place).to.include({ line: 6, column: 12 });
  });

  it('reads names that are dangerous in JavaScript', () => {
    const { entries, problems } = read('__proto__: a\nconstructor:\n  command: b\ntoString: c\n');
    expect(problems).to.deep.equal([]);
    expect(entries.map(({ name }) => name)).to.deep.equal(['__proto__', 'constructor', 'toString']);
  });

  it('warns when a command looks like a list', () => {
    const { problems } = read('web: ["nginx", "-g"]\n');
    expect(problems.map(({ code }) => code)).to.deep.equal(['procfile-bracketed-command']);
    expect(problems[0]?.hint).to.contain('`command: ["nginx", "-g"]`');
  });

  it('refuses anything else in column 1', () => {
    expect(refusals('- a\njust text\n"web": x\n? a\n{a: b}\nweb: b\n')).to.deep.equal(
      [1, 2, 3, 4, 5].map((line) => `procfile-not-an-entry ${line}:1`),
    );
    expect(refusals('  web: a\n')).to.deep.equal(['procfile-not-an-entry 1:3']);
    expect(refusals('<<: *a\n')).to.deep.equal(['procfile-not-an-entry 1:1']);
    expect(refusals('my web: a\n')).to.deep.equal(['procfile-not-an-entry 1:1']);
    expect(refusals('%YAML 1.2\n---\nweb: a\n')).to.include('procfile-not-an-entry 1:1');
  });

  it('refuses a second document', () => {
    expect(refusals('---\nweb: a\n---\nworker: b\n')).to.deep.equal(['yaml-second-document 3:1']);
    expect(refusals('web: a\n---\n"\n')).to.deep.equal(['yaml-second-document 2:1']);
  });

  it('refuses a name written twice, whatever the forms', () => {
    expect(refusals('web: a\nweb: b\nweb:\n  command: c\nworker: d\n')).to.deep.equal([
      'procfile-duplicate-name 2:1',
      'procfile-duplicate-name 3:1',
    ]);
  });

  it('refuses a command with keys below it', () => {
    expect(refusals('web: ./run # c\n  cron: "x"\n')).to.deep.equal(['procfile-command-and-keys 1:5']);
  });

  it('refuses a list as a process', () => {
    expect(refusals('web:\n  - a\n')).to.deep.equal(['procfile-list 2:3']);
  });

  it('keeps the name of a process whose command was refused, so that other files may name it', () => {
    const { entries } = read("web: it's\nworker:\n  - a\n");
    expect(entries.map(({ name, value }) => `${name}: ${value.kind}`)).to.deep.equal(['web: image', 'worker: image']);
  });

  it('refuses a mapping close to its colon', () => {
    expect(refusals('web:{command: x}\n')).to.deep.equal(['procfile-colon-space 1:5']);
  });

  it('has one problem for a YAML syntax error, and still the ones of its commands', () => {
    expect(refusals('web:\n  command: "x\nworker: a\n')).to.have.length(1);
    expect(refusals("web: it's\nworker:\n  command: x\n")).to.deep.equal(['command-unbalanced-quote 1:6']);
  });

  it('says that a schedule needs quotes', () => {
    expect(refusals('web: a\njob:\n  command: x\n  cron: * * * * *\n')).to.deep.equal(['yaml-unquoted-cron 4:9']);
  });

  it('reads a thousand lines and a bomb in no time', function () {
    this.timeout(2_000);
    const lines = Array.from({ length: 5_000 }, (_, index) => `p${index}: run "x: ${index}" # y\n`).join('');
    expect(read(lines).entries).to.have.length(5_000);
    expect(refusals(`web: a\nx-a: ${'['.repeat(100_000)}\n`)).to.have.length(1);
    expect(
      refusals(`web: a\nx-a:\n${Array.from({ length: 2_000 }, (_, i) => `${' '.repeat(i + 1)}a:`).join('\n')}`),
    ).to.have.length(1);
  });

  it('never crashes', () => {
    const parts = [
      'web',
      'x-a',
      ': ',
      ':',
      '\n',
      '\n  ',
      '\n\t',
      '[',
      ']',
      '{',
      '}',
      '&a ',
      '*a',
      '<<',
      "'",
      '"',
      '|',
      '>',
      ' # ',
      '---',
      '\\',
      '~',
      '- ',
      '\u00a0',
      '😀',
    ];
    const procfileish = fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((chosen) => chosen.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), procfileish), (text) => {
        const { entries, problems } = read(text.replaceAll('\r', '\n'));
        expect(new Set(entries.map(({ name }) => name)).size).to.equal(entries.length);
        for (const problem of problems) expect(problem.hint).to.not.equal('');
      }),
      { numRuns: 500 },
    );
  });

  it('reads any command without line ends back from its literal', () => {
    const command = fc.string({ unit: fc.constantFrom(...'ab:,{[*&|-. ') }).map((text) => `run ${text}`.trimEnd());
    fc.assert(
      fc.property(command, (text) => {
        expect(processes(`web: ${text}\nother: {command: x}\n`)['web']).to.deep.equal(text.split(/ +/));
      }),
    );
  });
});

describe('the Procfiles that Remind’s Empire read', () => {
  const READ: [string, { [name: string]: unknown }][] = [
    ['---\nweb: ./bin/web', { web: ['./bin/web'] }],
    ['---\nweb:\n  command: ./bin/web', { web: { command: './bin/web' } }],
    [
      '---\nweb:\n  command:\n    - nginx\n    - -g\n    - daemon off;\n  environment:\n    ENABLE_FOO: "true"',
      { web: { command: ['nginx', '-g', 'daemon off;'], environment: { ENABLE_FOO: 'true' } } },
    ],
    ['web: 5\n', { web: ['5'] }],
    ['web: true\n', { web: ['true'] }],
    ['web: ~\n', { web: 'image' }],
    ['web: a\n5: b\n', { web: ['a'], 5: ['b'] }],
    ['my-proc_1.x: ./a\n', { 'my-proc_1.x': ['./a'] }],
    ['web:\n  ports:\n  - 80:8080\n  - 22:22\n', { web: { ports: ['80:8080', '22:22'] } }],
  ];
  for (const [text, expected] of READ) {
    it(`are read as before: ${JSON.stringify(text)}`, () => expect(processes(text)).to.deep.equal(expected));
  }

  it('are refused as before when they are no mapping', () => {
    expect(refusals('- a\n- b\n')).to.have.length(2);
    expect(refusals('just a string\n')).to.have.length(1);
    expect(refusals('web: "foo \'"\n')).to.deep.equal(['command-unbalanced-quote 1:6']);
  });

  it('may mix both forms now, which Empire refused', () => {
    expect(processes('web: ./bin/web\nworker:\n  command: ./bin/worker\n')).to.deep.equal({
      web: ['./bin/web'],
      worker: { command: './bin/worker' },
    });
  });

  it('keep the ports of a flow list as text, where Empire found an unexpected colon', () => {
    expect(processes('web:\n  ports: [80:8080]\n')).to.deep.equal({ web: { ports: ['80:8080'] } });
  });
});
