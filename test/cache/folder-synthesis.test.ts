import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { openSealed, seal } from '../../lib/cache/sealed.js';
import { FolderSynthesis, type Synthesized } from '../../lib/commands/session/folder-synthesis.js';
import { TemplateFolder } from '../../lib/commands/session/template-folder.js';
import { formatSourceMap, formatTemplate } from '../../lib/compile/format-template.js';
import type { Ledger } from '../../lib/model/ledger.js';
import type { ParsedFolder } from '../../lib/parse/folder.js';
import { allotParsed, compileParsed, type Question, readParsed } from '../../lib/pipeline.js';
import { ROOT } from '../support/repository.js';

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

/** With what the runs before left. Also whether each figure is that of the text, and the templates on the disk. */
function remembering(question: Question, compiler = 'one'): Said {
  const synthesis = new FolderSynthesis(question, { kind: 'given', value: compiler });
  const parsed = synthesis.parse();
  const { ledger, problems } = allotParsed(parsed, false);
  const found = compiled(synthesis, parsed, ledger);
  const folder = new TemplateFolder(join(question.root, 'out'), synthesis.memory);
  for (const app of found.apps) folder.write(app);
  folder.remember();
  synthesis.remember();
  const apps = found.apps.map(({ app, made, texts }) => {
    const { template, sourceMap } = texts();
    expect(made.bytes).to.equal(Buffer.byteLength(template));
    expect(made.template).to.equal(hash(template));
    expect(made.sourceMap).to.equal(hash(sourceMap));
    expect(written(question, `${made.stack}.template.json`)).to.equal(template);
    expect(written(question, `${made.stack}.map.json`)).to.equal(sourceMap);
    return [app, template, sourceMap] as const;
  });
  return { problems: [...found.problems, ...problems], ledger, apps };
}

function compiled(synthesis: FolderSynthesis, parsed: ParsedFolder, ledger: Ledger) {
  const apps: Synthesized[] = [];
  const problems = synthesis.compile(parsed, ledger, (one) => apps.push(one));
  return { apps, problems };
}

const written = ({ root }: Question, name: string): string => readFileSync(join(root, 'out', name), 'utf8');

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
  'LOG_RETENTION_DAYS=7\n',
  'LOAD_BALANCERS=shared\nLOG_RETENTION_DAYS=7\n',
];

interface Edit {
  readonly path: string;
  /** Undefined: removed. */
  readonly text: string | undefined;
  /** Whether the file then says that it was changed when it was changed before. */
  readonly hidden?: boolean;
}

const edits: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...Object.keys(TEXTS)).chain((file) => fileEdit(file)) },
  { weight: 1, arbitrary: fc.constantFrom(...PLATFORMS).map((text) => ({ path: 'platform', text })) },
  { weight: 1, arbitrary: fc.constantFrom('', 'LOG_RETENTION_DAYS=30\n').map((text) => ({ path: 'platform.production', text })) },
  { weight: 1, arbitrary: fc.constantFrom(undefined, 'junk\n').map((text) => ({ path: 'apps/ingress.lock', text })) },
);

/** A written template with another byte in it, as long and as old as it was. */
const forged = fc.record({ app: fc.constantFrom('aaa', 'bbb', 'ccc'), kind: fc.constantFrom('template', 'map') });

const fileEdit = (file: string): fc.Arbitrary<Edit> =>
  fc
    .tuple(fc.constantFrom('aaa', 'bbb', 'ccc'), fc.constantFrom(undefined, ...(TEXTS[file] as readonly string[])), fc.boolean())
    .map(([app, text, hidden]) => ({ path: `apps/${app}/${file}`, text, hidden }));

const now = Date.now;

/** In seconds. */
const OLD = 1_000_000_000;

/** As if everything that is on the disk had lain there for long. */
const longAfter = (): void => {
  Date.now = () => now() + 60_000;
};

