import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeApps } from '../../bench/apps.js';
import { formatSourceMap, formatTemplate } from '../../lib/compile/format-template.js';
import { allotParsed, compileParsed, readParsed } from '../../lib/pipeline.js';
import { FileWriter } from '../../lib/windows/file-writer.js';
import { ROOT } from '../support/repository.js';
import { makeRoot, removeRoots } from '../support/root.js';

/** More than are written before a thread is started. */
const MANY = 200;

const nameOf = (number: number): string => `${number}.json`;

async function writeMany(folder: string, text: (number: number) => string): Promise<void> {
  const writer = new FileWriter();
  for (let number = 0; number < MANY; number++) writer.write(join(folder, nameOf(number)), text(number));
  await writer.done();
}

describe('many files that are written', () => {
  after(removeRoots);

  it('are all there when it is done, and left alone while their texts are the same', async () => {
    const folder = join(makeRoot({}), 'out');
    await writeMany(folder, (number) => `text ${number}`);
    const inodes = (): unknown => readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs]);
    const before = inodes();
    expect(readdirSync(folder)).to.have.lengthOf(MANY);
    for (let number = 0; number < MANY; number++)
      expect(readFileSync(join(folder, nameOf(number)), 'utf8')).to.equal(`text ${number}`);
    await writeMany(folder, (number) => `text ${number}`);
    expect(inodes()).to.deep.equal(before);
    await writeMany(folder, (number) => `${number}`);
    expect(readFileSync(join(folder, nameOf(MANY - 1)), 'utf8')).to.equal(`${MANY - 1}`);
  });

  it('are refused in words where the disk refuses one of them, early or late', async () => {
    for (const number of [3, MANY - 1]) {
      const folder = makeRoot({});
      mkdirSync(join(folder, nameOf(number)));
      const refused = await writeMany(folder, () => '').then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(refused, nameOf(number)).to.include({
        where: join(folder, nameOf(number)),
        what: 'cannot be written: illegal operation on a directory',
        code: 'file-not-written',
      });
    }
  });

  it('are those of a synth', () => {
    const root = manyApps();
    expect(synth(root)).to.include({ status: 0, stderr: '' });
    const parsed = readParsed({ root, appsPath: 'apps', environment: 'default', only: { kind: 'none' } });
    const { compiled } = compileParsed(parsed, allotParsed(parsed, false).ledger);
    expect(compiled).to.have.lengthOf(APPS);
    for (const { template, sourceMap } of compiled) {
      const written = (kind: string): string => readFileSync(join(root, 'out', `${template.stackName}.${kind}.json`), 'utf8');
      expect(written('template')).to.equal(formatTemplate(template));
      expect(written('map')).to.equal(formatSourceMap(sourceMap));
    }
  });

  it('fail a synth that cannot write the last of them', () => {
    const root = manyApps();
    mkdirSync(join(root, 'out', 'empire-app-0100.template.json'), { recursive: true });
    const { status, stderr } = synth(root);
    expect(status).to.equal(1);
    expect(stderr).to.contain('out/empire-app-0100.template.json: cannot be written: illegal operation on a directory');
  });
});

/** Of two files each. */
const APPS = 100;

function manyApps(): string {
  const root = makeRoot({});
  writeApps(root, APPS);
  return root;
}

const synth = (cwd: string) =>
  spawnSync(process.execPath, [join(ROOT, 'bin', 'empire'), 'synth', '--no-cache', '-o', 'out'], { cwd, encoding: 'utf8' });
