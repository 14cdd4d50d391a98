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
  'AWS::AutoScaling::AutoScalingGroup': {
    page: 'aws-resource-autoscaling-autoscalinggroup.html',
    replaces: ['AutoScalingGroupName', 'InstanceId'],
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
  'AWS::EC2::DHCPOptions': {
    page: 'aws-resource-ec2-dhcpoptions.html',
    replaces: [
      'DomainName',
      'DomainNameServers',
      'Ipv6AddressPreferredLeaseTime',
      'NetbiosNameServers',
      'NetbiosNodeType',
      'NtpServers',
    ],
  },
  'AWS::EC2::EIP': {
    page: 'aws-resource-ec2-eip.html',
    replaces: ['Address', 'Domain', 'IpamPoolId', 'NetworkBorderGroup', 'TransferAddress'],
  },
  'AWS::EC2::InternetGateway': { page: 'aws-resource-ec2-internetgateway.html', replaces: [] },
  'AWS::EC2::LaunchTemplate': {
    page: 'aws-resource-ec2-launchtemplate.html',
    replaces: ['LaunchTemplateName'],
  },
  'AWS::EC2::NatGateway': {
    page: 'aws-resource-ec2-natgateway.html',
    replaces: ['AllocationId', 'AvailabilityMode', 'ConnectivityType', 'PrivateIpAddress', 'SubnetId', 'VpcId'],
  },
  'AWS::EC2::Route': {
    page: 'aws-resource-ec2-route.html',
    replaces: ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId', 'RouteTableId'],
  },
  'AWS::EC2::RouteTable': { page: 'aws-resource-ec2-routetable.html', replaces: ['VpcId'] },
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
  'AWS::EC2::Subnet': {
    page: 'aws-resource-ec2-subnet.html',
    replaces: [
      'AvailabilityZone',
      'AvailabilityZoneId',
      'CidrBlock',
      'Ipv4IpamPoolId',
      'Ipv4NetmaskLength',
      'Ipv6IpamPoolId',
      'Ipv6Native',
      'Ipv6NetmaskLength',
      'OutpostArn',
      'VpcId',
    ],
  },
  'AWS::EC2::SubnetRouteTableAssociation': {
    page: 'aws-resource-ec2-subnetroutetableassociation.html',
    replaces: ['RouteTableId', 'SubnetId'],
  },
  'AWS::EC2::VPC': {
    page: 'aws-resource-ec2-vpc.html',
    replaces: ['CidrBlock', 'Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'VpcEncryptionControl'],
  },
  'AWS::EC2::VPCDHCPOptionsAssociation': {
    page: 'aws-resource-ec2-vpcdhcpoptionsassociation.html',
    replaces: ['DhcpOptionsId', 'VpcId'],
  },
  'AWS::EC2::VPCEndpoint': {
    page: 'aws-resource-ec2-vpcendpoint.html',
    replaces: ['ResourceConfigurationArn', 'ServiceName', 'ServiceNetworkArn', 'ServiceRegion', 'VpcEndpointType', 'VpcId'],
  },
  'AWS::EC2::VPCGatewayAttachment': { page: 'aws-resource-ec2-vpcgatewayattachment.html', replaces: ['VpcId'] },
  'AWS::ECS::CapacityProvider': { page: 'aws-resource-ecs-capacityprovider.html', replaces: ['ClusterName', 'Name'] },
  'AWS::ECS::Cluster': { page: 'aws-resource-ecs-cluster.html', replaces: ['ClusterName'] },
  'AWS::ECS::ClusterCapacityProviderAssociations': {
    page: 'aws-resource-ecs-clustercapacityproviderassociations.html',
    replaces: ['Cluster'],
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
  'AWS::IAM::InstanceProfile': { page: 'aws-resource-iam-instanceprofile.html', replaces: ['InstanceProfileName', 'Path'] },
  'AWS::IAM::ManagedPolicy': {
    page: 'aws-resource-iam-managedpolicy.html',
    replaces: ['Description', 'ManagedPolicyName', 'Path'],
  },
  'AWS::IAM::OIDCProvider': { page: 'aws-resource-iam-oidcprovider.html', replaces: ['Url'] },
  'AWS::IAM::Role': { page: 'aws-resource-iam-role.html', replaces: ['Path', 'RoleName'] },
  'AWS::Logs::LogGroup': { page: 'aws-resource-logs-loggroup.html', replaces: ['LogGroupName'] },
  'AWS::Route53::RecordSet': {
    page: 'aws-resource-route53-recordset.html',
    replaces: ['HostedZoneId', 'HostedZoneName', 'Name'],
  },
  'AWS::Route53::HostedZone': { page: 'aws-resource-route53-hostedzone.html', replaces: ['Name'] },
  'AWS::S3::Bucket': {
    page: 'aws-resource-s3-bucket.html',
    replaces: ['BucketName', 'BucketNamePrefix', 'BucketNamespace', 'ObjectLockEnabled'],
  },
  'AWS::S3::BucketPolicy': { page: 'aws-resource-s3-bucketpolicy.html', replaces: ['Bucket'] },
  'AWS::SSM::Parameter': { page: 'aws-resource-ssm-parameter.html', replaces: ['Name'] },
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
