import { Failure } from '../failure.js';
import type { OutsideCode } from '../model/windows.js';

/** A scripted refusal of a call, in the words that the real window of the service uses. */
export function refusedCall(call: string, code: OutsideCode): Failure {
  const { where, what, hint } = WORDS[code](call);
  return new Failure(where, what, hint, code);
}

interface Words {
  readonly where: string;
  readonly what: string;
  readonly hint: string;
}

const WORDS: Readonly<Record<OutsideCode, (call: string) => Words>> = {
  'permission-denied': (call) => ({
    where: call,
    what: `no permission for \`${actionOf(call)}\` on *`,
    hint: `let the role you use do \`${actionOf(call)}\`, or use another profile`,
  }),
  'credentials-expired': () => ({
    where: 'AWS credentials',
    what: 'they have expired',
    hint: 'log in again: `aws sso login`, then run the command once more',
  }),
  'credentials-missing': () => ({ where: 'AWS credentials', what: 'there are none', hint: 'log in: `aws sso login`' }),
  'region-missing': () => ({
    where: 'AWS region',
    what: 'no region is set',
    hint: 'say it with --region, AWS_REGION, or REGION in the file `platform`',
  }),
  'outside-refused': (call) => ({
    where: call,
    what: 'AWS refused: the script of this rehearsal asked for it',
    hint: 'see what it still does: empire rehearsal show',
  }),
  throttled: (call) => ({
    where: call,
    what: 'AWS says that there are too many calls, also after waiting: Rate exceeded',
    hint: 'wait a minute, then run the command once more',
  }),
  'outside-broken': (call) => ({
    where: call,
    what: 'AWS could not answer: status 500',
    hint: 'this is on the side of AWS, here of the script; run the command once more',
  }),
  network: () => ({
    where: 'network',
    what: 'no answer from AWS: connection reset',
    hint: 'check the connection, a proxy or VPN, then run the command once more',
  }),
};

/** The IAM action behind a method of a window. */
const ACTIONS: Readonly<Record<string, string>> = {
  'identity.caller': 'sts:GetCallerIdentity',
  'stacks.describe': 'cloudformation:DescribeStacks',
  'stacks.list': 'cloudformation:DescribeStacks',
  'stacks.template': 'cloudformation:GetTemplate',
  'stacks.resources': 'cloudformation:ListStackResources',
  'stacks.events': 'cloudformation:DescribeStackEvents',
  'stacks.createChangeSet': 'cloudformation:CreateChangeSet',
  'stacks.changeSet': 'cloudformation:DescribeChangeSet',
  'stacks.executeChangeSet': 'cloudformation:ExecuteChangeSet',
  'stacks.deleteChangeSet': 'cloudformation:DeleteChangeSet',
  'stacks.cancelUpdate': 'cloudformation:CancelUpdateStack',
  'stacks.continueRollback': 'cloudformation:ContinueUpdateRollback',
  'stacks.delete': 'cloudformation:DeleteStack',
  'store.put': 's3:PutObject',
  'store.get': 's3:GetObject',
  'store.list': 's3:ListBucket',
  'store.remove': 's3:DeleteObjectVersion',
  'store.exists': 's3:ListBucket',
  'store.bucket': 's3:GetBucketVersioning',
  'store.removeBucket': 's3:DeleteBucket',
  'registry.resolve': 'ecr:BatchGetImage',
  'registry.keep': 'ecr:PutImage',
  'services.services': 'ecs:DescribeServices',
  'services.tasks': 'ecs:ListTasks',
  'services.taskDefinition': 'ecs:DescribeTaskDefinition',
  'services.runTask': 'ecs:RunTask',
  'services.stopTask': 'ecs:StopTask',
  'services.execute': 'ecs:ExecuteCommand',
  'services.cluster': 'ecs:DescribeClusters',
  'balancers.targetHealth': 'elasticloadbalancing:DescribeTargetHealth',
  'balancers.ruleWeights': 'elasticloadbalancing:DescribeRules',
  'balancers.balancer': 'elasticloadbalancing:DescribeLoadBalancers',
  'logs.read': 'logs:GetLogEvents',
  'logs.filter': 'logs:FilterLogEvents',
  'logs.removeGroup': 'logs:DeleteLogGroup',
  'parameters.existing': 'ssm:DescribeParameters',
  'parameters.values': 'ssm:GetParameters',
  'parameters.putSecret': 'ssm:PutParameter',
  'parameters.remove': 'ssm:DeleteParameter',
  'secrets.exists': 'secretsmanager:DescribeSecret',
  'certificates.describe': 'acm:DescribeCertificate',
  'network.vpc': 'ec2:DescribeVpcs',
  'network.subnets': 'ec2:DescribeSubnets',
  'network.groupVpc': 'ec2:DescribeSecurityGroups',
  'network.zone': 'route53:GetHostedZone',
  'roles.exists': 'iam:GetRole',
  'roles.createServiceLinked': 'iam:CreateServiceLinkedRole',
  'roles.policyExists': 'iam:GetPolicy',
  'roles.providerAudiences': 'iam:GetOpenIDConnectProvider',
};

/** Names of calls that a script can refuse. */
export const CALLS: readonly string[] = Object.keys(ACTIONS);

const actionOf = (call: string): string => ACTIONS[call] ?? call;
