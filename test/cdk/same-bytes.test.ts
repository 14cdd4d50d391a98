import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { expect } from 'chai';
import { AppStack, PlatformStack } from '../../constructs/index.js';
import { cloudAssembly } from '../../lib/compile/cloud-assembly.js';
import { formatTemplate } from '../../lib/compile/format-template.js';
import type { Ground } from '../../lib/model/ground.js';
import type { Ledger } from '../../lib/model/ledger.js';
import type { Platform } from '../../lib/model/platform.js';
import { environmentsOf } from '../../lib/parse/folder.js';
import {
  allotParsed,
  type CompiledApp,
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

/** The stacks that the CDK classes lead to. */
function synthesizeWithCdk(
  ground: Ground,
  compiled: readonly CompiledApp[],
  platform: Platform,
  ledger: Ledger,
): ReturnType<typeof stacksIn> {
  const outdir = mkdtempSync(join(tmpdir(), 'empire-cdk-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, treeMetadata: false, builtinCloudFormationValidation: false });
    const below = new PlatformStack(app, undefined, { ground });
    for (const one of compiled) {
      const stack = new AppStack(app, undefined, { app: one.app, platform, origins: one.origins, ledger });
      stack.addStackDependency(below);
    }
    app.synth();
    return stacksIn((name) => readFileSync(join(outdir, name), 'utf8'));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
