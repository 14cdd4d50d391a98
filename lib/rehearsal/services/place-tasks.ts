import type { RehearsalWorld } from '../gate.js';
import { findDefinition } from './definitions.js';
import { PLACE_AGAIN } from './durations.js';
import { listTasks, lookAgain, MORE, NO_CAPACITY, say } from './events.js';
import { makeTask } from './make-task.js';
import type { SimulatedDeployment, SimulatedService, SimulatedTask } from './state.js';
import { beginStop } from './stop-task.js';

/** Starts tasks of a deployment; without capacity says so and tries again later. */
export function startTasks(
  world: RehearsalWorld,
  service: SimulatedService,
  deployment: SimulatedDeployment,
  count: number,
): void {
  const definition = findDefinition(world, deployment.definition);
  if (count <= 0 || definition === undefined) return;
  if (world.now < service.placeAt) {
    lookAgain(service, service.placeAt);
    return;
  }
  if (world.state.script.noCapacity) {
    say(world, service, `was unable to place a task. Reason: ${NO_CAPACITY} ${MORE}`);
    service.placeAt = world.now + PLACE_AGAIN;
    lookAgain(service, service.placeAt);
    return;
  }
  const started = Array.from({ length: count }, () =>
    makeTask(world, {
      definition,
      cluster: service.cluster,
      service: service.arn,
      deployment: deployment.id,
      group: `service:${service.name}`,
      startedBy: deployment.id,
      command: [],
    }),
  );
  say(world, service, `has started ${count} tasks: ${listTasks(started.map(({ id }) => id))}.`);
}

/** The scheduler wants fewer. */
export function stopTasks(world: RehearsalWorld, service: SimulatedService, tasks: readonly SimulatedTask[]): void {
  if (tasks.length === 0) return;
  for (const task of tasks) {
    beginStop(world, task, 'ServiceSchedulerInitiated', `Scaling activity initiated by (deployment ${task.deployment})`);
  }
  say(world, service, `has stopped ${tasks.length} running tasks: ${listTasks(tasks.map(({ id }) => id))}.`);
}
