import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Template } from '../lib/model/template.js';
import { recordedCalls } from './e2e/ci-calls.js';
import { goldenCases, goldenFiles } from './support/golden.js';
import { DEPLOYED, Role } from './support/iam.js';
import { platformGoldens } from './support/platform-golden.js';
import { ROOT } from './support/repository.js';
import { CALLS_BY_TYPE } from './support/template-calls.js';

const REGION = 'us-east-1:123456789012';
const STACK = `arn:aws:cloudformation:${REGION}:stack/empire-acme-inc/0123`;
const BUCKET = DEPLOYED['Releases.Arn'] as string;
const OBJECT = `${BUCKET}/releases/default/acme-inc/records/1.json`;
const CLUSTER = { 'ecs:cluster': DEPLOYED['Cluster.Arn'] as string };
const TASK = `arn:aws:ecs:${REGION}:task/main-cluster/0123`;
const SERVICE = `arn:aws:ecs:${REGION}:service/main-cluster/empire-acme-inc-WebService-ABC`;
const DEFINITION = `arn:aws:ecs:${REGION}:task-definition/empire-acme-inc_release:3`;
const REPOSITORY = `arn:aws:ecr:${REGION}:repository/acme-inc`;

type Asked = readonly [resource: string, context?: Readonly<Record<string, string>>];

/** What every call of the real windows asks for, when it is made for an app. */
const READS: Readonly<Record<string, Asked>> = {
  'acm:DescribeCertificate': [`arn:aws:acm:${REGION}:certificate/0123`],
  'cloudformation:DescribeStackEvents': [STACK],
  'cloudformation:DescribeStacks': [STACK],
  'cloudformation:GetTemplate': [STACK],
  'cloudformation:ListStackResources': [STACK],
  'ec2:DescribeSecurityGroups': ['*'],
  'ec2:DescribeSubnets': ['*'],
  'ec2:DescribeVpcs': ['*'],
  'ecr:BatchGetImage': [REPOSITORY],
  'ecr:GetDownloadUrlForLayer': [REPOSITORY],
  'ecs:DescribeClusters': [CLUSTER['ecs:cluster']],
  'ecs:DescribeServices': [SERVICE],
  'ecs:DescribeTaskDefinition': ['*'],
  'ecs:DescribeTasks': [TASK],
  'ecs:ListTasks': ['*', CLUSTER],
  'elasticloadbalancing:DescribeListeners': ['*'],
  'elasticloadbalancing:DescribeLoadBalancers': ['*'],
  'elasticloadbalancing:DescribeRules': ['*'],
  'elasticloadbalancing:DescribeTargetHealth': ['*'],
  'logs:GetLogEvents': [`arn:aws:logs:${REGION}:log-group:/empire/default/acme-inc:log-stream:release/release/0123`],
  'route53:GetHostedZone': ['arn:aws:route53:::hostedzone/ZPRIVATE'],
  's3:GetBucketVersioning': [BUCKET],
  's3:GetObject': [OBJECT],
  's3:ListBucket': [BUCKET],
  'secretsmanager:DescribeSecret': [`arn:aws:secretsmanager:${REGION}:secret:acme/api-AbCdEf`],
  'ssm:DescribeParameters': ['*'],
  'ssm:GetParameters': [`arn:aws:ssm:${REGION}:parameter/empire/default/vpc-id`],
};
const WRITES: Readonly<Record<string, Asked>> = {
  'cloudformation:CancelUpdateStack': [STACK],
  'cloudformation:ContinueUpdateRollback': [STACK],
  'cloudformation:CreateChangeSet': [STACK],
  'cloudformation:DeleteChangeSet': [STACK],
  'cloudformation:DeleteStack': [STACK],
  'cloudformation:DescribeChangeSet': [STACK],
  'cloudformation:ExecuteChangeSet': [STACK],
  'ecr:PutImage': [REPOSITORY],
  'ecs:RunTask': [DEFINITION, CLUSTER],
  'ecs:StopTask': [TASK, CLUSTER],
  's3:PutObject': [OBJECT],
};

