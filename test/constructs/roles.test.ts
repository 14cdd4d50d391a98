import { expect } from 'chai';
import { secretResources } from '../../constructs/task-definition/secret-arn.js';
import type { SecretsManagerReference } from '../../lib/model/app.js';
import type { JsonObject } from '../../lib/model/json.js';
import { app, given, LARGE, NONE, PLATFORM, service } from '../support/model-apps.js';
import { property, resourcesOf } from '../support/resources-by-id.js';

const byArn = (arn: string): SecretsManagerReference => ({
  kind: 'secretsmanager-arn',
  arn,
  key: NONE,
  stage: NONE,
  version: NONE,
});
const ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:acme';

describe('the roles of an app', () => {
  const large = resourcesOf(LARGE);
  const policies = (id: string) =>
    new Map(
      (property(large, id, 'Policies') as JsonObject[]).map(({ PolicyName, PolicyDocument }) => [
        PolicyName,
        PolicyDocument as JsonObject,
      ]),
    );

  it('pull exactly the repositories of the app', () => {
    expect(policies('ExecutionRole').get('pull')?.['Statement']).to.deep.equal([
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: ['arn:aws:ecr:us-east-1:123456789012:repository/acme/inc'],
      },
    ]);
  });

  it('read exactly the secrets of the app, and decrypt only them', () => {
    const parameter = { 'Fn::Sub': `arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/acme/database` };
    const [read, decrypt] = (policies('ExecutionRole').get('secrets')?.['Statement'] ?? []) as JsonObject[];
    expect(read).to.deep.equal({ Effect: 'Allow', Action: 'ssm:GetParameters', Resource: [parameter] });
    expect(decrypt?.['Condition']).to.deep.equal({
      StringEquals: { 'kms:ViaService': [{ 'Fn::Sub': `ssm.\${AWS::Region}.amazonaws.com` }] },
      StringLike: { 'kms:EncryptionContext:PARAMETER_ARN': [parameter] },
    });
  });

  it('add the random part of a secret only where it was not given', () => {
    expect(secretResources(byArn(`${ARN}-AbC123`))).to.deep.equal([`${ARN}-AbC123`]);
    expect(secretResources(byArn(ARN))).to.deep.equal([`${ARN}-??????`]);
    expect(secretResources(byArn(`${ARN}-master`))).to.deep.equal([`${ARN}-master`, `${ARN}-master-??????`]);
  });

  it('carry the policy file as its own policy, and what exec and volumes need', () => {
    expect([...policies('TaskRole').keys()]).to.deep.equal(['policy', 'exec', 'volumes']);
    expect(policies('TaskRole').get('policy')).to.deep.equal(LARGE.policy.kind === 'given' ? LARGE.policy.value : undefined);
    const bare = resourcesOf(app([service('worker', { exec: false })]));
    expect(property(bare, 'TaskRole', 'Policies')).to.equal(undefined);
  });

  it('have the boundary of the platform, every one of them', () => {
    const boundary = 'arn:aws:iam::123456789012:policy/boundary';
    const made = resourcesOf(LARGE, { ...PLATFORM, permissionsBoundary: given(boundary) });
    const roles = [...made.values()].filter(({ type }) => type === 'AWS::IAM::Role');
    expect(roles.map(({ id }) => id)).to.include.members(['ExecutionRole', 'TaskRole', 'NightlyScheduleRole']);
    for (const { id, properties } of roles) expect(properties['PermissionsBoundary'], id).to.equal(boundary);
  });
});
