import { expect } from 'chai';
import { goldenCases, goldenFiles } from './support/golden.js';
import { type NagFinding, nag } from './support/nag.js';
import { platformGoldens } from './support/platform-golden.js';

/** A finding that stays: the rule, the resources it is about, and why it is right as it is. */
interface Suppression {
  readonly rule: RegExp;
  readonly resource: RegExp;
  readonly reason: string;
}

const IAM5 = (what: string): RegExp => new RegExp(`^AwsSolutions-IAM5\\[${what}`);
const CI = /^Ci(Plan|Stack|Network)Policy$/;

const PLATFORM: readonly Suppression[] = [
  {
    rule: /-VPC7$/,
    resource: /^Vpc$/,
    reason: 'flow logs cost by the gigabyte and are a choice of the account; a VPC of your own may have them',
  },
  {
    rule: /-S1$/,
    resource: /^Releases$/,
    reason: 'every version is kept, and CloudTrail can say who wrote; a second bucket for logs would need one itself',
  },
  {
    rule: /-ELB2$/,
    resource: /LoadBalancer$/,
    reason: 'access logs need a bucket and cost by the request; tasks log what they serve',
  },
  {
    rule: /-EC23$/,
    resource: /^PublicLoadBalancerSecurityGroup$/,
    reason: 'the public load balancer is for everybody, on ports 80 and 443 only',
  },
  { rule: /-ECS4$/, resource: /^Cluster$/, reason: 'only where the platform file says `CONTAINER_INSIGHTS=false`' },
  {
    rule: /-AS3$/,
    resource: /^HostGroup$/,
    reason: 'ECS sizes the group all day; a message for every host that comes or goes would be read by nobody',
  },
  {
    rule: IAM5('Resource::\\*\\]'),
    resource: /^HostRole$/,
    reason: 'AWS knows no resource for ecs:DiscoverPollEndpoint; the others are held to the cluster by a condition',
  },
  {
    rule: IAM5('Resource::\\*\\]'),
    resource: CI,
    reason: 'actions for which AWS knows no resource (test/platform-ci.test.ts holds this), and denials',
  },
  {
    rule: IAM5('Action::(cloudformation|ec2|ecs|iam|elasticloadbalancing|application-autoscaling):'),
    resource: CI,
    reason: 'actions of one kind on the ARNs that are named beside them; written out, a policy would be longer than IAM takes',
  },
  {
    rule: IAM5('Resource::arn:<AWS::Partition>:cloudformation:<AWS::Region>:<AWS::AccountId>:stack/[a-z]'),
    resource: CI,
    reason: 'the stacks of this environment by the beginning of their names; the rest of the ARN is made by AWS',
  },
  {
    rule: IAM5('Resource::arn:<AWS::Partition>:iam::<AWS::AccountId>:role/[a-z]'),
    resource: CI,
    reason: 'the roles of stacks of this environment by the beginning of their names; those of the platform are denied',
  },
  {
    rule: IAM5('Resource::\\["arn:\\$\\{AWS::Partition\\}:ecs:.*\\$\\{Cluster\\}/'),
    resource: CI,
    reason: 'services and tasks of one cluster; AWS makes the rest of their ARNs',
  },
  {
    rule: IAM5('Resource::arn:<AWS::Partition>:(ecs|scheduler|cloudwatch):<AWS::Region>:<AWS::AccountId>:[a-zA-Z:/-]+'),
    resource: CI,
    reason: 'what stacks of this environment make, by the beginning of their names, and the alarms of autoscaling',
  },
  {
    rule: IAM5('Resource::arn:<AWS::Partition>:(elasticloadbalancing|ec2|acm):<AWS::Region>:<AWS::AccountId>:'),
    resource: CI,
    reason: 'AWS makes these ids; a condition on the tag of the environment or on the VPC says which are meant',
  },
  {
    rule: IAM5('Resource::arn:<AWS::Partition>:application-autoscaling:<AWS::Region>:<AWS::AccountId>:scalable-target/'),
    resource: CI,
    reason: 'AWS makes these ids; a condition holds them to ECS',
  },
  {
    rule: IAM5('Resource::\\["\\$\\{Bucket\\}/releases/'),
    resource: CI,
    reason: 'the releases of every app of this environment',
  },
  {
    rule: IAM5('Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/'),
    resource: CI,
    reason: 'the log groups of every app of this environment',
  },
  {
    rule: IAM5('Resource::arn:<AWS::Partition>:ecr:'),
    resource: CI,
    reason: 'an app may come from any repository, also of another account; images are read, and tagged in this account',
  },
  {
    rule: IAM5('Resource::arn:<AWS::Partition>:secretsmanager:'),
    resource: CI,
    reason: 'whether a secret exists, for any that an app may name; reading values is denied',
  },
  {
    rule: IAM5('Resource::arn:<AWS::Partition>:route53:::change/'),
    resource: CI,
    reason: 'AWS makes these ids when a record changes',
  },
];

