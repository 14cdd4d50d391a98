/** Seconds that CloudFormation takes for one thing when all goes well. */
interface Seconds {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

/**
 * Plausible rather than measured: the order of magnitude that stack events in public issue threads show. Services wait for their
 * tasks on top of it, and certificates for their validation record.
 */
const SECONDS: Readonly<Record<string, Seconds>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': { create: 2, update: 2, delete: 2 },
  'AWS::ApplicationAutoScaling::ScalingPolicy': { create: 2, update: 2, delete: 2 },
  'AWS::CertificateManager::Certificate': { create: 90, update: 2, delete: 5 },
  'AWS::CloudWatch::Alarm': { create: 2, update: 2, delete: 2 },
  'AWS::EC2::SecurityGroup': { create: 6, update: 4, delete: 3 },
  'AWS::EC2::SecurityGroupEgress': { create: 2, update: 2, delete: 2 },
  'AWS::EC2::SecurityGroupIngress': { create: 2, update: 2, delete: 2 },
  'AWS::ECS::Service': { create: 5, update: 5, delete: 5 },
  'AWS::ECS::TaskDefinition': { create: 1, update: 1, delete: 1 },
  'AWS::ElasticLoadBalancingV2::Listener': { create: 2, update: 2, delete: 2 },
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': { create: 2, update: 2, delete: 2 },
  'AWS::ElasticLoadBalancingV2::ListenerRule': { create: 2, update: 2, delete: 2 },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { create: 120, update: 10, delete: 15 },
  'AWS::ElasticLoadBalancingV2::TargetGroup': { create: 2, update: 2, delete: 2 },
  // Role propagation: the handler waits before it says that a role is there.
  'AWS::IAM::Role': { create: 15, update: 10, delete: 2 },
  'AWS::Logs::LogGroup': { create: 3, update: 2, delete: 2 },
  // Until Route 53 says INSYNC.
  'AWS::Route53::RecordSet': { create: 30, update: 30, delete: 30 },
  'AWS::Scheduler::Schedule': { create: 2, update: 2, delete: 2 },
  // Also from such threads, where whole networks are made: NAT gateways and interface endpoints are what one waits for.
  'AWS::AutoScaling::AutoScalingGroup': { create: 40, update: 20, delete: 90 },
  'AWS::EC2::EIP': { create: 16, update: 2, delete: 5 },
  'AWS::EC2::InternetGateway': { create: 16, update: 2, delete: 2 },
  'AWS::EC2::NatGateway': { create: 95, update: 2, delete: 60 },
  'AWS::EC2::VPC': { create: 12, update: 4, delete: 2 },
  'AWS::EC2::VPCEndpoint': { create: 60, update: 20, delete: 60 },
  'AWS::EC2::VPCGatewayAttachment': { create: 16, update: 2, delete: 16 },
  'AWS::ECS::CapacityProvider': { create: 5, update: 5, delete: 15 },
  'AWS::ECS::Cluster': { create: 8, update: 2, delete: 5 },
  'AWS::ECS::ClusterCapacityProviderAssociations': { create: 6, update: 6, delete: 6 },
  'AWS::IAM::InstanceProfile': { create: 120, update: 2, delete: 2 },
  'AWS::IAM::ManagedPolicy': { create: 18, update: 5, delete: 2 },
  // Until Route 53 says INSYNC.
  'AWS::Route53::HostedZone': { create: 40, update: 30, delete: 40 },
  'AWS::S3::Bucket': { create: 22, update: 5, delete: 5 },
};

/** Until a handler has accepted the work ("Resource creation Initiated"). */
export const ASKING = 1000;
/** Between two looks of a handler at something that is not stable yet. */
export const LOOKING = 5000;
/** After the start of an operation or of a part of it, until the first resource moves. */
export const STARTING = 2000;
/** Until a change set begins to be worked out, and from then until it is. */
export const PENDING = 500;
export const COMPARING = 1500;
/** How long CloudFormation waits for a rolling ECS service. */
export const MOST_FOR_A_SERVICE = 3 * 3600 * 1000;

/** Milliseconds. */
export function durationOf(type: string, what: keyof Seconds): number {
  return (SECONDS[type]?.[what] ?? 2) * 1000;
}
