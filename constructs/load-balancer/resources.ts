import type { App } from '../../lib/model/app.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import type { PlatformReferences } from '../platform-references.js';
import { getAtt, resource, tags } from '../resource.js';
import { type BalancerPorts, balancerSecurityGroup, taskIngress } from './security-group.js';

/** An Application Load Balancer of the app's own, with its security group. */
export function loadBalancer(
  app: App,
  platform: Platform,
  references: PlatformReferences,
  ports: BalancerPorts,
  idleTimeoutSeconds: number,
): Resource[] {
  const internal = ports.scheme === 'internal';
  const group = getAtt(`${ports.balancer}SecurityGroup`, 'GroupId');
  return [
    resource({
      id: ports.balancer,
      type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      properties: {
        Type: 'application',
        Scheme: internal ? 'internal' : 'internet-facing',
        Subnets: internal ? references.privateSubnets() : references.publicSubnets(),
        SecurityGroups: [group],
        LoadBalancerAttributes: [
          { Key: 'idle_timeout.timeout_seconds', Value: String(idleTimeoutSeconds) },
          { Key: 'routing.http.desync_mitigation_mode', Value: 'defensive' },
          { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
          { Key: 'routing.http2.enabled', Value: 'true' },
        ],
        Tags: tags(app, platform),
      },
      from: ports.from,
    }),
    balancerSecurityGroup(app, platform, references, ports),
    ...taskIngress(app, ports, group),
  ];
}
