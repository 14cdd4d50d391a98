import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { ECS } from '@aws-sdk/client-ecs';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SSM } from '@aws-sdk/client-ssm';
import type { Keys } from './ci-keys.js';

interface Settings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Keys;
}

interface Denied {
  readonly what: string;
  readonly roles: readonly ('plan' | 'deploy')[];
  readonly call: (settings: Settings) => Promise<unknown>;
}

const BOTH = ['plan', 'deploy'] as const;
const PLAN = ['plan'] as const;
const DEPLOY = ['deploy'] as const;

const Bucket = 'empire-default-releases-123456789012-us-east-1';
const ADMIN = 'arn:aws:iam::123456789012:role/admin';
const TASK = 'arn:aws:ecs:us-east-1:123456789012:task/main/0123';
const OWN = 'arn:aws:ecs:us-east-1:123456789012:task-definition/empire-hello_web:1';
const changeSet = { ChangeSetName: 'change', TemplateBody: '{"Resources":{}}' };

/** What no pipeline may do, and what only one of them may. */
export const DENIED: readonly Denied[] = [
  { what: 'deleting the bucket', roles: BOTH, call: (s) => s3(s).deleteBucket({ Bucket }) },
  {
    what: 'deleting a release',
    roles: BOTH,
    call: (s) => s3(s).deleteObject({ Bucket, Key: 'releases/default/hello/purged.json' }),
  },
  { what: 'opening the bucket to others', roles: BOTH, call: (s) => s3(s).putBucketPolicy({ Bucket, Policy: '{}' }) },
  {
    what: 'writing a release of another environment',
    roles: BOTH,
    call: (s) => s3(s).putObject({ Bucket, Key: 'releases/production/hello/objects/1', Body: '{}' }),
  },
  {
    what: 'reading a release of another environment',
    roles: BOTH,
    call: (s) => s3(s).getObject({ Bucket, Key: 'releases/production/hello/objects/1' }),
  },
  {
    what: 'writing a release while planning',
    roles: PLAN,
    call: (s) => s3(s).putObject({ Bucket, Key: 'releases/default/hello/objects/1', Body: '{}' }),
  },
  {
    what: 'looking at another environment’s stack',
    roles: BOTH,
    call: (s) => stacks(s).describeStacks({ StackName: 'empire-production--hello' }),
  },
  {
    what: 'changing another environment’s stack',
    roles: BOTH,
    call: (s) => stacks(s).createChangeSet({ StackName: 'empire-production--hello', ...changeSet }),
  },
  { what: 'deleting somebody’s stack', roles: BOTH, call: (s) => stacks(s).deleteStack({ StackName: 'other-hello' }) },
  { what: 'deleting the platform', roles: BOTH, call: (s) => stacks(s).deleteStack({ StackName: 'empire-platform' }) },
  {
    what: 'changing the platform',
    roles: BOTH,
    call: (s) => stacks(s).createChangeSet({ StackName: 'empire-platform', ...changeSet }),
  },
  {
    what: 'creating a change set while planning',
    roles: PLAN,
    call: (s) => stacks(s).createChangeSet({ StackName: 'empire-hello', ...changeSet }),
  },
  { what: 'deleting an app while planning', roles: PLAN, call: (s) => stacks(s).deleteStack({ StackName: 'empire-hello' }) },
  {
    what: 'handing a stack another role',
    roles: DEPLOY,
    call: (s) => stacks(s).createChangeSet({ StackName: 'empire-hello', RoleARN: ADMIN, ...changeSet }),
  },
  {
    what: 'handing a task another role',
    roles: DEPLOY,
    call: (s) => ecs(s).runTask({ cluster: 'main', taskDefinition: OWN, overrides: { taskRoleArn: ADMIN } }),
  },
  { what: 'running a task while planning', roles: PLAN, call: (s) => ecs(s).runTask({ cluster: 'main', taskDefinition: OWN }) },
  {
    what: 'running a task of another environment',
    roles: BOTH,
    call: (s) => ecs(s).runTask({ cluster: 'main', taskDefinition: OWN.replace('empire-', 'empire-production--') }),
  },
  { what: 'stopping a task while planning', roles: PLAN, call: (s) => ecs(s).stopTask({ cluster: 'main', task: TASK }) },
  {
    what: 'opening a session in a task',
    roles: BOTH,
    call: (s) => ecs(s).executeCommand({ cluster: 'main', task: TASK, command: 'sh', interactive: true }),
  },
  { what: 'deleting the cluster', roles: BOTH, call: (s) => ecs(s).deleteCluster({ cluster: 'main' }) },
  { what: 'reading a secret', roles: BOTH, call: (s) => new SecretsManager(s).getSecretValue({ SecretId: 'hello/api' }) },
  {
    what: 'reading a secret parameter',
    roles: BOTH,
    call: (s) =>
      new SSM(s).getParameters({ Names: ['/empire/default/vpc-id', '/empire/default/hello/API_KEY'], WithDecryption: true }),
  },
  {
    what: 'moving the ground of the apps',
    roles: BOTH,
    call: (s) => new SSM(s).putParameter({ Name: '/empire/default/vpc-id', Value: 'vpc-1', Overwrite: true }),
  },
  {
    what: 'giving itself more',
    roles: BOTH,
    call: (s) => iam(s).putRolePolicy({ RoleName: 'empire-platform-ci-deploy', PolicyName: 'more', PolicyDocument: '{}' }),
  },
  {
    what: 'attaching a policy of AWS to itself',
    roles: BOTH,
    call: (s) =>
      iam(s).attachRolePolicy({
        RoleName: 'empire-platform-ci-deploy',
        PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
  },
  {
    what: 'letting others take it on',
    roles: BOTH,
    call: (s) => iam(s).updateAssumeRolePolicy({ RoleName: 'empire-platform-ci-plan', PolicyDocument: '{}' }),
  },
  { what: 'making a user', roles: BOTH, call: (s) => iam(s).createUser({ UserName: 'me' }) },
  { what: 'deleting the network', roles: BOTH, call: (s) => new EC2(s).deleteVpc({ VpcId: 'vpc-1' }) },
  {
    what: 'deleting a log',
    roles: BOTH,
    call: (s) => new CloudWatchLogs(s).deleteLogGroup({ logGroupName: '/empire/default/hello' }),
  },
  {
    what: 'pushing an image while planning',
    roles: PLAN,
    call: (s) => new ECR(s).putImage({ repositoryName: 'example/hello', imageManifest: '{}', imageTag: 'v1' }),
  },
];

const s3 = (settings: Settings) => new S3({ ...settings, forcePathStyle: true });
const stacks = (settings: Settings) => new CloudFormation(settings);
const ecs = (settings: Settings) => new ECS(settings);
const iam = (settings: Settings) => new IAM(settings);
