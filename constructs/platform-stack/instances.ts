import type { Ground } from '../../lib/model/ground.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Parameter, Resource } from '../../lib/model/template.js';
import { getAtt, ref, sub } from '../resource.js';
import { allow, policyDocument } from '../roles/role.js';
import { clusterArnOf, clusterNameOf } from './cluster.js';
import { subnetIds, vpcId } from './network.js';
import { ground, groundTags } from './resource.js';

/** Seconds after which a host is drained and replaced, so that new images of the system come in without a hand: two weeks. */
const HOST_LIFETIME = 14 * 24 * 3600;

/** Whether the platform makes hosts of its own. */
export const makesInstances = ({ platform, capacityProvider }: Ground): boolean =>
  platform.capacity === 'ec2' && capacityProvider.kind === 'none';

/** The newest ECS-optimised image, through AWS's own parameter. */
export function instanceParameters(input: Ground): Parameter[] {
  if (!makesInstances(input)) return [];
  const arch = input.platform.arch === 'arm64' ? 'arm64/' : '';
  return [
    {
      id: 'HostImage',
      type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      default: `/aws/service/ecs/optimized-ami/amazon-linux-2023/${arch}recommended/image_id`,
      description: 'Newest image of the system for hosts',
    },
  ];
}

/** Hosts: launch template, group, and the capacity provider that sizes the group by what tasks need. */
export function instanceResources(input: Ground): Resource[] {
  if (!makesInstances(input)) return [];
  const { platform } = input;
  return [...hostRole(input), hostGroup(platform), launchTemplate(input), scalingGroup(input), provider(platform)];
}

function hostRole(input: Ground): Resource[] {
  const { platform } = input;
  const { permissionsBoundary: boundary } = platform;
  return [
    ground({
      id: 'HostRole',
      type: 'AWS::IAM::Role',
      properties: {
        AssumeRolePolicyDocument: policyDocument([
          { Effect: 'Allow', Principal: { Service: sub(`ec2.\${AWS::URLSuffix}`) }, Action: 'sts:AssumeRole' },
        ]),
        PermissionsBoundary: boundary.kind === 'given' ? boundary.value : undefined,
        Policies: [{ PolicyName: 'Agent', PolicyDocument: policyDocument(agentStatements(clusterArnOf(input))) }],
        Tags: groundTags(platform),
      },
      key: 'CAPACITY',
    }),
    ground({
      id: 'HostProfile',
      type: 'AWS::IAM::InstanceProfile',
      properties: { Roles: [ref('HostRole')] },
      key: 'CAPACITY',
    }),
  ];
}

/** What the ECS agent does, on this cluster only where AWS can tell. */
function agentStatements(cluster: Json): JsonObject[] {
  const ours = { ArnEquals: { 'ecs:cluster': cluster } };
  return [
    allow(
      [
        'ecs:DeregisterContainerInstance',
        'ecs:RegisterContainerInstance',
        'ecs:SubmitAttachmentStateChanges',
        'ecs:SubmitContainerStateChange',
        'ecs:SubmitTaskStateChange',
      ],
      cluster,
    ),
    allow(['ecs:Poll', 'ecs:StartTelemetrySession', 'ecs:UpdateContainerInstancesState'], '*', ours),
    // AWS knows no resource for it.
    allow('ecs:DiscoverPollEndpoint', '*'),
  ];
}

/** Tasks have network cards of their own, so nobody needs to reach the host. */
function hostGroup(platform: Platform): Resource {
  return ground({
    id: 'HostSecurityGroup',
    type: 'AWS::EC2::SecurityGroup',
    properties: {
      GroupDescription: 'Hosts of tasks; nobody may connect to them',
      VpcId: vpcId(platform),
      SecurityGroupEgress: [
        { CidrIp: '0.0.0.0/0', Description: 'out to everywhere', IpProtocol: '-1' },
        { CidrIpv6: '::/0', Description: 'out to everywhere', IpProtocol: '-1' },
      ],
      Tags: groundTags(platform, 'hosts'),
    },
    key: 'CAPACITY',
  });
}

const START = [
  '#!/bin/bash',
  'cat >> /etc/ecs/ecs.config <<EOF',
  `ECS_CLUSTER=\${Name}`,
  'ECS_AWSVPC_BLOCK_IMDS=true',
  'ECS_ENABLE_SPOT_INSTANCE_DRAINING=true',
  'ECS_ENABLE_TASK_IAM_ROLE=true',
  'ECS_IMAGE_PULL_BEHAVIOR=once',
  'EOF',
  '',
].join('\n');

