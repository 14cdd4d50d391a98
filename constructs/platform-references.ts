import type { Json } from '../lib/model/json.js';
import type { Platform } from '../lib/model/platform.js';
import type { Parameter } from '../lib/model/template.js';
import { ref, sub } from './resource.js';

const STRING = 'AWS::SSM::Parameter::Value<String>';
const VPC = 'AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>';
const SUBNETS = 'AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>';
const GROUP = 'AWS::SSM::Parameter::Value<AWS::EC2::SecurityGroup::Id>';
const ZONE = 'AWS::SSM::Parameter::Value<AWS::Route53::HostedZone::Id>';

/**
 * How an app's template reaches the shared ground: an SSM parameter of the platform (`/<prefix>/<environment>/vpc-id`) as a
 * template parameter, or a literal when the platform file names an existing thing. Only what was asked for becomes a parameter.
 * The names are append-only, or older releases could not be rolled back to.
 */
export class PlatformReferences {
  private readonly asked = new Map<string, Parameter>();

  constructor(private readonly platform: Platform) {}

  vpcId(): Json {
    const { network } = this.platform;
    return network.kind === 'existing' ? network.vpcId : this.published('vpc-id', VPC, 'VPC of the platform');
  }

  /** The VPC's address range, for rules that let the VPC in. */
  vpcCidr(): Json {
    const { network } = this.platform;
    return network.kind === 'existing' ? network.cidr : this.published('vpc-cidr', STRING, 'Address range of the VPC');
  }

  publicSubnets(): Json {
    const { network } = this.platform;
    if (network.kind === 'existing') return network.publicSubnets;
    return this.published('public-subnets', SUBNETS, 'Public subnets of the VPC');
  }

  privateSubnets(): Json {
    const { network } = this.platform;
    if (network.kind === 'existing') return network.privateSubnets;
    return this.published('private-subnets', SUBNETS, 'Private subnets of the VPC');
  }

  /** Where tasks live: private subnets; without NAT the public ones, since a private task could not even pull its image. */
  taskSubnets(): Json {
    return this.platform.nat === 'none' ? this.publicSubnets() : this.privateSubnets();
  }

  /** The group that every task carries, so that a database can trust it before the first deploy. */
  appTasksGroup(): Json {
    return this.published('app-tasks-group', GROUP, 'Security group that every task carries');
  }

  clusterName(): Json {
    return this.published('cluster-name', STRING, 'ECS cluster of the platform');
  }

  clusterArn(): Json {
    this.clusterName();
    return sub(`arn:\${AWS::Partition}:ecs:\${AWS::Region}:\${AWS::AccountId}:cluster/\${${parameterId('cluster-name')}}`);
  }

  /** The private hosted zone. */
  zoneId(): Json {
    return this.published('zone-id', ZONE, 'Private DNS zone of the platform');
  }

  /** ARN of a shared listener: `internal-80`, `public-80`, `public-443`. */
  sharedListener(name: string): Json {
    return this.published(`listener-${name}`, STRING, `Shared listener ${name}`);
  }

  sharedBalancer(scheme: 'internal' | 'public', what: 'dns-name' | 'zone-id' | 'security-group'): Json {
    const type = what === 'security-group' ? GROUP : STRING;
    return this.published(`${scheme}-balancer-${what}`, type, `${what} of the shared ${scheme} load balancer`);
  }

  /** Full name of a shared balancer (`app/name/0123…`), which the request metric of autoscaling needs. */
  sharedBalancerFullName(scheme: 'internal' | 'public'): Json {
    return this.published(`${scheme}-balancer-full-name`, STRING, `full-name of the shared ${scheme} load balancer`);
  }

  /** The EC2 capacity provider. */
  capacityProvider(): Json {
    return this.published('capacity-provider', STRING, 'EC2 capacity provider of the platform');
  }

  /** Those asked for so far, sorted by id. */
  parameters(): Parameter[] {
    return [...this.asked.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private published(name: string, type: string, description: string): Json {
    const id = parameterId(name);
    if (!this.asked.has(id)) {
      const { prefix, environment } = this.platform;
      this.asked.set(id, { id, type, default: `/${prefix}/${environment}/${name}`, description });
    }
    return ref(id);
  }
}

/** `vpc-id` → `PlatformVpcId`. */
const parameterId = (name: string): string =>
  `Platform${name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}`;
