import { expect } from 'chai';
import { preparedTemplate } from '../../lib/release/prepared-template.js';
import { ACME, compileFiles, type Files } from '../support/planned.js';

const RELEASE = { Procfile: 'web: acme-inc server\nworker: acme-inc worker\nrelease: acme-inc migrate\n' };
const text = (files: Files): string => compileFiles({ ...ACME, ...files }).text;

const statement = (action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });

function prepared(running: string | undefined, next: string) {
  const found = preparedTemplate(running, next);
  if (found === undefined) throw new Error('nothing to prepare');
  return { ...found, template: JSON.parse(found.text) };
}

describe('what is prepared for a release process', () => {
  it('is nothing without one', () => {
    expect(preparedTemplate(text({}), text({ image: 'remind101/acme-inc:v2\n' }))).to.equal(undefined);
  });

  it('is nothing when the stack has it', () => {
    const other = { ...RELEASE, scale: 'web=2\nworker=1\n' };
    expect(preparedTemplate(text(RELEASE), text(other))).to.equal(undefined);
  });

  it('of a new app is the release process and what it needs, alone', () => {
    const { template, adds } = prepared(undefined, text(RELEASE));
    expect(Object.keys(template.Resources)).to.deep.equal([
      'LogGroup',
      'ExecutionRole',
      'TaskRole',
      'AppSecurityGroup',
      'ReleaseTaskDefinition',
    ]);
    expect(Object.keys(template.Parameters)).to.deep.equal(['Release', 'PlatformVpcId']);
    expect(Object.keys(template.Outputs)).to.include.members(['Release', 'LogGroup', 'SecurityGroup']);
    expect(template.Outputs).to.not.have.property('Services');
    expect(adds).to.deep.equal(['LogGroup', 'ExecutionRole', 'TaskRole', 'AppSecurityGroup']);
  });

  it('is the running template with the new task definition, and nothing else', () => {
    const running = JSON.parse(text(RELEASE));
    const { template, adds } = prepared(
      text(RELEASE),
      text({ ...RELEASE, image: 'remind101/acme-inc:v2\n', scale: 'web=5\nworker=1\n' }),
    );
    const { ReleaseTaskDefinition: now, ...rest } = template.Resources;
    const { ReleaseTaskDefinition: before, ...same } = running.Resources;
    expect(rest).to.deep.equal(same);
    expect(now).to.not.deep.equal(before);
    expect(adds).to.deep.equal([]);
    expect(template.Outputs).to.deep.equal(running.Outputs);
  });

  it('gives roles the statements of both, so that what runs loses none', () => {
    const next = text({ ...RELEASE, policy: statement('s3:PutObject'), image: 'remind101/acme-inc:v2\n' });
    const { template, adds } = prepared(text({ ...RELEASE, policy: statement('s3:GetObject') }), next);
    const [policy] = template.Resources.TaskRole.Properties.Policies;
    expect(policy.PolicyDocument.Statement.map(({ Action }: { Action: string }) => Action)).to.deep.equal([
      's3:GetObject',
      's3:PutObject',
    ]);
    expect(adds).to.deep.equal(['TaskRole']);
  });

  it('leaves a role alone that would only get narrower', () => {
    const running = text({ ...RELEASE, policy: statement('s3:GetObject') });
    expect(preparedTemplate(running, text(RELEASE))).to.equal(undefined);
  });
});
