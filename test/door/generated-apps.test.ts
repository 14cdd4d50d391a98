import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { expect } from 'chai';
import { AppStack } from '../../constructs/index.js';
import { formatTemplate } from '../../lib/compile/format-template.js';
import { parseFolder } from '../../lib/parse/folder.js';
import { allotParsed, type CompiledApp, compileParsed } from '../../lib/pipeline.js';
import { folderOf } from '../support/apps-of-files.js';
import { generatedApps } from '../support/generated-apps.js';

/** For each platform. `GENERATED_APPS=2000` tries thousands. */
const APPS = Number(process.env['GENERATED_APPS'] ?? 40);

const PLATFORMS = ['', 'LOAD_BALANCERS=shared\n', 'CAPACITY=ec2\nARCH=arm64\n', 'NAT=none\nEARLY_SUCCESS=true\nTAGS=team=web\n'];

describe('generated apps', () => {
  for (const text of PLATFORMS) {
    it(`have the same bytes through CDK, with the platform ${JSON.stringify(text)}`, () => {
      const parsed = parseFolder(folderOf(generatedApps(APPS), text), 'default', { kind: 'none' });
      if (parsed.platform.kind === 'none') throw new Error('no platform');
      const platform = parsed.platform.value;
      const { ledger } = allotParsed(parsed, false);
      const { compiled } = compileParsed(parsed, ledger);
      expect(compiled.length, 'apps that are allowed').to.be.greaterThan(APPS / 3);
      const outdir = mkdtempSync(join(tmpdir(), 'empire-generated-'));
      try {
        const app = new App({ outdir, analyticsReporting: false, treeMetadata: false, builtinCloudFormationValidation: false });
        for (const { app: model, origins } of compiled) new AppStack(app, undefined, { app: model, platform, origins, ledger });
        app.synth();
        const differing = compiled.filter((one) => formatTemplate(one.template) !== written(outdir, one));
        expect(differing.map(({ app: { name } }) => name)).to.deep.equal([]);
      } finally {
        rmSync(outdir, { recursive: true });
      }
    }).timeout(600_000);
  }
});

const written = (outdir: string, { template }: CompiledApp): string =>
  readFileSync(join(outdir, `${template.stackName}.template.json`), 'utf8');
