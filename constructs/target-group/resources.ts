import type { App } from '../../lib/model/app.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import type { ExposedProcess } from '../ingress/exposed.js';
import type { Group } from '../ingress/groups.js';
import type { PlatformReferences } from '../platform-references.js';
import { filled, mergeRaw, processPointer, resource, tags } from '../resource.js';

/**
 * A target group, and the second one where ECS moves the traffic. `Port` is always 80: targets carry their own, so that a changed
 * container port replaces nothing.
 */
export function targetGroups(app: App, platform: Platform, references: PlatformReferences, group: Group): Resource[] {
  const { process } = group;
  const properties: JsonObject = {
    Port: 80,
    Protocol: process.exposure.kind === 'http' ? 'HTTP' : 'TCP',
    TargetType: 'ip',
    VpcId: references.vpcId(),
    ...healthCheck(process),
    TargetGroupAttributes: attributes(process),
    Tags: tags(app, platform, process.name),
  };
  const ids = group.alternate === undefined ? [group.id] : [group.id, group.alternate];
  return ids.map((id) =>
    resource({
      id,
      type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      properties: mergeRaw(properties, process.raw.targetGroup),
      from: group.from,
      notable: notable(process),
    }),
  );
}

function healthCheck({ exposure }: ExposedProcess): JsonObject {
  const http = exposure.kind === 'http' ? exposure.health : exposure.health.kind === 'given' ? exposure.health.value : undefined;
  const timing = exposure.kind === 'http' ? exposure.health : exposure.timing;
  return filled({
    HealthCheckProtocol: http === undefined ? 'TCP' : 'HTTP',
    HealthCheckPath: http?.path,
    Matcher: http === undefined ? undefined : { HttpCode: http.codes },
    HealthCheckIntervalSeconds: timing.intervalSeconds,
    HealthCheckTimeoutSeconds: timing.timeoutSeconds,
    HealthyThresholdCount: timing.healthy,
    UnhealthyThresholdCount: timing.unhealthy,
  });
}

function attributes({ exposure }: ExposedProcess): Json {
  const drain = { Key: 'deregistration_delay.timeout_seconds', Value: String(exposure.drainSeconds) };
  if (exposure.kind === 'tcp') return [drain];
  const algorithm = { Key: 'load_balancing.algorithm.type', Value: 'least_outstanding_requests' };
  if (exposure.sticky.kind === 'none') return [drain, algorithm, { Key: 'stickiness.enabled', Value: 'false' }];
  return [
    drain,
    algorithm,
    { Key: 'stickiness.enabled', Value: 'true' },
    { Key: 'stickiness.type', Value: 'lb_cookie' },
    { Key: 'stickiness.lb_cookie.duration_seconds', Value: String(exposure.sticky.value) },
  ];
}

function notable(process: ExposedProcess): Resource['notable'] {
  const pointer = (...keys: string[]): string => processPointer(process.name, 'exposure', ...keys);
  const http = process.exposure.kind === 'http' || process.exposure.health.kind === 'given';
  return {
    ...(http ? { HealthCheckPath: pointer('health', 'path'), Matcher: pointer('health', 'codes') } : {}),
    'TargetGroupAttributes/0/Value': pointer('drainSeconds'),
  };
}
