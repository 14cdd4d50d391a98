import type { ServiceProcess } from '../../lib/model/app.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Attachment } from '../ingress/resources.js';
import type { PlatformReferences } from '../platform-references.js';
import { getAtt, logicalId, sub } from '../resource.js';
import { mathQuery, metricQuery, requestsPerTarget } from './metrics.js';

/** One way to count requests, and the word that tells it apart in ids. */
export interface RequestMetric {
  readonly word: string;
  readonly specification: JsonObject;
}

/**
 * A metric for each group of the process: the largest wins. Where ECS moves traffic between two groups their sum is used,
 * since AWS's own metric follows one group only.
 */
export function requestMetrics(
  platform: Platform,
  references: PlatformReferences,
  process: ServiceProcess,
  attachment: Attachment,
): RequestMetric[] {
  return attachment.loadBalancers.flatMap((attached) => {
    const group = referenced(attached['TargetGroupArn']);
    if (group === undefined) return [];
    const word = group.slice(logicalId(process.name).length).replace('TargetGroup', '');
    const alternate = referenced(alternateOf(attached));
    const specification =
      alternate === undefined
        ? predefined(platform, references, group, word)
        : { CustomizedMetricSpecification: sumOf(group, alternate) };
    return [{ word, specification }];
  });
}

function predefined(platform: Platform, references: PlatformReferences, group: string, word: string): JsonObject {
  const scheme = word.startsWith('Public') ? 'public' : 'internal';
  const balancer =
    platform.loadBalancers === 'shared'
      ? references.sharedBalancerFullName(scheme)
      : getAtt(scheme === 'public' ? 'PublicLoadBalancer' : 'InternalLoadBalancer', 'LoadBalancerFullName');
  return {
    PredefinedMetricSpecification: {
      PredefinedMetricType: 'ALBRequestCountPerTarget',
      ResourceLabel: sub(`\${balancer}/\${group}`, { balancer, group: getAtt(group, 'TargetGroupFullName') }),
    },
  };
}

const sumOf = (group: string, alternate: string): JsonObject => ({
  Metrics: [
    metricQuery(requestsPerTarget('first', group)),
    metricQuery(requestsPerTarget('second', alternate)),
    mathQuery('requests', 'FILL(first, 0) + FILL(second, 0)'),
  ],
});

const alternateOf = (attached: JsonObject): Json | undefined =>
  (attached['AdvancedConfiguration'] as JsonObject | undefined)?.['AlternateTargetGroupArn'];

function referenced(value: Json | undefined): string | undefined {
  const id = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject)['Ref'] : undefined;
  return typeof id === 'string' ? id : undefined;
}
