import type { App } from '../../lib/model/app.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import type { Scheme } from '../ingress/exposed.js';
import type { PlatformReferences } from '../platform-references.js';
import { getAtt, resource, tags } from '../resource.js';

/** The security group that every task of the app carries. */
const APP_GROUP = 'AppSecurityGroup';

export interface BalancerPorts {
  /** Logical id of the balancer. */
  readonly balancer: string;
  readonly scheme: Scheme;
  /** Ports the balancer listens on, sorted. */
  readonly listening: readonly number[];
  /** Container ports it reaches, sorted. */
  readonly reaching: readonly number[];
  readonly from: readonly string[];
}

/**
 * Who may come to the balancer, and where the balancer may go. Out only to the app's tasks: without a rule of ours, AWS would let it
 * go anywhere.
 */
export function balancerSecurityGroup(
  app: App,
  platform: Platform,
  references: PlatformReferences,
  ports: BalancerPorts,
): Resource {
  return resource({
    id: `${ports.balancer}SecurityGroup`,
    type: 'AWS::EC2::SecurityGroup',
    properties: {
      GroupDescription: `The ${ports.scheme} load balancer of ${app.name}`,
      VpcId: references.vpcId(),
      SecurityGroupIngress: ports.listening.flatMap((port) => comingFrom(ports.scheme, port, references)),
      SecurityGroupEgress: ports.reaching.map((port) => ({
        ...tcp(port),
        DestinationSecurityGroupId: getAtt(APP_GROUP, 'GroupId'),
        Description: `To the tasks of ${app.name}`,
      })),
      Tags: tags(app, platform),
    },
    from: ports.from,
  });
}

const tcp = (port: number): JsonObject => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port });

function comingFrom(scheme: Scheme, port: number, references: PlatformReferences): JsonObject[] {
  if (scheme === 'internal') return [{ ...tcp(port), CidrIp: references.vpcCidr(), Description: 'From the VPC' }];
  return [
    { ...tcp(port), CidrIp: '0.0.0.0/0', Description: 'From anywhere' },
    { ...tcp(port), CidrIpv6: '::/0', Description: 'From anywhere' },
  ];
}

/** Lets the balancer's group reach the app's tasks, port by port. Resources of their own, since the two groups name each other. */
export function taskIngress(app: App, ports: BalancerPorts, source: Json): Resource[] {
  return ports.reaching.map((port) =>
    resource({
      id: `${ports.balancer}ToPort${port}`,
      type: 'AWS::EC2::SecurityGroupIngress',
      properties: {
        GroupId: getAtt(APP_GROUP, 'GroupId'),
        ...tcp(port),
        SourceSecurityGroupId: source,
        Description: `From the ${ports.scheme} load balancer of ${app.name}`,
      },
      from: ports.from,
    }),
  );
}
