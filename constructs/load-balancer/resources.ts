import type { App } from '../../lib/model/app.js';
import type { Json } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import type { PlatformReferences } from '../platform-references.js';
import { getAtt, resource, tags } from '../resource.js';
import { type BalancerPorts, balancerSecurityGroup, taskIngress } from './security-group.js';

/** A load balancer of the app's own, with its security group. */
export interface BalancerKind {
  readonly type: 'application' | 'network';
  /** In the order of their keys. */
  readonly attributes: readonly { readonly Key: string; readonly Value: string }[];
}

/** An Application Load Balancer. */
export const applicationBalancer = (idleTimeoutSeconds: number): BalancerKind => ({
  type: 'application',
  attributes: [
    { Key: 'idle_timeout.timeout_seconds', Value: String(idleTimeoutSeconds) },
    { Key: 'routing.http.desync_mitigation_mode', Value: 'defensive' },
    { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
    { Key: 'routing.http2.enabled', Value: 'true' },
  ],
});

/** A Network Load Balancer. */
export const NETWORK_BALANCER: BalancerKind = {
  type: 'network',
  attributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
};

/** A Network Load Balancer takes security groups only at its creation, so both kinds have one from the start. */
export function loadBalancer(
  app: App,
  platform: Platform,
  references: PlatformReferences,
  ports: BalancerPorts,
  { type, attributes }: BalancerKind,
): Resource[] {
  const internal = ports.scheme === 'internal';
  const group = getAtt(`${ports.balancer}SecurityGroup`, 'GroupId');
  return [
    resource({
      id: ports.balancer,
      type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      properties: {
        Type: type,
        Scheme: internal ? 'internal' : 'internet-facing',
        Subnets: internal ? references.privateSubnets() : references.publicSubnets(),
        SecurityGroups: [group],
        LoadBalancerAttributes: attributes as Json,
        Tags: tags(app, platform),
      },
      from: ports.from,
    }),
    balancerSecurityGroup(app, platform, references, ports),
    ...taskIngress(app, ports, group),
  ];
}