/** Calls of commands that are for people: `set --secret`, `destroy --purge`, `logs`, `exec`. Who anybody is needs no permission. */
const FOR_PEOPLE = new Set([
  ...['ssm:PutParameter', 'ssm:DeleteParameter', 's3:DeleteObjectVersion', 'sts:GetCallerIdentity'],
  ...['logs:FilterLogEvents', 'logs:DeleteLogGroup', 'ecs:ExecuteCommand'],
  // `platform deploy` and `platform destroy`: the ground is changed by people.
  ...['iam:CreateServiceLinkedRole', 'iam:GetRole', 's3:DeleteBucket'],
]);

/** Reads of what only some platform files name: each is allowed on exactly that. */
const NAMED = ['iam:GetPolicy', 'iam:GetOpenIDConnectProvider'];

/** The actions that the real windows name in their errors. */
function windowActions(): string[] {
  const folder = join(ROOT, 'lib', 'windows', 'aws');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const service = name.startsWith('store') ? 's3' : 'cloudformation';
    const written = [...text.matchAll(/action: '([a-z0-9-]+:[A-Za-z]+)'/g)].map(([, action]) => action as string);
    const named = [...text.matchAll(/\babout\('([A-Z][A-Za-z]+)'/g)].map(([, word]) => `${service}:${word}`);
    return [...written, ...named];
  });
}

const templateOf = (name: string): Template => {
  const golden = platformGoldens().find((one) => one.name === name);
  if (golden === undefined) throw new Error(`no platform golden ${name}`);
  return golden.compiled.template;
};

