import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../model/json.js';

/** Of one resource type: the page of the CloudFormation template reference, and what its "Update requires" lines say. */
interface UpdateRules {
  /** Below https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/. */
  readonly page: string;
  /** "Update requires: Replacement". All other properties: no interruption. */
  readonly replaces: readonly string[];
}

const RULE_TARGET = ['CidrIp', 'CidrIpv6', 'FromPort', 'GroupId', 'IpProtocol', 'ToPort'];

/** Written by hand from those pages, and not with the library that the plan uses: each is a check of the other. */
const RULES: Readonly<Record<string, UpdateRules>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    page: 'aws-resource-applicationautoscaling-scalabletarget.html',
    replaces: ['ResourceId', 'ScalableDimension', 'ServiceNamespace'],
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    page: 'aws-resource-applicationautoscaling-scalingpolicy.html',
    replaces: ['PolicyName', 'ResourceId', 'ScalableDimension', 'ScalingTargetId', 'ServiceNamespace'],
  },
  'AWS::CertificateManager::Certificate': {
    page: 'aws-resource-certificatemanager-certificate.html',
    replaces: [
      'CertificateAuthorityArn',
      'CertificateExport',
      'DomainName',
      'DomainValidationOptions',
      'KeyAlgorithm',
      'SubjectAlternativeNames',
      'ValidationMethod',
    ],
  },
  'AWS::CloudWatch::Alarm': { page: 'aws-resource-cloudwatch-alarm.html', replaces: ['AlarmName'] },
  'AWS::EC2::SecurityGroup': {
    page: 'aws-resource-ec2-securitygroup.html',
    replaces: ['GroupDescription', 'GroupName', 'VpcId'],
  },
  'AWS::EC2::SecurityGroupEgress': {
    page: 'aws-resource-ec2-securitygroupegress.html',
    replaces: [...RULE_TARGET, 'DestinationPrefixListId', 'DestinationSecurityGroupId'],
  },
  'AWS::EC2::SecurityGroupIngress': {
    page: 'aws-resource-ec2-securitygroupingress.html',
    replaces: [
      ...RULE_TARGET,
      'GroupName',
      'SourcePrefixListId',
      'SourceSecurityGroupId',
      'SourceSecurityGroupName',
      'SourceSecurityGroupOwnerId',
    ],
  },
  'AWS::ECS::Service': {
    page: 'aws-resource-ecs-service.html',
    replaces: ['Cluster', 'DeploymentController', 'LaunchType', 'Role', 'SchedulingStrategy', 'ServiceName'],
  },
  'AWS::ECS::TaskDefinition': {
    page: 'aws-resource-ecs-taskdefinition.html',
    replaces: [
      'ContainerDefinitions',
      'Cpu',
      'EnableFaultInjection',
      'EphemeralStorage',
      'ExecutionRoleArn',
      'Family',
      'InferenceAccelerators',
      'IpcMode',
      'Memory',
      'NetworkMode',
      'PidMode',
      'PlacementConstraints',
      'ProxyConfiguration',
      'RequiresCompatibilities',
      'RuntimePlatform',
      'TaskRoleArn',
      'Volumes',
    ],
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    page: 'aws-resource-elasticloadbalancingv2-listener.html',
    replaces: ['LoadBalancerArn'],
  },
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': {
    page: 'aws-resource-elasticloadbalancingv2-listenercertificate.html',
    replaces: ['ListenerArn'],
  },
  'AWS::ElasticLoadBalancingV2::ListenerRule': {
    page: 'aws-resource-elasticloadbalancingv2-listenerrule.html',
    replaces: ['ListenerArn'],
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    page: 'aws-resource-elasticloadbalancingv2-loadbalancer.html',
    replaces: ['Name', 'Scheme', 'Type'],
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    page: 'aws-resource-elasticloadbalancingv2-targetgroup.html',
    replaces: ['IpAddressType', 'Name', 'Port', 'Protocol', 'ProtocolVersion', 'TargetType', 'VpcId'],
  },
  'AWS::IAM::Role': { page: 'aws-resource-iam-role.html', replaces: ['Path', 'RoleName'] },
  'AWS::Logs::LogGroup': { page: 'aws-resource-logs-loggroup.html', replaces: ['LogGroupName'] },
  'AWS::Route53::RecordSet': {
    page: 'aws-resource-route53-recordset.html',
    replaces: ['HostedZoneId', 'HostedZoneName', 'Name'],
  },
  'AWS::Scheduler::Schedule': { page: 'aws-resource-scheduler-schedule.html', replaces: ['Name'] },
};

export const KNOWN_TYPES: readonly string[] = Object.keys(RULES);

export const isKnownType = (type: string): boolean => Object.hasOwn(RULES, type);

/** Whether a new value of this property needs a new thing. */
export function replaces(type: string, property: string): boolean {
  return RULES[type]?.replaces.includes(property) ?? false;
}

/** Names of the properties whose values differ. */
export function changedProperties(before: JsonObject, after: JsonObject): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
}
