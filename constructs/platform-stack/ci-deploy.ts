import type { Ground } from '../../lib/model/ground.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import { arnOf, sub } from '../resource.js';
import { allow } from '../roles/role.js';
import { loadBalancing } from './ci-load-balancing.js';
import { deny, foreignPatterns, ours, roleArn, shortPattern, stackArn, stackPattern, unlessForeign } from './ci-names.js';
import { releaseObjects } from './ci-plan.js';
import { clusterArnOf, clusterNameOf } from './cluster.js';
import { zoneIdOf } from './names.js';
import { vpcId } from './network.js';

/**
 * What a deploy of an app does: CloudFormation makes the stack's resources in the name of whoever asks for it. The platform's own
 * stack and roles are out of reach, so that a pipeline cannot give itself more.
 */
export function stackStatements(input: Ground): JsonObject[] {
  return [
    ...stacks(input),
    ...roles(input),
    ...services(input),
    ...scaling(input.platform),
    ...schedulesAndLogs(input.platform),
    ...foreignThings(input.platform),
  ];
}

/** The rest of it: how traffic comes in, and by which names. */
export function trafficStatements(input: Ground): JsonObject[] {
  return [...loadBalancing(input), ...securityGroups(input), ...names(input)];
}

const actions = (service: string, ...words: readonly string[]): string[] => words.map((word) => `${service}:${word}`);

function stacks(input: Ground): JsonObject[] {
  const { platform } = input;
  return [
    allow(
      actions('cloudformation', 'CancelUpdateStack', 'ContinueUpdateRollback', '*ChangeSet', 'DeleteStack'),
      stackArn(stackPattern(platform)),
    ),
    deny(
      actions('cloudformation', 'Cancel*', 'Continue*', 'Create*', 'Delete*', 'Execute*', 'Update*'),
      foreignPatterns(platform).map((pattern) => stackArn(pattern)),
    ),
    allow('s3:PutObject', releaseObjects(input)),
    // Keeps the image of a release: the same manifest under one more tag.
    allow('ecr:PutImage', arnOf('ecr', 'repository/*')),
  ];
}

/** Roles of apps, bounded when the platform says so, handed to nobody but those who run tasks. */
function roles({ platform }: Ground): JsonObject[] {
  const own = roleArn(shortPattern(platform));
  const { permissionsBoundary: boundary } = platform;
  const growing = actions('iam', 'CreateRole', 'PutRolePermissionsBoundary', 'PutRolePolicy');
  const bounded = boundary.kind === 'given' ? { StringEquals: { 'iam:PermissionsBoundary': boundary.value } } : undefined;
  return [
    allow(growing, own, bounded),
    allow(
      [
        ...actions('iam', 'DeleteRole', 'DeleteRolePolicy', 'GetRole*', 'List*', 'TagRole', 'UntagRole', 'Update*'),
        ...(boundary.kind === 'given' ? [] : ['iam:DeleteRolePermissionsBoundary']),
      ],
      own,
    ),
    allow('iam:PassRole', own, {
      StringEquals: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com', 'scheduler.amazonaws.com'] },
    }),
    deny(
      'iam:*',
      foreignPatterns(platform).map((pattern) => roleArn(pattern)),
    ),
  ];
}

function services(input: Ground): JsonObject[] {
  const pattern = stackPattern(input.platform);
  const cluster = { Cluster: clusterNameOf(input) };
  const arn = (rest: string): Json => sub(`arn:\${AWS::Partition}:ecs:\${AWS::Region}:\${AWS::AccountId}:${rest}`, cluster);
  const inCluster = { ArnEquals: { 'ecs:cluster': clusterArnOf(input) } };
  const definitions = arnOf('ecs', `task-definition/${pattern}:*`);
  const own = [arn(`service/\${Cluster}/${pattern}`), arn(`service-deployment/\${Cluster}/${pattern}`)];
  return [
    allow(actions('ecs', 'CreateService', 'DeleteService', 'DescribeService*', 'ListServiceDeployments', 'UpdateService'), [
      ...own,
      arn(`service-revision/\${Cluster}/${pattern}`),
    ]),
    allow(actions('ecs', 'RegisterTaskDefinition', 'DeleteTaskDefinitions'), definitions),
    allow('ecs:RunTask', definitions, inCluster),
    allow('ecs:StopTask', arn(`task/\${Cluster}/*`), inCluster),
    allow(actions('ecs', 'TagResource', 'UntagResource'), [own[0] as Json, definitions, arn(`task/\${Cluster}/*`)]),
    // AWS knows no resource for it.
    allow('ecs:DeregisterTaskDefinition', '*'),
  ];
}