describe('the roles of GitHub Actions', () => {
  const plan = new Role(templateOf('github'), 'CiPlanRole');
  const deploy = new Role(templateOf('github'), 'CiDeployRole');

  it('know every call that the real windows make', () => {
    const known = new Set([...Object.keys(READS), ...Object.keys(WRITES), ...FOR_PEOPLE, ...NAMED]);
    const actions = windowActions();
    expect(new Set(actions).size).to.be.greaterThan(25);
    expect([...new Set(actions)].filter((action) => !known.has(action))).to.deep.equal([]);
  });

  it('let both of them read, and only one of them write', () => {
    for (const [action, [resource, context]] of Object.entries(READS)) {
      expect(plan.may(action, resource, context), `plan ${action}`).to.equal(true);
      expect(deploy.may(action, resource, context), `deploy ${action}`).to.equal(true);
    }
    for (const [action, [resource, context]] of Object.entries(WRITES)) {
      expect(plan.may(action, resource, context), `plan ${action}`).to.equal(false);
      expect(deploy.may(action, resource, context), `deploy ${action}`).to.equal(true);
    }
  });

  it('allow each its calls as they were recorded, with their resources and conditions', () => {
    const calls = recordedCalls();
    for (const { role, action, resource, context } of calls) {
      const asked = { plan, deploy }[role];
      expect(asked.may(action, resource, context), `${role}: ${action} on ${resource}`).to.equal(true);
    }
    const made = new Set(calls.map(({ role, action }) => `${role} ${action}`));
    expect([...made]).to.include.members(['plan s3:ListBucket', 'deploy cloudformation:ExecuteChangeSet', 'deploy iam:PassRole']);
  });

  it('let the plan make no call that a deploy was recorded to write with', () => {
    const writes = recordedCalls().filter(({ role, action }) => role === 'deploy' && action in WRITES);
    expect(writes.length).to.be.greaterThan(5);
    for (const { action, resource, context } of writes)
      expect(plan.may(action, resource, context), `${action} on ${resource}`).to.equal(false);
  });

  it('let a deploy make, change and delete every type of resource that templates of apps have', () => {
    const types = new Set(
      goldenCases().flatMap(({ expected }) =>
        [...goldenFiles(expected)].flatMap(([name, text]) => {
          if (!name.endsWith('.template.json')) return [];
          const { Resources }: { Resources: Record<string, { Type: string }> } = JSON.parse(text);
          return Object.values(Resources).map(({ Type }) => Type);
        }),
      ),
    );
    expect([...types].sort()).to.deep.equal(Object.keys(CALLS_BY_TYPE).sort());
    for (const [type, calls] of Object.entries(CALLS_BY_TYPE)) {
      for (const { action, resource, context } of calls)
        expect(deploy.may(action, resource, context), `${type}: ${action} on ${resource}`).to.equal(true);
    }
  });

  const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
  const foreign = { 'aws:ResourceTag/empire:environment': 'production' };
  const DENIED: readonly (readonly [what: string, action: string, ...Asked])[] = [
    ['deleting the bucket', 's3:DeleteBucket', BUCKET],
    ['deleting a release', 's3:DeleteObject', OBJECT],
    ['deleting a version of a release', 's3:DeleteObjectVersion', OBJECT],
    ['changing the bucket’s policy', 's3:PutBucketPolicy', BUCKET],
    ['reading releases of another environment', 's3:GetObject', `${BUCKET}/releases/production/acme-inc/records/1.json`],
    ['writing releases of another environment', 's3:PutObject', `${BUCKET}/releases/production/acme-inc/records/1.json`],
    ['reading another environment’s stack', 'cloudformation:DescribeStacks', STACK.replace('empire-', 'empire-production--')],
    ['changing another environment’s stack', 'cloudformation:ExecuteChangeSet', STACK.replace('empire-', 'empire-production--')],
    ['deleting somebody’s stack', 'cloudformation:DeleteStack', STACK.replace('empire-', 'other-')],
    ['changing the platform', 'cloudformation:ExecuteChangeSet', STACK.replace('acme-inc', 'platform')],
    ['deleting the platform', 'cloudformation:DeleteStack', STACK.replace('acme-inc', 'platform')],
    ['passing another role', 'iam:PassRole', role('admin'), { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' }],
    [
      'passing a role of another environment',
      'iam:PassRole',
      role('empire-production--acme-inc-TaskRole-A'),
      { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
    ],
    [
      'passing a role to a machine',
      'iam:PassRole',
      role('empire-acme-inc-TaskRole-A'),
      { 'iam:PassedToService': 'ec2.amazonaws.com' },
    ],
    ['giving itself more', 'iam:PutRolePolicy', role('empire-platform-ci-deploy')],
    ['trusting itself to others', 'iam:UpdateAssumeRolePolicy', role('empire-platform-ci-plan')],
    ['attaching a policy of AWS', 'iam:AttachRolePolicy', role('empire-acme-inc-TaskRole-A')],
    ['making a user', 'iam:CreateUser', 'arn:aws:iam::123456789012:user/me'],
    ['reading a secret', 'secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${REGION}:secret:acme/api-AbCdEf`],
    ['reading a secret parameter', 'ssm:GetParameters', `arn:aws:ssm:${REGION}:parameter/empire/default/acme-inc/API_KEY`],
    ['reading a secret parameter alone', 'ssm:GetParameter', `arn:aws:ssm:${REGION}:parameter/empire/default/acme-inc/API_KEY`],
    ['decrypting a secret', 'kms:Decrypt', `arn:aws:kms:${REGION}:key/1`, { 'kms:ViaService': 'ssm.us-east-1.amazonaws.com' }],
    ['writing a parameter of the platform', 'ssm:PutParameter', `arn:aws:ssm:${REGION}:parameter/empire/default/vpc-id`],
    ['opening a session in a task', 'ecs:ExecuteCommand', TASK],
    ['running a task of another environment', 'ecs:RunTask', DEFINITION.replace('empire-', 'other-'), CLUSTER],
    [
      'running a task in another cluster',
      'ecs:RunTask',
      DEFINITION,
      { 'ecs:cluster': 'arn:aws:ecs:us-east-1:123456789012:cluster/other' },
    ],
    [
      'changing another environment’s schedule',
      'scheduler:DeleteSchedule',
      `arn:aws:scheduler:${REGION}:schedule/default/empire-production--acme-inc-Nightly-A`,
    ],
    [
      'registering a definition for another environment',
      'ecs:RegisterTaskDefinition',
      `arn:aws:ecs:${REGION}:task-definition/empire-production--acme-inc_web:1`,
    ],
    ['deleting the cluster', 'ecs:DeleteCluster', DEPLOYED['Cluster.Arn'] as string],
    [
      'deleting another environment’s load balancer',
      'elasticloadbalancing:DeleteLoadBalancer',
      `arn:aws:elasticloadbalancing:${REGION}:loadbalancer/app/x/1`,
      foreign,
    ],
    [
      'deleting a load balancer of nobody',
      'elasticloadbalancing:DeleteLoadBalancer',
      `arn:aws:elasticloadbalancing:${REGION}:loadbalancer/app/x/1`,
    ],
    [
      'taking over another environment’s load balancer',
      'elasticloadbalancing:AddTags',
      `arn:aws:elasticloadbalancing:${REGION}:loadbalancer/app/x/1`,
      foreign,
    ],
    ['deleting another environment’s certificate', 'acm:DeleteCertificate', `arn:aws:acm:${REGION}:certificate/1`, foreign],
    [
      'opening a security group of another VPC',
      'ec2:AuthorizeSecurityGroupIngress',
      `arn:aws:ec2:${REGION}:security-group/sg-1`,
      { 'ec2:Vpc': `arn:aws:ec2:${REGION}:vpc/vpc-other` },
    ],
    ['changing somebody’s zone', 'route53:ChangeResourceRecordSets', 'arn:aws:route53:::hostedzone/ZOTHER'],
    ['deleting the network', 'ec2:DeleteVpc', `arn:aws:ec2:${REGION}:vpc/vpc-0123456789abcdef0`],
    ['deleting a log group', 'logs:DeleteLogGroup', `arn:aws:logs:${REGION}:log-group:/empire/default/acme-inc:*`],
  ];
  for (const [what, action, resource, context] of DENIED) {
    it(`do not let anybody get away with ${what}`, () => {
      expect(plan.may(action, resource, context), 'plan').to.equal(false);
      expect(deploy.may(action, resource, context), 'deploy').to.equal(false);
    });
  }

  it('name `*` only where AWS knows no resource, or a condition says which are meant', () => {
    expect([...new Set([...plan.anywhere(), ...deploy.anywhere()])].sort()).to.deep.equal([
      'acm:RequestCertificate',
      'application-autoscaling:Describe*',
      'ec2:DescribeAccountAttributes',
      'ec2:DescribeInternetGateways',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroup*',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
      'ecs:DeregisterTaskDefinition',
      'ecs:DescribeTaskDefinition',
      'ecs:ListTasks',
      'elasticloadbalancing:Describe*',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeRules',
      'elasticloadbalancing:DescribeTargetHealth',
      'logs:DescribeLogGroups',
      'ssm:DescribeParameters',
    ]);
  });

  it('look at the boundary and the identity provider that the platform names, and at no other', () => {
    const iam = 'arn:aws:iam::123456789012';
    const named = [
      ['boundary-tags', 'iam:GetPolicy', `${iam}:policy/boundary`],
      ['everything-adopted', 'iam:GetOpenIDConnectProvider', `${iam}:oidc-provider/token.actions.githubusercontent.com`],
    ] as const;
    for (const [name, action, arn] of named) {
      for (const id of ['CiPlanRole', 'CiDeployRole'] as const) {
        const role = new Role(templateOf(name), id);
        expect(role.may(action, arn), `${id} ${action}`).to.equal(true);
        expect(role.may(action, `${arn}2`), `${id} ${action}`).to.equal(false);
      }
      expect(plan.may(action, arn), action).to.equal(false);
    }
  });

  it('cannot make an unbounded role where the platform has a boundary', () => {
    const bounded = new Role(templateOf('boundary-tags'), 'CiDeployRole');
    const own = role('empire-acme-inc-TaskRole-A');
    const boundary = { 'iam:PermissionsBoundary': 'arn:aws:iam::123456789012:policy/boundary' };
    expect(bounded.may('iam:CreateRole', own, boundary)).to.equal(true);
    expect(bounded.may('iam:CreateRole', own)).to.equal(false);
    expect(bounded.may('iam:PutRolePolicy', own, boundary)).to.equal(true);
    expect(bounded.may('iam:DeleteRolePermissionsBoundary', own, boundary)).to.equal(false);
  });

  it('trust one repository only: pull requests to plan, one branch to deploy', () => {
    const trustOf = (id: string) =>
      JSON.stringify(templateOf('github').resources.find((one) => one.id === id)?.properties['AssumeRolePolicyDocument']);
    expect(trustOf('CiPlanRole')).to.include('"repo:acme/apps:pull_request"').and.to.include('sts:AssumeRoleWithWebIdentity');
    expect(trustOf('CiDeployRole')).to.include('"repo:acme/apps:ref:refs/heads/release"').and.not.to.include('*');
  });
});