const APPS: readonly Suppression[] = [
  {
    rule: /-EC23$/,
    resource: /LoadBalancerSecurityGroup$/,
    reason: 'the rule cannot read the range of the VPC, which is a parameter; public ones are for everybody, on their own ports',
  },
  {
    rule: /-ECS2$/,
    resource: /TaskDefinition$/,
    reason:
      'configuration variables are the contract of `env`; what is secret is in `secrets`, by reference, and a likeness is warned of',
  },
  {
    rule: /-ELB2$/,
    resource: /LoadBalancer$/,
    reason: 'access logs need a bucket and cost by the request; tasks log what they serve',
  },
  {
    rule: IAM5('Resource::\\*\\]'),
    resource: /^TaskRole$/,
    reason:
      'AWS knows no resource for the session channels of `exec` and for describing log groups; the rest is the `policy` file',
  },
  {
    rule: IAM5('Resource::\\*\\]'),
    resource: /^AppInfrastructureRole$/,
    reason: 'AWS knows no resource for describing load balancers',
  },
  {
    rule: IAM5('Resource::arn:<AWS::Partition>:ecs:'),
    resource: /ScheduleRole$/,
    reason: 'every revision of one task definition, and tagging the task that is started',
  },
  {
    rule: IAM5('Resource::arn:<AWS::Partition>:kms:'),
    resource: /^ExecutionRole$/,
    reason: 'whichever key encrypts the secrets, but only through their service and only for their ARNs',
  },
  {
    rule: IAM5('Resource::arn:aws:s3:::reference-uploads/'),
    resource: /^TaskRole$/,
    reason: 'written in the `policy` file of the sample app',
  },
];

const isAbout = ({ rule, resource }: Suppression, finding: NagFinding): boolean =>
  rule.test(finding.rule) && resource.test(finding.resource);

const WORST = {
  Resources: {
    Open: { Type: 'AWS::S3::Bucket', Properties: {} },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Statement: [] },
        Policies: [{ PolicyName: 'all', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }],
      },
    },
  },
};

describe('the AWS Solutions rules of cdk-nag', function () {
  this.timeout(120_000);

  const apps = (): string[] =>
    goldenCases()
      .filter(({ name }) => name === 'samples')
      .flatMap(({ expected }) =>
        [...goldenFiles(expected)].flatMap(([name, text]) => (name.endsWith('.template.json') ? [text] : [])),
      );

  for (const [what, templates, suppressions] of [
    ['every platform', () => platformGoldens().map(({ text }) => text), PLATFORM],
    ['every sample app', apps, APPS],
  ] as const) {
    it(`find nothing unexplained in ${what}, and need every explanation`, () => {
      const all = templates();
      expect(all.length).to.be.greaterThan(5);
      const findings = all.flatMap(nag);
      const unexplained = findings.filter((finding) => !suppressions.some((known) => isAbout(known, finding)));
      expect([...new Set(unexplained.map(({ rule, resource, text }) => `${rule} ${resource}: ${text}`))]).to.deep.equal([]);
      const idle = suppressions.filter((known) => !findings.some((finding) => isAbout(known, finding)));
      expect(idle.map(({ rule, resource }) => `${rule} ${resource}`)).to.deep.equal([]);
    });
  }

  it('find an open bucket and a role that may do everything', () => {
    const rules = nag(JSON.stringify(WORST)).map(({ rule }) => rule);
    expect(rules).to.include.members(['AwsSolutions-S1', 'AwsSolutions-S10', 'AwsSolutions-IAM5[Resource::*]']);
  });
});
