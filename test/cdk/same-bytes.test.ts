import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { expect } from 'chai';
import { AppStack } from '../../constructs/index.js';
import { formatTemplate } from '../../lib/compile/format-template.js';
import type { Platform } from '../../lib/model/platform.js';
import { environmentsOf } from '../../lib/parse/folder.js';
import {
  allotParsed,
  type CompiledApp,
  compileParsed,
  hasErrors,
  openFolder,
  type Question,
  readParsed,
} from '../../lib/pipeline.js';
import { goldenCases } from '../support/golden.js';
import { ROOT } from '../support/repository.js';

const FOLDERS = [...goldenCases().map(({ root }) => root), 'test/commands/folders/two-apps', 'test/commands/folders/shared'];

describe('the CDK class of an app', () => {
  for (const folder of FOLDERS) {
    const everywhere: Question = { root: resolve(folder), appsPath: 'apps', environment: 'default', only: { kind: 'none' } };
    for (const environment of environmentsOf(openFolder(everywhere))) {
      it(`gives the bytes of \`empire synth --json\` for every app of ${relative(ROOT, resolve(folder)) || 'the repository'} in ${environment}`, () => {
        const parsed = readParsed({ ...everywhere, environment });
        const { ledger } = allotParsed(parsed, false);
        const { compiled, problems } = compileParsed(parsed, ledger);
        expect(problems.filter((problem) => problem.severity === 'error')).to.deep.equal([]);
        expect(compiled.length, 'apps').to.be.greaterThan(0);
        if (parsed.platform.kind === 'none') throw new Error('no platform');
        const written = synthesizeWithCdk(compiled, parsed.platform.value, ledger);
        for (const { template } of compiled)
          expect(written.get(template.stackName), template.stackName).to.equal(formatTemplate(template));
      }).timeout(20_000);
    }
  }

  it('is compared with something that can differ', () => {
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

function synthesizeWithCdk(
  compiled: readonly CompiledApp[],
  platform: Platform,
  ledger: Parameters<typeof compileParsed>[1],
): Map<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), 'empire-cdk-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, treeMetadata: false, builtinCloudFormationValidation: false });
    for (const one of compiled) new AppStack(app, undefined, { app: one.app, platform, origins: one.origins, ledger });
    app.synth();
    return new Map(
      compiled.map(({ template: { stackName } }) => [
        stackName,
        readFileSync(join(outdir, `${stackName}.template.json`), 'utf8'),
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
