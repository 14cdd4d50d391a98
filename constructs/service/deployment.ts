import type { ServiceProcess } from '../../lib/model/app.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';

/** Failed tasks after which a deployment is given up: minutes, not hours. */
const FAILED_TASKS = 3;

const BREAKER = { Enable: true, Rollback: true };
const COUNTING_BREAKER = { ...BREAKER, ThresholdConfiguration: { Type: 'COUNT', Value: FAILED_TASKS } };

/** How tasks are replaced. `shifting` is the ingress's part when ECS moves the traffic. */
export function deploymentConfiguration({ deployment }: ServiceProcess, platform: Platform, shifting: JsonObject): JsonObject {
  switch (deployment.kind) {
    case 'rolling':
      return {
        Strategy: 'ROLLING',
        MinimumHealthyPercent: deployment.minHealthyPercent,
        MaximumPercent: deployment.maxPercent,
        DeploymentCircuitBreaker: COUNTING_BREAKER,
        ...(platform.earlySuccess ? EARLY_SUCCESS : {}),
      };
    case 'recreate':
      return { Strategy: 'ROLLING', MinimumHealthyPercent: 0, MaximumPercent: 100, DeploymentCircuitBreaker: COUNTING_BREAKER };
    case 'blue-green':
    case 'canary':
    case 'linear':
      return { MinimumHealthyPercent: 100, MaximumPercent: 200, DeploymentCircuitBreaker: BREAKER, ...shifting };
  }
}

/** Done when the new tasks serve; the old ones drain behind it. */
const EARLY_SUCCESS: JsonObject = {
  BakeTimeInMinutes: 0,
  EarlySuccessCriteria: { Enable: true, HealthyPercent: 100, SourceServiceRevisionCleanup: 'DEFERRED' },
};

const ZONE = 'attribute:ecs.availability-zone';

/** On wherever ECS takes it. Explicit, since the service's default depends on its history. */
export function zoneRebalancing({ deployment, placementStrategy }: ServiceProcess): Json {
  const maximum = deployment.kind === 'rolling' ? deployment.maxPercent : deployment.kind === 'recreate' ? 100 : 200;
  const [first] = placementStrategy;
  const spreads = first === undefined || (first.type === 'spread' && first.field.kind === 'given' && first.field.value === ZONE);
  return maximum > 100 && spreads ? 'ENABLED' : 'DISABLED';
}
