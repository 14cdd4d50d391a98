import type { RehearsalWorld } from '../gate.js';
import { countFailure, forgetFailures } from './breaker.js';
import { say } from './events.js';
import { isHealthy } from './health.js';
import { numberIn } from './properties.js';
import type { SimulatedService, SimulatedTask } from './state.js';
import { beginStop } from './stop-task.js';

/**
 * What the scheduler does about a task's health: it stops one whose checks fail after the grace period, and forgets earlier failures
 * of the deployment when one becomes healthy (`ResetOnHealthyTask`, on by default).
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-healthcheck.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-unhealthy-event-messages.html
 */
export function mindHealth(world: RehearsalWorld, service: SimulatedService, task: SimulatedTask): void {
  const deployment = service.deployments.find(({ id }) => id === task.deployment);
  if (deployment !== undefined && isHealthy(world, task)) forgetFailures(service, deployment);
  if (task.desired === 'STOPPED') {
    if (failedByItself(task)) countFailure(world, service, task);
    return;
  }
  const grace = numberIn(service.properties, 'HealthCheckGracePeriodSeconds', 0) * 1000;
  if (task.startedAt === null || world.now < task.startedAt + grace) return;
  const target = task.targets.find(({ state }) => state === 'unhealthy');
  if (target !== undefined) {
    say(
      world,
      service,
      `(task ${task.id}) (port ${target.port}) is unhealthy in (target-group ${target.group}) due to (reason ${target.description})`,
    );
    beginStop(world, task, 'ServiceSchedulerInitiated', `Task failed ELB health checks in (target-group ${target.group})`);
  } else if (task.health.state === 'UNHEALTHY') {
    say(world, service, `(task ${task.id}) failed container health checks.`);
    beginStop(world, task, 'ServiceSchedulerInitiated', 'Task failed container health checks');
  } else return;
  countFailure(world, service, task);
}

const failedByItself = ({ stopCode }: SimulatedTask): boolean =>
  stopCode === 'TaskFailedToStart' || stopCode === 'EssentialContainerExited';