function securityGroups({ platform }: Ground): JsonObject[] {
  const groups = arnOf('ec2', 'security-group/*');
  const vpc = sub(`arn:\${AWS::Partition}:ec2:\${AWS::Region}:\${AWS::AccountId}:vpc/\${Vpc}`, { Vpc: vpcId(platform) });
  const changing = actions(
    'ec2',
    'AuthorizeSecurityGroup*',
    'DeleteSecurityGroup',
    'RevokeSecurityGroup*',
    '*SecurityGroupRule*',
  );
  return [
    allow('ec2:CreateSecurityGroup', [groups, vpc]),
    allow(changing, groups, { ArnEquals: { 'ec2:Vpc': vpc } }),
    allow('ec2:AuthorizeSecurityGroup*', arnOf('ec2', 'security-group-rule/*')),
    allow(actions('ec2', 'CreateTags', 'DeleteTags'), groups, unlessForeign(platform)),
    // AWS knows no resource for these.
    allow(
      actions(
        'ec2',
        ...['DescribeAccountAttributes', 'DescribeInternetGateways', 'DescribeNetworkInterfaces', 'DescribeSecurityGroup*'],
        ...['DescribeSubnets', 'DescribeVpcs'],
      ),
      '*',
    ),
  ];
}

function scaling(platform: Platform): JsonObject[] {
  const targets = arnOf('application-autoscaling', 'scalable-target/*');
  const ecs = { StringEquals: { 'application-autoscaling:service-namespace': 'ecs' } };
  return [
    allow(
      actions('application-autoscaling', 'DeleteS*', 'DeregisterScalableTarget', 'PutS*', 'RegisterScalableTarget'),
      targets,
      ecs,
    ),
    allow(actions('application-autoscaling', 'ListTagsForResource', 'TagResource', 'UntagResource'), targets),
    // A policy that follows a metric has alarms of its own.
    allow(actions('cloudwatch', 'DeleteAlarms', 'ListTagsForResource', 'PutMetricAlarm', 'TagResource', 'UntagResource'), [
      arnOf('cloudwatch', `alarm:${stackPattern(platform)}`),
      arnOf('cloudwatch', 'alarm:TargetTracking-service/*'),
    ]),
    allow('cloudwatch:DescribeAlarms', arnOf('cloudwatch', 'alarm:*')),
    // AWS knows no resource for these.
    allow('application-autoscaling:Describe*', '*'),
  ];
}

function schedulesAndLogs(platform: Platform): JsonObject[] {
  const { prefix, environment } = platform;
  return [
    allow(
      actions('scheduler', 'CreateSchedule', 'DeleteSchedule', 'GetSchedule', 'UpdateSchedule'),
      arnOf('scheduler', `schedule/default/${shortPattern(platform)}`),
    ),
    allow(
      actions(
        'logs',
        ...[
          'CreateLogGroup',
          'DeleteRetentionPolicy',
          'ListTagsForResource',
          'PutRetentionPolicy',
          'TagResource',
          'UntagResource',
        ],
      ),
      arnOf('logs', `log-group:/${prefix}/${environment}/*`),
    ),
    // AWS knows no resource for it.
    allow('logs:DescribeLogGroups', '*'),
  ];
}

/** What other environments named after their stacks, where the names of ours begin alike. */
function foreignThings(platform: Platform): JsonObject[] {
  const [, ...others] = foreignPatterns(platform);
  return others.map((pattern) =>
    deny(
      ['cloudwatch:*', 'ecs:*', 'scheduler:*'],
      [
        arnOf('cloudwatch', `alarm:${pattern}`),
        arnOf('ecs', `service/*/${pattern}`),
        arnOf('ecs', `task-definition/${pattern}`),
        arnOf('scheduler', `schedule/default/${pattern}`),
      ],
    ),
  );
}

/** Records and certificates. */
function names(input: Ground): JsonObject[] {
  const { platform } = input;
  const zone = (id: Json): Json => sub(`arn:\${AWS::Partition}:route53:::hostedzone/\${Id}`, { Id: id });
  const zones = [zoneIdOf(input), ...platform.publicZones.map(({ id }) => id)].map(zone);
  const certificates = arnOf('acm', 'certificate/*');
  return [
    allow(actions('route53', 'ChangeResourceRecordSets', 'GetHostedZone', 'ListResourceRecordSets'), zones),
    allow('route53:GetChange', sub(`arn:\${AWS::Partition}:route53:::change/*`)),
    allow(
      actions('acm', 'AddTagsToCertificate', 'ListTagsForCertificate', 'RemoveTagsFromCertificate'),
      certificates,
      unlessForeign(platform),
    ),
    allow('acm:DeleteCertificate', certificates, ours(platform)),
    // AWS knows no resource for it.
    allow('acm:RequestCertificate', '*'),
  ];
}
