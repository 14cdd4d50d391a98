import type { App } from '../../lib/model/app.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { type BalancerPorts, balancerSecurityGroup, taskIngress } from '../load-balancer/security-group.js';
import type { PlatformReferences } from '../platform-references.js';
import { getAtt, resource, tags } from '../resource.js';

/** A Network Load Balancer of the app's own. Security groups can only be given at its creation, so it has one from the start. */
export function networkLoadBalancer(
  app: App,
  platform: Platform,
  references: PlatformReferences,
  ports: BalancerPorts,
): Resource[] {
  const internal = ports.scheme === 'internal';
  const group = getAtt(`${ports.balancer}SecurityGroup`, 'GroupId');
  return [
    resource({
      id: ports.balancer,
      type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      properties: {
        Type: 'network',
        Scheme: internal ? 'internal' : 'internet-facing',
        Subnets: internal ? references.privateSubnets() : references.publicSubnets(),
        SecurityGroups: [group],
        LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
        Tags: tags(app, platform),
      },
      from: ports.from,
    }),
    balancerSecurityGroup(app, platform, references, ports),
    ...taskIngress(app, ports, group),
  ];
}
