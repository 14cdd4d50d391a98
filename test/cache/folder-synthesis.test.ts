import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { FolderSynthesis } from '../../lib/commands/session/folder-synthesis.js';
import { formatSourceMap, formatTemplate } from '../../lib/compile/format-template.js';
import { allotParsed, compileParsed, type Question, readParsed } from '../../lib/pipeline.js';

/** What a synth of a whole folder says and makes, as text that can be compared. */
interface Said {
  readonly problems: unknown;
  readonly ledger: unknown;
  readonly apps: readonly (readonly [string, string, string])[];
}

/** Without any memory: the stages one after the other. */
function plainly(question: Question): Said {
  const parsed = readParsed(question);
  const { ledger, problems } = allotParsed(parsed, false);
  const folder = compileParsed(parsed, ledger);
  const apps = folder.compiled.map(
    ({ app, template, sourceMap }) => [app.name, formatTemplate(template), formatSourceMap(sourceMap)] as const,
  );
  return { problems: [...folder.problems, ...problems], ledger, apps };
}

/** With what the runs before left. Also whether each figure is that of the text. */
function remembering(question: Question, compiler = 'one'): Said {
  const synthesis = new FolderSynthesis(question, { kind: 'given', value: compiler });
  const parsed = synthesis.parse();
  const { ledger, problems } = allotParsed(parsed, false);
  const found = synthesis.compile(parsed, ledger);
  synthesis.remember();
  const apps = found.apps.map(({ app, made, texts }) => {
    const { template, sourceMap } = texts();
    expect(made.bytes).to.equal(Buffer.byteLength(template));
    expect(made.template).to.equal(hash(template));
    expect(made.sourceMap).to.equal(hash(sourceMap));
    return [app, template, sourceMap] as const;
  });
  return { problems: [...found.problems, ...problems], ledger, apps };
}

const hash = (text: string): string => require('node:crypto').createHash('sha256').update(text).digest('hex');

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  image: ['example/a:v1\n', 'example/a:v2\n', 'not an image!\n'],
  'image.production': ['example/a:v3\n'],
  Procfile: ['web: serve\n', 'web: serve\nworker: work\n', 'job:\n  command: x\n  cron: "0 6 * * *"\n', 'web: [\n'],
  env: ['A=1\n', 'A=2\nB=3\n'],
  scale: ['web=2\n', 'web=1:2X\n', 'nothing=1\n'],
  domains: ['one.example.com\n', 'two.example.com\n', 'one.example.com\ntwo.example.com\n'],
  maintenance: ['We are back soon.\n', ''],
};

const PLATFORMS = [
  '',
  'LOAD_BALANCERS=shared\n',
  'LOAD_BALANCERS=per-app\n',
  'LOG_RETENTION=7\n',
  'LOAD_BALANCERS=shared\nLOG_RETENTION=7\n',
];

interface Edit {
  readonly path: string;
  /** Undefined: removed. */
  readonly text: string | undefined;
}

const edits: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...Object.keys(TEXTS)).chain((file) => fileEdit(file)) },
  { weight: 1, arbitrary: fc.constantFrom(...PLATFORMS).map((text) => ({ path: 'platform', text })) },
  { weight: 1, arbitrary: fc.constantFrom('', 'LOG_RETENTION=30\n').map((text) => ({ path: 'platform.production', text })) },
  { weight: 1, arbitrary: fc.constantFrom(undefined, 'junk\n').map((text) => ({ path: 'apps/ingress.lock', text })) },
);

const fileEdit = (file: string): fc.Arbitrary<Edit> =>
  fc
    .tuple(fc.constantFrom('aaa', 'bbb', 'ccc'), fc.constantFrom(undefined, ...(TEXTS[file] as readonly string[])))
    .map(([app, text]) => ({ path: `apps/${app}/${file}`, text }));

