/** What CloudFormation calls, in the name of whoever deploys, to make, change and delete one resource of an app's template. */
export interface TypeCall {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

const REGION = 'us-east-1:123456789012';
const OURS = { 'aws:ResourceTag/empire:environment': 'default' };
const IN_VPC = { 'ec2:Vpc': `arn:aws:ec2:${REGION}:vpc/vpc-0123456789abcdef0` };

const calls = (
  service: string,
  resource: string,
  words: string,
  context: Readonly<Record<string, string>> = {},
): readonly TypeCall[] =>
  words.split(' ').map((word) => ({
    action: `${service}:${word}`,
    resource: resource === '*' ? '*' : resource.startsWith('arn:') ? resource : `arn:aws:${service}:${REGION}:${resource}`,
    context,
  }));

const balancing = (resource: string, words: string, context: Readonly<Record<string, string>> = {}): readonly TypeCall[] =>
  calls('elasticloadbalancing', resource, words, context);

const GROUP = 'security-group/sg-0123';
const ROLE = 'arn:aws:iam::123456789012:role/empire-acme-inc-TaskRole-ABC';
const LISTENER = 'listener/app/empire-Inter-ABC/0123/4567';
const RULE = 'listener-rule/app/empire-Inter-ABC/0123/4567/89ab';
const BALANCER = 'loadbalancer/app/empire-Inter-ABC/0123';
const TARGETS = 'targetgroup/empire-WebTa-ABC/0123';
const SERVICE = 'service/main-cluster/empire-acme-inc-WebService-ABC';
const CERTIFICATE = 'certificate/01234567-89ab-cdef-0123-456789abcdef';
const SCALABLE = 'scalable-target/0123456789';
const ECS_SCALING = { 'application-autoscaling:service-namespace': 'ecs' };

/**
 * By resource type, from the permissions that each type's handlers name in the CloudFormation registry.
 *
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html (handlers)
 */
export const CALLS_BY_TYPE: Readonly<Record<string, readonly TypeCall[]>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': [
    ...calls('application-autoscaling', SCALABLE, 'RegisterScalableTarget DeregisterScalableTarget', ECS_SCALING),
    ...calls('application-autoscaling', SCALABLE, 'PutScheduledAction DeleteScheduledAction', ECS_SCALING),
    ...calls('application-autoscaling', SCALABLE, 'TagResource UntagResource ListTagsForResource'),
    ...calls('application-autoscaling', '*', 'DescribeScalableTargets DescribeScheduledActions'),
  ],
  'AWS::ApplicationAutoScaling::ScalingPolicy': [
    ...calls('application-autoscaling', SCALABLE, 'PutScalingPolicy DeleteScalingPolicy', ECS_SCALING),
    ...calls('application-autoscaling', '*', 'DescribeScalingPolicies'),
    ...calls(
      'cloudwatch',
      'alarm:TargetTracking-service/main-cluster/empire-acme-inc-WebService-ABC-AlarmHigh',
      'PutMetricAlarm DeleteAlarms DescribeAlarms',
    ),
    ...calls('ecs', SERVICE, 'DescribeServices UpdateService'),
  ],
  'AWS::CertificateManager::Certificate': [
    ...calls('acm', '*', 'RequestCertificate'),
    ...calls('acm', CERTIFICATE, 'AddTagsToCertificate'),
    ...calls('acm', CERTIFICATE, 'DescribeCertificate DeleteCertificate ListTagsForCertificate RemoveTagsFromCertificate', OURS),
    ...calls('route53', 'arn:aws:route53:::hostedzone/Z0123456789ABC', 'ChangeResourceRecordSets'),
  ],
  'AWS::CloudWatch::Alarm': calls(
    'cloudwatch',
    'alarm:empire-acme-inc-WorkerQueue-ABC',
    'PutMetricAlarm DeleteAlarms DescribeAlarms TagResource UntagResource ListTagsForResource',
  ),
  'AWS::EC2::SecurityGroup': [
    ...calls('ec2', GROUP, 'CreateSecurityGroup'),
    ...calls('ec2', 'vpc/vpc-0123456789abcdef0', 'CreateSecurityGroup'),
    ...calls('ec2', GROUP, 'CreateTags'),
    ...calls('ec2', GROUP, 'CreateTags DeleteTags', OURS),
    ...calls('ec2', GROUP, 'AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress RevokeSecurityGroupEgress', IN_VPC),
    ...calls('ec2', GROUP, 'RevokeSecurityGroupIngress DeleteSecurityGroup', IN_VPC),
    ...calls('ec2', 'security-group-rule/*', 'AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress'),
    ...calls('ec2', '*', 'DescribeSecurityGroups DescribeSecurityGroupRules DescribeVpcs'),
  ],
  'AWS::EC2::SecurityGroupIngress': [
    ...calls(
      'ec2',
      GROUP,
      'AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress UpdateSecurityGroupRuleDescriptionsIngress',
      IN_VPC,
    ),
    ...calls('ec2', '*', 'DescribeSecurityGroupRules'),
  ],
  'AWS::ECS::Service': [
    ...calls(
      'ecs',
      SERVICE,
      'CreateService UpdateService DeleteService DescribeServices ListServiceDeployments TagResource UntagResource',
    ),
    ...calls('ecs', 'service-deployment/main-cluster/empire-acme-inc-WebService-ABC/0123', 'DescribeServiceDeployments'),
    ...calls('ecs', 'service-revision/main-cluster/empire-acme-inc-WebService-ABC/0123', 'DescribeServiceRevisions'),
    { action: 'iam:PassRole', resource: ROLE, context: { 'iam:PassedToService': 'ecs.amazonaws.com' } },
  ],
  'AWS::ECS::TaskDefinition': [
    ...calls('ecs', 'task-definition/empire-acme-inc_web:3', 'RegisterTaskDefinition TagResource UntagResource'),
    ...calls('ecs', '*', 'DeregisterTaskDefinition DescribeTaskDefinition'),
    { action: 'iam:PassRole', resource: ROLE, context: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
  ],
  'AWS::ElasticLoadBalancingV2::Listener': [
    ...balancing(BALANCER, 'CreateListener', OURS),
    ...balancing(LISTENER, 'AddTags'),
    ...balancing(LISTENER, 'ModifyListener ModifyListenerAttributes DeleteListener AddTags RemoveTags', OURS),
    ...balancing('*', 'DescribeListeners DescribeListenerAttributes DescribeTags'),
  ],
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': [
    ...balancing(LISTENER, 'AddListenerCertificates RemoveListenerCertificates', OURS),
    ...balancing('*', 'DescribeListenerCertificates'),
  ],
  'AWS::ElasticLoadBalancingV2::ListenerRule': [
    ...balancing(LISTENER, 'CreateRule', OURS),
    ...balancing(RULE, 'AddTags'),
    ...balancing(RULE, 'ModifyRule DeleteRule SetRulePriorities AddTags RemoveTags', OURS),
    ...balancing('*', 'DescribeRules'),
  ],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [
    ...balancing(BALANCER, 'CreateLoadBalancer AddTags'),
    ...balancing('loadbalancer/net/empire-Netwo-ABC/0123', 'CreateLoadBalancer'),
    ...balancing(BALANCER, 'ModifyLoadBalancerAttributes SetSubnets SetSecurityGroups SetIpAddressType DeleteLoadBalancer', OURS),
    ...balancing('*', 'DescribeLoadBalancers DescribeLoadBalancerAttributes DescribeTags'),
    ...calls(
      'ec2',
      '*',
      'DescribeSubnets DescribeInternetGateways DescribeAccountAttributes DescribeVpcs DescribeSecurityGroups',
    ),
  ],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [
    ...balancing(TARGETS, 'CreateTargetGroup AddTags'),
    ...balancing(TARGETS, 'ModifyTargetGroup ModifyTargetGroupAttributes DeleteTargetGroup RemoveTags', OURS),
    ...balancing('*', 'DescribeTargetGroups DescribeTargetGroupAttributes DescribeTargetHealth'),
  ],
  'AWS::IAM::Role': calls(
    'iam',
    ROLE,
    'CreateRole GetRole DeleteRole PutRolePolicy GetRolePolicy DeleteRolePolicy ListRolePolicies ListAttachedRolePolicies TagRole UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription PutRolePermissionsBoundary',
  ),
  'AWS::Logs::LogGroup': [
    ...calls('logs', 'log-group:/empire/default/acme-inc:*', 'CreateLogGroup PutRetentionPolicy DeleteRetentionPolicy'),
    ...calls('logs', 'log-group:/empire/default/acme-inc', 'TagResource UntagResource ListTagsForResource'),
    ...calls('logs', '*', 'DescribeLogGroups'),
  ],
  'AWS::Route53::RecordSet': [
    ...calls('route53', 'arn:aws:route53:::hostedzone/ZPRIVATE', 'ChangeResourceRecordSets ListResourceRecordSets GetHostedZone'),
    ...calls('route53', 'arn:aws:route53:::change/C0123', 'GetChange'),
  ],
  'AWS::Scheduler::Schedule': [
    ...calls(
      'scheduler',
      'schedule/default/empire-acme-inc-NightlySchedule-ABC',
      'CreateSchedule UpdateSchedule DeleteSchedule GetSchedule',
    ),
    { action: 'iam:PassRole', resource: ROLE, context: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
  ],
};
