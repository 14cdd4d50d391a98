import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { Resource } from '../lib/model/template.js';
import { compileRoot, goldenCases } from './support/golden.js';
import { otherNodes } from './support/nodes.js';
import { ROOT } from './support/repository.js';

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());
}

/** The same order on every run, but not the order of names. */
function shuffled(names: readonly string[]): string[] {
  const key = (name: string): number => [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);
  return [...names].sort((a, b) => key(a) - key(b) || (a < b ? -1 : 1));
}

/** Copies what a compiler may read of a root, file by file in another order, with other times. */
function shuffledCopy(root: string, to: string): void {
  const inputs = filesBelow(join(root, 'apps')).map((name) => join('apps', name));
  const platforms = readdirSync(root).filter((name) => name === 'platform' || name.startsWith('platform.'));
  for (const name of shuffled([...inputs, ...platforms])) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    writeFileSync(join(to, name), readFileSync(join(root, name)));
  }
}

describe('the same directory gives the same bytes', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'empire-determinism-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('from a copy elsewhere whose files were made in another order', () => {
    for (const { name, root } of goldenCases()) {
      const copy = join(folder, name);
      shuffledCopy(root, copy);
      const texts = (from: string): string[] => compileRoot(from, 'default').goldens.map(({ text }) => text);
      const first = texts(root);
      expect(first, name).to.not.be.empty;
      expect(texts(copy), name).to.deep.equal(first);
    }
  });

  it('with the built program, on Node 20 or ours, 22 and 24', function () {
    this.timeout(120_000);
    const others = otherNodes();
    if (others === undefined) return this.skip();
    const found = [process.execPath, ...others.map(({ path }) => path)];
    const outputs = found.map((node, index) => {
      const out = join(folder, String(index));
      const { status, stderr } = spawnSync(node, [join(ROOT, 'bin', 'empire'), 'synth', '-o', out], {
        cwd: ROOT,
        encoding: 'utf8',
      });
      expect(status, `${node}: ${stderr}`).to.equal(0);
      return new Map(
        filesBelow(out)
          .sort()
          .map((name) => [name, readFileSync(join(out, name), 'utf8')]),
      );
    });
    const versions = found.map((node) => spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim());
    console.log(`      ran on ${versions.join(', ')}`);
    expect(versions).to.include.members(others.map(({ version }) => `v${version}`));
    for (const output of outputs) expect([...output]).to.deep.equal([...(outputs[0] ?? [])]);
    const { goldens } = compileRoot(ROOT, 'default');
    for (const { template, text } of goldens) {
      expect(outputs[0]?.get(`${template.stackName}.template.json`)?.trimEnd()).to.equal(text.trimEnd());
    }
  });
});

describe('a change of the directory changes what it is about', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'empire-determinism-'));
    cpSync(join(ROOT, 'apps', 'acme-inc'), join(root, 'apps', 'acme-inc'), { recursive: true });
    for (const name of readdirSync(join(root, 'apps', 'acme-inc'))) {
      if (name.includes('.production')) rmSync(join(root, 'apps', 'acme-inc', name));
    }
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const resources = (): readonly Resource[] => compileRoot(root, 'default').goldens.flatMap(({ template }) => template.resources);
  const file = (name: string): string => join(root, 'apps', 'acme-inc', name);

  it('one character in the command of worker changes the task definition of worker and nothing else', () => {
    const before = resources();
    const procfile = readFileSync(file('Procfile'), 'utf8');
    writeFileSync(file('Procfile'), procfile.replace('acme-inc worker', 'acme-inc workes'));
    const after = resources();
    const changed = after.filter((resource, index) => JSON.stringify(resource) !== JSON.stringify(before[index]));
    expect(changed.map(({ id }) => id)).to.deep.equal(['WorkerTaskDefinition']);
    expect(after).to.have.lengthOf(before.length);
  });

  it('a comment in any file changes no byte', () => {
    const [before] = compileRoot(root, 'default').goldens;
    for (const name of ['Procfile', 'env', 'scale', 'image']) {
      appendFileSync(file(name), '# a comment\n');
      writeFileSync(file(name), `# another\n${readFileSync(file(name), 'utf8')}`);
    }
    const [after] = compileRoot(root, 'default').goldens;
    expect(after?.text).to.be.a('string').and.to.equal(before?.text);
  });
});
