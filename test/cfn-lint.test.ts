import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { goldenTemplates } from './support/golden.js';
import { platformGoldens } from './support/platform-golden.js';
import { type Finding, findLintPython, lint } from './support/python.js';

/** What cfn-lint may find: one rule on one property, and why it is wrong there. */
interface Exception {
  readonly rule: string;
  readonly type: string;
  /** Below `Properties`, to its end. */
  readonly property: string;
  readonly reason: string;
}

const OLDER = "in the service specification of AWS that test/service-spec.test.ts reads, not yet in cfn-lint's older copy";

const EXCEPTIONS: readonly Exception[] = [
  { rule: 'E3002', type: 'AWS::ElasticLoadBalancingV2::Listener', property: 'Tags', reason: OLDER },
  { rule: 'E3002', type: 'AWS::ElasticLoadBalancingV2::ListenerRule', property: 'Tags', reason: OLDER },
  { rule: 'E3002', type: 'AWS::ApplicationAutoScaling::ScalableTarget', property: 'Tags', reason: OLDER },
  {
    rule: 'E3002',
    type: 'AWS::ECS::Service',
    property: 'DeploymentConfiguration/DeploymentCircuitBreaker/ThresholdConfiguration',
    reason: OLDER,
  },
  { rule: 'E3002', type: 'AWS::ECS::Service', property: 'DeploymentConfiguration/EarlySuccessCriteria', reason: OLDER },
];

/** Whether an exception is about a finding. */
function isAbout({ rule, type, property }: Exception, finding: Finding): boolean {
  const [section, id = '', , ...path] = finding.path.split('/');
  if (rule !== finding.rule || section !== 'Resources' || property !== path.join('/')) return false;
  const template: { Resources: Record<string, { Type: string }> } = JSON.parse(readFileSync(finding.file, 'utf8'));
  return template.Resources[id]?.Type === type;
}

const BROKEN = {
  AWSTemplateFormatVersion: '2010-09-09',
  Resources: { Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionDays: 3, RetentionInDays: 'x' } } },
};

describe('every golden template against cfn-lint', function () {
  this.timeout(600_000);
  let findings: Finding[];
  let broken: string;
  /** Those about the goldens. */
  let ours: Finding[];
  let files: string[];

  before(function () {
    const found = findLintPython();
    if (found.kind === 'absent') {
      if (process.env['CI'] === 'true') throw new Error(`cfn-lint is needed when CI=true: ${found.why}`);
      console.log(`      skipped: no Python with cfn-lint (${found.why})`);
      return this.skip();
    }
    const folder = mkdtempSync(join(tmpdir(), 'empire-lint-'));
    broken = join(folder, 'broken.template.json');
    writeFileSync(broken, JSON.stringify(BROKEN, null, 1));
    const platforms = platformGoldens().map(({ file }) => file);
    files = [...goldenTemplates(), ...platforms];
    findings = lint(found.python, [...files, broken]);
    ours = findings.filter(({ file }) => file !== broken);
    rmSync(folder, { recursive: true });
  });

  it('finds nothing beside the named exceptions', () => {
    expect(files.length).to.be.greaterThan(20);
    const left = ours.filter((finding) => !EXCEPTIONS.some((known) => isAbout(known, finding)));
    expect(left.map(({ file, rule, path, message }) => `${file} ${rule} ${path}: ${message}`).join('\n')).to.equal('');
  });

  it('needs every exception', () => {
    const idle = EXCEPTIONS.filter((known) => !ours.some((finding) => isAbout(known, finding)));
    expect(idle).to.deep.equal([]);
  });

  it('finds an unknown property and a wrong type in the same run', () => {
    const rules = findings.filter(({ file }) => file === broken).map(({ rule }) => rule);
    expect(rules).to.include.members(['E3002', 'E3012']);
  });
});
