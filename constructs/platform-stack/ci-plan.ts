import type { Ground } from '../../lib/model/ground.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import { arnOf, sub } from '../resource.js';
import { allow } from '../roles/role.js';
import { releasesBucketArn } from './bucket.js';
import { deny, foreignPatterns, stackArn, stackPattern } from './ci-names.js';
import { clusterArnOf, clusterNameOf } from './cluster.js';
import { zoneIdOf } from './names.js';
import { publishedValues } from './published.js';

/** What `diff`, `check` and every reading command ask about an app. No value of a secret is among it. */
export function planStatements(input: Ground): JsonObject[] {
  return [...readStacks(input), ...readReleases(input), ...readPublished(input), ...readServices(input), ...NO_SECRETS];
}

/** The platform's own stack too, but not those of other environments. */
function readStacks({ platform }: Ground): JsonObject[] {
  const [, ...others] = foreignPatterns(platform);
  return [
    allow(
      [
        'cloudformation:DescribeStackEvents',
        'cloudformation:DescribeStacks',
        'cloudformation:GetTemplate',
        'cloudformation:ListStackResources',
      ],
      stackArn(stackPattern(platform)),
    ),
    ...others.map((pattern) => deny('cloudformation:*', stackArn(pattern))),
  ];
}

function readReleases(input: Ground): JsonObject[] {
  const bucket = releasesBucketArn(input);
  return [allow(['s3:GetBucketVersioning', 's3:ListBucket'], bucket), allow('s3:GetObject', releaseObjects(input))];
}

/** The objects of this environment. */
export const releaseObjects = (input: Ground): Json =>
  sub(`\${Bucket}/releases/${input.platform.environment}/*`, { Bucket: releasesBucketArn(input) });

/** Exactly the names that the platform publishes: the secrets of apps may lie beside them. */
function readPublished(input: Ground): JsonObject[] {
  const { prefix, environment } = input.platform;
  const names = publishedValues(input).map(([name]) => arnOf('ssm', `parameter/${prefix}/${environment}/${name}`));
  return [allow('ssm:GetParameters', names)];
}

function readServices(input: Ground): JsonObject[] {
  const { platform } = input;
  const names = { Cluster: clusterNameOf(input) };
  const inCluster = (what: string): Json =>
    sub(`arn:\${AWS::Partition}:ecs:\${AWS::Region}:\${AWS::AccountId}:${what}/\${Cluster}/*`, names);
  return [
    allow('ecs:DescribeServices', inCluster('service')),
    allow('ecs:DescribeTasks', inCluster('task')),
    allow('ecs:ListTasks', '*', { ArnEquals: { 'ecs:cluster': clusterArnOf(input) } }),
    allow('logs:GetLogEvents', arnOf('logs', `log-group:/${platform.prefix}/${platform.environment}/*`)),
    // Whichever account an app's images are in.
    allow(
      ['ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:GetDownloadUrlForLayer'],
      sub(`arn:\${AWS::Partition}:ecr:*:*:repository/*`),
    ),
    // `check` looks whether adopted ground is as the platform file says.
    allow('ecs:DescribeClusters', clusterArnOf(input)),
    allow('route53:GetHostedZone', sub(`arn:\${AWS::Partition}:route53:::hostedzone/\${Id}`, { Id: zoneIdOf(input) })),
    allow('acm:DescribeCertificate', arnOf('acm', 'certificate/*')),
    allow('secretsmanager:DescribeSecret', arnOf('secretsmanager', 'secret:*')),
    ...readIdentities(input),
    // AWS knows no resource for these.
    allow(
      [
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
        'ecs:DescribeTaskDefinition',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeRules',
        'elasticloadbalancing:DescribeTargetHealth',
        'ssm:DescribeParameters',
      ],
      '*',
    ),
  ];
}

/** `check` looks whether they are there. */
function readIdentities({ platform, github }: Ground): JsonObject[] {
  const { permissionsBoundary: boundary } = platform;
  const provider = github.kind === 'given' ? github.value.provider : github;
  return [
    ...(boundary.kind === 'given' ? [allow('iam:GetPolicy', boundary.value)] : []),
    ...(provider.kind === 'given' ? [allow('iam:GetOpenIDConnectProvider', provider.value)] : []),
  ];
}

/** Whatever else the role is given by hand: that a secret exists may be seen, its value may not. */
const NO_SECRETS: readonly JsonObject[] = [
  deny('secretsmanager:GetSecretValue', '*'),
  deny('kms:Decrypt', '*', { StringLike: { 'kms:ViaService': ['secretsmanager.*', 'ssm.*'] } }),
];
