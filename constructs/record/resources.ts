import type { App } from '../../lib/model/app.js';
import type { Json } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import type { ExposedProcess } from '../ingress/exposed.js';
import { privateName, shortHash } from '../ingress/names.js';
import type { PlatformReferences } from '../platform-references.js';
import { getAtt, logicalId, processPointer, resource } from '../resource.js';

/** A balancer as an alias target. */
export interface AliasTarget {
  readonly dnsName: Json;
  readonly zoneId: Json;
}

/** A balancer of this template as an alias target. */
export const aliasTarget = (balancer: string): AliasTarget => ({
  dnsName: getAtt(balancer, 'DNSName'),
  zoneId: getAtt(balancer, 'CanonicalHostedZoneID'),
});

/** Target health is not evaluated: with every target down, the balancer's own 503 says more than a name that does not resolve. */
function alias(id: string, name: string, zone: Json, target: AliasTarget, from: string): Resource {
  return resource({
    id,
    type: 'AWS::Route53::RecordSet',
    properties: {
      Name: name,
      Type: 'A',
      HostedZoneId: zone,
      AliasTarget: { DNSName: target.dnsName, HostedZoneId: target.zoneId, EvaluateTargetHealth: false },
    },
    from: [from],
  });
}

/** `<process>.<app>.<zone>`, and `<app>.<zone>` for `web`, inside the VPC. */
export function privateRecords(
  app: App,
  platform: Platform,
  references: PlatformReferences,
  process: ExposedProcess,
  target: AliasTarget,
): Resource[] {
  const from = processPointer(process.name, 'exposure', 'ports');
  const name = privateName(process.name, app.name, platform.zone);
  const own = alias(`${logicalId(process.name)}PrivateRecord`, name, references.zoneId(), target, from);
  if (process.name !== 'web') return [own];
  return [own, alias('AppPrivateRecord', `${app.name}.${platform.zone}`, references.zoneId(), target, from)];
}

/** The public name of each domain whose zone the platform manages. */
export function publicRecords(process: ExposedProcess, target: AliasTarget): Resource[] {
  return process.exposure.domains.flatMap(({ name, zone }) => {
    if (zone.kind === 'none') return [];
    const id = `${logicalId(process.name)}Record${shortHash(name)}`;
    return [alias(id, name, zone.value.id, target, processPointer(process.name, 'exposure', 'domains', name))];
  });
}