/** Longer than the clock of any disk needs to see that it is later. */
const tick = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15);

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
    Date.now = now;
    delete process.env['EMPIRE_CACHE'];
    rmSync(root, { recursive: true });
  });

  const write = ({ path, text, hidden = false }: Edit): void => {
    const full = join(root, path);
    mkdirSync(join(full, '..'), { recursive: true });
    const before = statSync(full, { throwIfNoEntry: false });
    if (text === undefined) rmSync(full, { force: true });
    else writeFileSync(full, text);
    if (hidden && text !== undefined && before !== undefined) utimesSync(full, before.atime, before.mtime);
  };
  /** Makes the written files as old as each other, so that nothing but the time of the last change of any kind gives a forgery away. */
  const age = (): void => {
    for (const name of readdirSync(join(root, 'out'))) {
      const path = join(root, 'out', name);
      if (statSync(path).mtimeMs !== OLD * 1000) utimesSync(path, OLD, OLD);
    }
  };
  const forge = ({ app, kind }: { readonly app: string; readonly kind: string }): void => {
    const path = join(root, 'out', `empire-${app}.${kind}.json`);
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return;
    tick();
    writeFileSync(path, readFileSync(path, 'utf8').replace('e', 'E'));
    utimesSync(path, OLD, OLD);
  };
  const memoryFolder = (): string => {
    const folder = join(root, 'cache', 'folders');
    return join(folder, readdirSync(folder)[0] as string);
  };
  /** The parts of the memory, and what is remembered of written files. */
  const memoryFiles = (): string[] =>
    readdirSync(memoryFolder())
      .sort()
      .map((name) => join(memoryFolder(), name));
  const parts = (): string[] => memoryFiles().filter((path) => !path.includes('written-'));

  it('never changes a byte, whatever is edited in whatever order', () => {
    let texts = new Set<string>();
    longAfter();
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            edit: edits,
            forgery: fc.option(forged),
            environment: fc.constantFrom('default', 'default', 'production'),
            compiler: fc.constantFrom('one', 'one', 'two'),
          }),
        ),
        (steps) => {
          for (const { edit, forgery, environment, compiler } of steps) {
            write(edit);
            if (forgery !== null) forge(forgery);
            const asked = { ...question, environment: knows(environment) ? environment : 'default' };
            const said = plainly(asked);
            expect(remembering(asked, compiler)).to.deep.equal(said);
            age();
            texts = new Set([...texts, ...said.apps.map(([, template]) => template)]);
          }
        },
      ),
      { numRuns: 20 },
    );
    expect(texts.size).to.be.greaterThan(5);
  }).timeout(60_000);

  const knows = (environment: string): boolean =>
    environment === 'default' || readdirSync(root).includes(`platform.${environment}`);

  it('compiles nothing that did not change, and what did', () => {
    remembering(question);
    const before = new Map(parts().map((path) => [path, readFileSync(path, 'utf8')]));
    write({ path: 'apps/bbb/env', text: 'NEW=1\n' });
    remembering(question);
    const changed = parts().filter((path) => readFileSync(path, 'utf8') !== before.get(path));
    expect(before.size).to.be.greaterThan(1);
    expect(changed.map((path) => appsIn(path))).to.deep.equal([['bbb']]);
  });

  it('writes again only the parts in which something changed, and forgets what is gone', () => {
    remembering(question);
    const before = new Map(memoryFiles().map((path) => [path, statSync(path).ino]));
    remembering(question);
    expect(new Map(memoryFiles().map((path) => [path, statSync(path).ino]))).to.deep.equal(before);
    rmSync(join(root, 'apps/ccc'), { recursive: true });
    remembering(question);
    expect(parts().flatMap(appsIn).sort()).to.deep.equal(['aaa', 'bbb']);
  });

  const appsIn = (path: string): string[] => {
    const text = openSealed('one', readFileSync(path));
    if (text.kind === 'none') throw new Error(`${path} is not whole`);
    return (JSON.parse(text.value.split('\n')[0] as string) as [string][]).map(([name]) => name);
  };

  const forgeMemory = (compiler: string): void => {
    for (const path of parts()) {
      const text = openSealed('one', readFileSync(path));
      if (text.kind === 'given') writeFileSync(path, seal(compiler, text.value.replaceAll('"resources":', '"resources":4')));
    }
  };
  const resourcesNow = (): number => {
    const synthesis = new FolderSynthesis(question, { kind: 'given', value: 'one' });
    const parsed = synthesis.parse();
    return compiled(synthesis, parsed, parsed.ledger).apps[0]?.made.resources ?? 0;
  };

  it('gives what it remembers, and so is worth testing', () => {
    remembering(question);
    forgeMemory('one');
    expect(resourcesNow()).to.be.greaterThan(400);
  });

  it('does not even look at what other code wrote', () => {
    remembering(question);
    forgeMemory('another');
    expect(resourcesNow()).to.be.lessThan(400);
    for (const path of parts()) writeFileSync(path, seal('another', 'not a memory at all'));
    expect(remembering(question)).to.deep.equal(plainly(question));
  });

  it('forgets what was damaged', () => {
    longAfter();
    remembering(question);
    const said = remembering(question);
    expect(memoryFiles()).to.have.lengthOf(parts().length + 1);
    for (const path of memoryFiles()) {
      const whole = readFileSync(path);
      for (const at of [0, 40, 65, 70, 130, whole.length >> 1, whole.length - 1]) {
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at] as number) ^ 1;
        writeFileSync(path, damaged);
        expect(remembering(question), `${path}, byte ${at}`).to.deep.equal(said);
        expect(readFileSync(path).equals(whole), `${path}, byte ${at}`).to.equal(true);
      }
      for (const text of ['', '\n', whole.subarray(0, 100), readFileSync(memoryFiles()[0] as string)]) {
        writeFileSync(path, text);
        expect(remembering(question)).to.deep.equal(said);
      }
    }
  });

  it('looks again at what was written and changed since, though it is as long and as old', () => {
    longAfter();
    remembering(question);
    age();
    const said = remembering(question);
    for (const kind of ['template', 'map']) {
      forge({ app: 'bbb', kind });
      expect(remembering(question), kind).to.deep.equal(said);
    }
  });

  it('takes no file for known that changed a moment ago: it could change once more and look the same', () => {
    const isKept = (): boolean => memoryFiles().some((path) => path.includes('written-'));
    for (const run of [1, 2]) {
      remembering(question);
      expect(isKept(), `run ${run}`).to.equal(false);
    }
    longAfter();
    remembering(question);
    expect(isKept()).to.equal(true);
  });

  it('goes on where a memory can neither be read nor written, and leaves nothing behind', () => {
    remembering(question);
    const names = readdirSync(memoryFolder());
    for (const path of memoryFiles()) {
      rmSync(path);
      mkdirSync(join(path, 'something'), { recursive: true });
    }
    rmSync(join(root, 'out'), { recursive: true });
    expect(remembering(question)).to.deep.equal(plainly(question));
    expect(readdirSync(memoryFolder())).to.deep.equal(names);
  });

  it('compiles again an app whose listener rules have other numbers, and no other', () => {
    write({ path: 'platform', text: 'LOAD_BALANCERS=shared\n' });
    const templates = (move: (priority: number, app: string) => number): readonly string[] => {
      const synthesis = new FolderSynthesis(question, { kind: 'given', value: 'one' });
      const parsed = synthesis.parse();
      const ledger = allotParsed(parsed, false).ledger.map((one) => ({ ...one, priority: move(one.priority, one.app) }));
      const { apps } = compiled(synthesis, parsed, ledger);
      synthesis.remember();
      const plain = compileParsed(readParsed(question), ledger).compiled.map(({ template }) => hash(formatTemplate(template)));
      expect(apps.map(({ made }) => made.template)).to.deep.equal(plain);
      return plain;
    };
    const [a, b, c] = templates((priority) => priority);
    const moved = templates((priority, app) => (app === 'bbb' ? priority + 1 : priority));
    expect([moved[0], moved[2]]).to.deep.equal([a, c]);
    expect(moved[1]).not.to.equal(b);
  });

  it('goes without a memory where none can be kept', () => {
    writeFileSync(join(root, 'cache'), 'a file stands where the folder would be');
    expect(remembering(question)).to.deep.equal(plainly(question));
    expect(readFileSync(join(root, 'cache'), 'utf8')).to.contain('stands');
  });

  it('is whole after programs side by side', async () => {
    const synth = (out: string, ...words: string[]): Promise<unknown> =>
      promisify(execFile)(process.execPath, [join(ROOT, 'bin', 'empire'), 'synth', '-o', out, ...words], { cwd: root });
    const outs = ['a', 'b', 'c', 'd'].map((name) => join(root, name));
    await synth('plain', '--no-cache');
    await Promise.all(outs.map((out) => synth(out)));
    const texts = (out: string): string[] => readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'));
    for (const out of outs) expect(texts(out)).to.deep.equal(texts(join(root, 'plain')));
    expect(parts().flatMap((path) => path.match(/[^0-9a-f]$/) ?? [])).to.deep.equal([]);
    expect(parts()).to.have.lengthOf(3);
  });
});