function launchTemplate(input: Ground): Resource {
  const { platform } = input;
  return ground({
    id: 'HostTemplate',
    type: 'AWS::EC2::LaunchTemplate',
    properties: {
      TagSpecifications: [{ ResourceType: 'launch-template', Tags: groundTags(platform, 'host') }],
      LaunchTemplateData: {
        ImageId: ref('HostImage'),
        InstanceType: platform.instanceType,
        IamInstanceProfile: { Arn: getAtt('HostProfile', 'Arn') },
        SecurityGroupIds: [getAtt('HostSecurityGroup', 'GroupId')],
        BlockDeviceMappings: [
          { DeviceName: '/dev/xvda', Ebs: { DeleteOnTermination: true, Encrypted: true, VolumeSize: 50, VolumeType: 'gp3' } },
        ],
        MetadataOptions: { HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 1, HttpTokens: 'required' },
        Monitoring: { Enabled: true },
        UserData: { 'Fn::Base64': sub(START, { Name: clusterNameOf(input) }) },
        TagSpecifications: ['instance', 'volume'].map((type) => ({ ResourceType: type, Tags: groundTags(platform, 'host') })),
      },
    },
    key: 'INSTANCE_TYPE',
  });
}

/**
 * The provider drains hosts that go; the group only has bounds. No host is protected from scale-in: CloudFormation deletes a group by
 * scaling it to 0 and waits in vain for protected hosts, whose protection nobody takes away when the provider has gone before.
 *
 * @see https://github.com/aws/aws-cdk/issues/18179
 * @see https://github.com/aws/containers-roadmap/issues/2862
 */
function scalingGroup(input: Ground): Resource {
  const { platform } = input;
  return ground({
    id: 'HostGroup',
    type: 'AWS::AutoScaling::AutoScalingGroup',
    properties: {
      VPCZoneIdentifier: subnetIds(input, 'Private'),
      MinSize: String(platform.minSize),
      MaxSize: String(platform.maxSize),
      LaunchTemplate: { LaunchTemplateId: ref('HostTemplate'), Version: getAtt('HostTemplate', 'LatestVersionNumber') },
      MaxInstanceLifetime: HOST_LIFETIME,
      // A new host first, then the old one: tasks have somewhere to go.
      InstanceMaintenancePolicy: { MinHealthyPercentage: 100, MaxHealthyPercentage: 110 },
      HealthCheckType: 'EC2',
      HealthCheckGracePeriod: 120,
      // ECS adds this one by itself; said here so that a later update does not take it away.
      Tags: [
        { Key: 'AmazonECSManaged', PropagateAtLaunch: true, Value: 'true' },
        ...groundTags(platform, 'host').map((tag) => ({ ...tag, PropagateAtLaunch: true })),
      ],
    },
    updatePolicy: oneByOne(platform),
    key: 'MAX_SIZE',
  });
}

/**
 * A new image, type or setting replaces the hosts one by one; each is drained by the capacity provider's hook before it goes. What would
 * end or start hosts meanwhile is suspended.
 */
function oneByOne({ minSize, maxSize }: Platform): JsonObject {
  return {
    AutoScalingRollingUpdate: {
      MaxBatchSize: 1,
      // Below the largest size, or there would be no room for one more.
      MinInstancesInService: Math.min(minSize, maxSize - 1),
      PauseTime: 'PT2M',
      SuspendProcesses: ['AZRebalance', 'AlarmNotification', 'HealthCheck', 'ReplaceUnhealthy', 'ScheduledActions'],
    },
    // Capacity is ECS's business: an update must not set it back.
    AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true },
  };
}

/**
 * Without protection a host with tasks may be the one that goes. Draining moves its services first, within their deployment's bounds, and
 * lets tasks that belong to no service run to their end.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-draining.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html
 */
function provider(platform: Platform): Resource {
  return ground({
    id: 'CapacityProvider',
    type: 'AWS::ECS::CapacityProvider',
    properties: {
      AutoScalingGroupProvider: {
        AutoScalingGroupArn: ref('HostGroup'),
        ManagedDraining: 'ENABLED',
        ManagedScaling: { InstanceWarmupPeriod: 120, Status: 'ENABLED', TargetCapacity: 100 },
        ManagedTerminationProtection: 'DISABLED',
      },
      Tags: groundTags(platform),
    },
    key: 'CAPACITY',
  });
}
