import { expect } from 'chai';
import * as fc from 'fast-check';
import type { AppDirectory, Folder } from '../../lib/model/folder.js';
import { parseApp } from '../../lib/parse/app.js';
import { checkClaims } from '../../lib/parse/fleet.js';
import { FolderParser, parseFolder } from '../../lib/parse/folder.js';
import { Problems } from '../../lib/problems.js';

const ENVIRONMENTS = ['default', 'staging'];
const FILES = ['image', 'image.staging', 'domains', 'domains.staging'];
const NAMES = ['a.example.com', 'b.example.com', 'c.example.com'];

const file = (name: string): fc.Arbitrary<readonly [string, string]> =>
  name.startsWith('image')
    ? fc.constant([name, 'example/app:v1\n'])
    : fc.subarray(NAMES).map((names) => [name, names.map((one) => `${one}\n`).join('')]);

/** Apps that ask for few names, in some environments: nearly always two for one. */
const folders: fc.Arbitrary<Folder> = fc
  .array(
    fc.subarray(FILES).chain((names) => fc.tuple(...names.map(file))),
    { minLength: 2, maxLength: 5 },
  )
  .map((apps) => ({
    appsPath: 'apps',
    apps: apps.map((files, index) => directory(`app-${index}`, files)),
    strays: [],
    platforms: [directory('', [['platform.staging', '']]).entries].flat(),
    ledger: { kind: 'none' },
  }));

function directory(name: string, files: readonly (readonly [string, string])[]): AppDirectory {
  const entries = files.map(([file, text]) => {
    const bytes = new TextEncoder().encode(text);
    return { name: file, path: `apps/${name}/${file}`, content: { kind: 'bytes' as const, bytes } };
  });
  return { name, path: `apps/${name}`, entries };
}

/** Every claim of every app, those of the apps that were not asked for first. */
function plainly(folder: Folder, wanted: readonly string[], platform: Parameters<typeof parseApp>[1]): readonly string[] {
  const claims = folder.apps.flatMap((app) => parseApp(app, platform, ENVIRONMENTS).claims);
  const isWanted = (app: string): boolean => wanted.includes(app);
  const problems = new Problems();
  checkClaims([...claims.filter(({ app }) => !isWanted(app)), ...claims.filter(({ app }) => isWanted(app))], isWanted, problems);
  return [...new Set(problems.all.map((one) => JSON.stringify(one)))].sort();
}

describe('public names across a folder', () => {
  it('belong to the same app, whichever apps are asked for and in which order', () => {
    let found = 0;
    fc.assert(
      fc.property(folders, fc.array(fc.nat(4), { minLength: 1 }), (folder, asked) => {
        const parser = new FolderParser(folder, 'default');
        const { platform } = parseFolder(folder, 'default', { kind: 'none' });
        if (platform.kind === 'none') throw new Error('the platform is sound');
        const questions = asked.map((number) => [`app-${number % folder.apps.length}`]);
        for (const wanted of [...questions, [...new Set(questions.flat())]]) {
          const { problems } = parser.parse({ kind: 'given', value: wanted });
          const claimed = problems.filter(({ code }) => code.startsWith('domain-two')).map((one) => JSON.stringify(one));
          expect(claimed.sort()).to.deep.equal(plainly(folder, wanted, platform.value));
          found += claimed.length;
        }
      }),
    );
    expect(found).to.be.greaterThan(20);
  });
});