describe('what a synth of a folder remembers', () => {
  let root: string;
  let question: Question;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'empire-remember-'));
    process.env['EMPIRE_CACHE'] = join(root, 'cache');
    question = { root, appsPath: 'apps', environment: 'default', only: { kind: 'none' } };
    for (const app of ['aaa', 'bbb', 'ccc']) {
      write({ path: `apps/${app}/image`, text: `example/${app}:v1\n` });
      write({ path: `apps/${app}/Procfile`, text: 'web: serve\nworker: work\n' });
    }
  });
  afterEach(() => {
    delete process.env['EMPIRE_CACHE'];
    rmSync(root, { recursive: true });
  });

  const write = ({ path, text }: Edit): void => {
    const full = join(root, path);
    mkdirSync(join(full, '..'), { recursive: true });
    if (text === undefined) rmSync(full, { force: true });
    else writeFileSync(full, text);
  };
  const memoryFile = (): string => {
    const folder = join(root, 'cache', 'folders');
    return join(folder, readdirSync(folder)[0] as string);
  };

  it('never changes a byte, whatever is edited in whatever order', () => {
    let texts = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(edits, fc.constantFrom('default', 'default', 'production'), fc.constantFrom('one', 'one', 'two'))),
        (steps) => {
          for (const [edit, environment, compiler] of steps) {
            write(edit);
            const asked = { ...question, environment: knows(environment) ? environment : 'default' };
            const said = plainly(asked);
            expect(remembering(asked, compiler)).to.deep.equal(said);
            texts = new Set([...texts, ...said.apps.map(([, template]) => template)]);
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(texts.size).to.be.greaterThan(5);
  }).timeout(60_000);

  const knows = (environment: string): boolean =>
    environment === 'default' || readdirSync(root).includes(`platform.${environment}`);

  it('compiles nothing that did not change, and what did', () => {
    remembering(question);
    const before = readFileSync(memoryFile(), 'utf8');
    write({ path: 'apps/bbb/env', text: 'NEW=1\n' });
    remembering(question);
    const [old, now] = [before, readFileSync(memoryFile(), 'utf8')].map(
      (text) => new Map(JSON.parse(text.split('\n')[1] as string)),
    );
    expect(['aaa', 'bbb', 'ccc'].filter((app) => JSON.stringify(old?.get(app)) !== JSON.stringify(now?.get(app)))).to.deep.equal([
      'bbb',
    ]);
  });

  it('gives what it remembers, and so is worth testing', () => {
    remembering(question);
    const [, body = ''] = readFileSync(memoryFile(), 'utf8').split('\n');
    const forged = body.replaceAll('"resources":', '"resources":4');
    writeFileSync(memoryFile(), `${hash(forged)}\n${forged}`);
    const synthesis = new FolderSynthesis(question, { kind: 'given', value: 'one' });
    const parsed = synthesis.parse();
    expect(synthesis.compile(parsed, parsed.ledger).apps[0]?.made.resources).to.be.greaterThan(400);
  });

  it('forgets what was damaged', () => {
    const said = remembering(question);
    const whole = readFileSync(memoryFile());
    for (const at of [0, 40, 65, 70, 300, whole.length >> 1, whole.length - 1]) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] as number) ^ 1;
      writeFileSync(memoryFile(), damaged);
      expect(remembering(question), `byte ${at}`).to.deep.equal(said);
      expect(readFileSync(memoryFile()).equals(whole), `byte ${at}`).to.equal(true);
    }
    for (const text of ['', '\n', whole.subarray(0, 200)]) {
      writeFileSync(memoryFile(), text);
      expect(remembering(question)).to.deep.equal(said);
    }
  });

  it('goes without a memory where none can be kept', () => {
    writeFileSync(join(root, 'cache'), 'a file stands where the folder would be');
    expect(remembering(question)).to.deep.equal(plainly(question));
    expect(readFileSync(join(root, 'cache'), 'utf8')).to.contain('stands');
  });

  it('is whole after runs side by side', async () => {
    const said = plainly(question);
    await Promise.all(
      Array.from({ length: 8 }, async (_, run) => expect(remembering(question, `c${run % 2}`)).to.deep.equal(said)),
    );
    expect(readdirSync(join(root, 'cache', 'folders'))).to.have.lengthOf(1);
    expect(remembering(question)).to.deep.equal(said);
  });
});
