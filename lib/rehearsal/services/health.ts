import type { JsonObject } from '../../model/json.js';
import type { RehearsalWorld } from '../gate.js';
import { findDefinition, mainContainer } from './definitions.js';
import { BOOT, BOOT_SLOW, BOOT_SLOW_SPREAD, SETTLE } from './durations.js';
import { spread } from './identifiers.js';
import { checkingOf } from './load-balancing.js';
import { numberIn, objectIn } from './properties.js';
import type { SimulatedTarget, SimulatedTask } from './state.js';

/** Milliseconds until the process of a task answers. */
export function bootTime(task: SimulatedTask): number {
  return task.behaviour === 'slow' ? BOOT_SLOW + spread(task.id, BOOT_SLOW_SPREAD) : BOOT;
}

/** The status with which the process answers a health check; 0: no answer at all. */
function answerOf(task: SimulatedTask, now: number): number {
  if (task.startedAt === null || task.status !== 'RUNNING') return 0;
  if (now < task.startedAt + bootTime(task)) return 0;
  return task.behaviour === 'unhealthy' ? 503 : 200;
}

/**
 * One health check of a target. A new target is healthy after one passing check, and one that was unhealthy after as many as the
 * threshold says; a healthy one is not looked at again, since nothing changes by itself here.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function checkTarget(world: RehearsalWorld, task: SimulatedTask, target: SimulatedTarget): void {
  const checking = checkingOf(world, target.group);
  const status = answerOf(task, world.now);
  const passed = status !== 0 && checking.accepts(status);
  target.passes = passed ? target.passes + 1 : 0;
  target.fails = passed ? 0 : target.fails + 1;
  target.nextAt = world.now + checking.interval;
  if (passed && (target.state === 'initial' || target.passes >= checking.healthy)) becomeHealthy(target);
  if (!passed && target.fails >= checking.unhealthy) becomeUnhealthy(target, status);
}

function becomeHealthy(target: SimulatedTarget): void {
  Object.assign(target, { state: 'healthy', code: null, description: null, nextAt: null });
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html */
function becomeUnhealthy(target: SimulatedTarget, status: number): void {
  target.state = 'unhealthy';
  target.code = status === 0 ? 'Target.FailedHealthChecks' : 'Target.ResponseCodeMismatch';
  target.description = status === 0 ? 'Health checks failed' : `Health checks failed with these codes: [${status}]`;
}

/** The container's own check, or an empty object. */
export function containerCheck(world: RehearsalWorld, task: SimulatedTask): JsonObject {
  const definition = findDefinition(world, task.definition);
  return definition === undefined ? {} : objectIn(mainContainer(definition), 'HealthCheck');
}

/**
 * One run of the container's own check: failures within the start period do not count.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html
 */
export function checkContainer(world: RehearsalWorld, task: SimulatedTask): void {
  const check = containerCheck(world, task);
  const status = answerOf(task, world.now);
  const starting = world.now < (task.startedAt ?? world.now) + numberIn(check, 'StartPeriod', 0) * 1000;
  const { health } = task;
  health.nextAt = world.now + numberIn(check, 'Interval', 30) * 1000;
  if (status === 200) {
    Object.assign(health, { state: 'HEALTHY', fails: 0, nextAt: null });
    return;
  }
  if (starting) return;
  health.fails += 1;
  if (health.fails >= numberIn(check, 'Retries', 3)) Object.assign(health, { state: 'UNHEALTHY', nextAt: null });
}

/** Whether the task counts as working for its deployment. */
export function isHealthy(world: RehearsalWorld, task: SimulatedTask): boolean {
  if (task.status !== 'RUNNING' || task.desired !== 'RUNNING' || task.startedAt === null) return false;
  const checked = Object.keys(containerCheck(world, task)).length > 0;
  if (checked && task.health.state !== 'HEALTHY') return false;
  if (task.targets.length > 0) return task.targets.every(({ state }) => state === 'healthy');
  return checked || world.now >= task.startedAt + SETTLE;
}
