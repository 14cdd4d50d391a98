import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { expectedFiles, GOLDENS, goldenCases, goldenFiles, writeGolden, writesGoldens } from './support/golden.js';
import { platformKeyNames, processKeyNames } from './support/key-names.js';
import { PLATFORM_GOLDENS } from './support/platform-golden.js';

describe('goldens: the template of every case is the one in review', () => {
  for (const goldenCase of goldenCases()) {
    it(goldenCase.name, () => {
      const made = expectedFiles(goldenCase);
      const kept = goldenFiles(goldenCase.expected);
      if (writesGoldens) {
        for (const name of kept.keys()) if (!made.has(name)) rmSync(join(goldenCase.expected, name));
        for (const [name, text] of made) if (kept.get(name) !== text) writeGolden(join(goldenCase.expected, name), text);
        return;
      }
      expect([...kept.keys()], '`npm run golden` writes the files').to.deep.equal([...made.keys()].sort());
      for (const [name, text] of made) expect(text, name).to.equal(kept.get(name));
    });
  }

  it('compiles something in every case, without an error', () => {
    for (const goldenCase of goldenCases()) {
      const made = expectedFiles(goldenCase);
      expect(
        [...made.keys()].filter((name) => name.endsWith('.template.json')),
        goldenCase.name,
      ).to.not.be.empty;
      const errors = [...made.values()].join('\n').match(/^error: .*$/gm);
      expect(errors, goldenCase.name).to.equal(null);
    }
  });
});

/** Every file of the kind below the goldens, as one text without comments. */
function allTexts(wanted: (name: string) => boolean, folder = GOLDENS): string {
  return readdirSync(folder)
    .map((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return allTexts(wanted, path);
      return wanted(name) ? readFileSync(path, 'utf8').replace(/^#.*$/gm, '') : '';
    })
    .join('\n');
}

describe('goldens: no row without a case', () => {
  it('every process key is in the Procfile of a case', () => {
    const procfiles = allTexts((name) => name.startsWith('Procfile'));
    const missing = processKeyNames().filter((key) => !new RegExp(`(^|[\\s{,])${key}:`, 'm').test(procfiles));
    expect(missing).to.deep.equal([]);
  });

  it('every platform key is in the platform file of a case', () => {
    const isPlatform = (name: string): boolean => name.startsWith('platform');
    // Keys that only the platform's own stack looks at have their cases there.
    const platforms = allTexts(isPlatform) + allTexts(isPlatform, PLATFORM_GOLDENS);
    const missing = platformKeyNames().filter((key) => !new RegExp(`^${key}=`, 'm').test(platforms));
    expect(missing).to.deep.equal([]);
  });
});
