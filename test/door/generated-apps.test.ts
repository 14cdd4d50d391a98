import { expect } from 'chai';
import { formatTemplate } from '../../lib/compile/format-template.js';
import { parseFolder } from '../../lib/parse/folder.js';
import { allotParsed, compileParsed } from '../../lib/pipeline.js';
import { folderOf } from '../support/apps-of-files.js';
import { generatedApps } from '../support/generated-apps.js';
import { synthesizeWithCdk } from '../support/through-cdk.js';

/** For each platform. `GENERATED_APPS=2000` tries thousands. */
const APPS = Number(process.env['GENERATED_APPS'] ?? 40);

const PLATFORMS = ['', 'LOAD_BALANCERS=shared\n', 'CAPACITY=ec2\nARCH=arm64\n', 'NAT=none\nEARLY_SUCCESS=true\nTAGS=team=web\n'];

describe('generated apps', () => {
  for (const text of PLATFORMS) {
    it(`have the same bytes through CDK, with the platform ${JSON.stringify(text)}`, () => {
      const parsed = parseFolder(folderOf(generatedApps(APPS), text), 'default', { kind: 'none' });
      if (parsed.platform.kind === 'none' || parsed.ground.kind === 'none') throw new Error('no platform');
      const platform = parsed.platform.value;
      const { ledger } = allotParsed(parsed, false);
      const { compiled } = compileParsed(parsed, ledger);
      expect(compiled.length, 'apps that are allowed').to.be.greaterThan(APPS / 3);
      const written = synthesizeWithCdk(parsed.ground.value, compiled, platform, ledger);
      const differing = compiled.filter(({ template }) => written[template.stackName]?.template !== formatTemplate(template));
      expect(differing.map(({ app: { name } }) => name)).to.deep.equal([]);
    }).timeout(600_000);
  }
});
