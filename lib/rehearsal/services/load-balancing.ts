import type { JsonObject } from '../../model/json.js';
import type { RehearsalWorld } from '../gate.js';
import { listIn, numberIn, objectIn, textIn } from './properties.js';
import type { SimulatedDeployment, SimulatedService } from './state.js';

/** A target group as a service uses it. */
export interface Attachment {
  readonly group: string;
  readonly port: number;
  /** Production rule, when ECS shifts traffic between two groups; empty otherwise. */
  readonly rule: string;
  readonly production: string;
  readonly alternate: string;
}

/** The groups into which the tasks of a deployment go. */
export function attachmentsOf(service: SimulatedService, side: SimulatedDeployment['side']): Attachment[] {
  return listIn(service.properties, 'LoadBalancers').map((balancer) => {
    const advanced = objectIn(balancer, 'AdvancedConfiguration');
    const production = textIn(balancer, 'TargetGroupArn', '');
    const alternate = textIn(advanced, 'AlternateTargetGroupArn', production);
    const rule = textIn(advanced, 'ProductionListenerRule', '');
    return {
      group: side === 'production' ? production : alternate,
      port: numberIn(balancer, 'ContainerPort', 80),
      rule,
      production,
      alternate,
    };
  });
}

/** Timing of a target group's health checks, in milliseconds, with the service's defaults. */
export interface Checking {
  readonly interval: number;
  readonly healthy: number;
  readonly unhealthy: number;
  readonly drain: number;
  /** Whether a response with this status passes. */
  readonly accepts: (status: number) => boolean;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
export function checkingOf(world: RehearsalWorld, group: string): Checking {
  const properties = world.state.services.targetGroups[group] ?? {};
  const http = textIn(properties, 'HealthCheckProtocol', 'HTTP').startsWith('HTTP');
  const codes = textIn(objectIn(properties, 'Matcher'), 'HttpCode', '200');
  return {
    interval: numberIn(properties, 'HealthCheckIntervalSeconds', 30) * 1000,
    healthy: numberIn(properties, 'HealthyThresholdCount', 5),
    unhealthy: numberIn(properties, 'UnhealthyThresholdCount', 2),
    drain: drainSeconds(properties) * 1000,
    // A TCP check only wants the connection.
    accepts: (status) => !http || matches(codes, status),
  };
}

function drainSeconds(properties: JsonObject): number {
  const attribute = listIn(properties, 'TargetGroupAttributes').find(({ Key }) => Key === 'deregistration_delay.timeout_seconds');
  return attribute === undefined ? 300 : numberIn(attribute, 'Value', 300);
}

/** `200-399,401` as a matcher has it. */
function matches(codes: string, status: number): boolean {
  return codes.split(',').some((part) => {
    const [low, high] = part.split('-').map(Number);
    return status >= (low ?? 200) && status <= (high ?? low ?? 200);
  });
}
