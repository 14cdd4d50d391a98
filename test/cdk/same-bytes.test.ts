import { relative, resolve } from 'node:path';
import { expect } from 'chai';
import { cloudAssembly } from '../../lib/compile/cloud-assembly.js';
import { formatTemplate } from '../../lib/compile/format-template.js';
import { environmentsOf } from '../../lib/parse/folder.js';
import {
  allotParsed,
  compileParsed,
  compilePlatform,
  hasErrors,
  openFolder,
  type Question,
  readParsed,
} from '../../lib/pipeline.js';
import { stacksIn } from '../support/assembly.js';
import { goldenCases } from '../support/golden.js';
import { ROOT } from '../support/repository.js';
import { synthesizeWithCdk } from '../support/through-cdk.js';

const FOLDERS = [...goldenCases().map(({ root }) => root), 'test/commands/folders/two-apps', 'test/commands/folders/shared'];

describe('the CDK classes', () => {
  for (const folder of FOLDERS) {
    const everywhere: Question = { root: resolve(folder), appsPath: 'apps', environment: 'default', only: { kind: 'none' } };
    for (const environment of environmentsOf(openFolder(everywhere))) {
      it(`give the bytes of \`empire synth --json\` and the manifest of \`empire-cdk\` for every app of ${relative(ROOT, resolve(folder)) || 'the repository'} in ${environment}`, () => {
        const parsed = readParsed({ ...everywhere, environment });
        const { ledger } = allotParsed(parsed, false);
        const { compiled, problems } = compileParsed(parsed, ledger);
        const { compiled: platform } = compilePlatform(parsed);
        expect(problems.filter((problem) => problem.severity === 'error')).to.deep.equal([]);
        expect(compiled.length, 'apps').to.be.greaterThan(0);
        if (parsed.platform.kind === 'none' || platform.kind === 'none') throw new Error('no platform');
        const templates = compiled.map(({ template }) => template);
        const ours = cloudAssembly(platform.value.template, templates);
        const texts = new Map([...ours].map(({ name, text }) => [name, text]));
        const written = synthesizeWithCdk(platform.value.ground, compiled, parsed.platform.value, ledger);
        for (const template of templates)
          expect(texts.get(`${template.stackName}.template.json`)).to.equal(formatTemplate(template));
        expect(Object.keys(written)).to.have.lengthOf(compiled.length + 1);
        expect(stacksIn((name) => texts.get(name) as string)).to.deep.equal(written);
      }).timeout(20_000);
    }
  }

  it('are compared with something that can differ', () => {
    const parsed = readParsed({
      root: resolve('test/commands/folders/two-apps'),
      appsPath: 'apps',
      environment: 'default',
      only: { kind: 'none' },
    });
    expect(hasErrors(parsed.problems)).to.equal(false);
    const { compiled } = compileParsed(parsed, []);
    const texts = new Set(compiled.map(({ template }) => formatTemplate(template)));
    expect(texts.size).to.equal(2);
  });
});
