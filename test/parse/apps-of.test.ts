import { expect } from 'chai';
import { appsOf, environmentsOf, parseFolder } from '../../lib/parse/folder.js';
import { readFolder } from '../../lib/windows/disk.js';
import { goldenCases } from '../support/golden.js';

describe('which apps there are', () => {
  it('is known from the image files as it is from all of them', () => {
    let found = 0;
    for (const { root, name } of goldenCases()) {
      const folder = readFolder(root, { appsPath: 'apps', only: { kind: 'none' } });
      for (const environment of environmentsOf(folder)) {
        const apps = appsOf(folder, environment);
        found += apps.length;
        const parsed = parseFolder(folder, environment, { kind: 'none' }).apps.map((app) => app.name);
        expect(apps, `${name} in ${environment}`).to.deep.equal(parsed);
      }
    }
    expect(found).to.be.greaterThan(50);
  });
});
