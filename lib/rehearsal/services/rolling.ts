import type { RehearsalWorld } from '../gate.js';
import { completeWhenDone } from './completion.js';
import { startTasks, stopTasks } from './place-tasks.js';
import { numberIn, objectIn } from './properties.js';
import { type Situation, situationOf } from './situation.js';
import type { SimulatedService, SimulatedTask } from './state.js';

/**
 * A rolling update: never fewer healthy tasks than the minimum, never more tasks than the maximum.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
 */
export function roll(world: RehearsalWorld, service: SimulatedService, situation: Situation): void {
  const { primary, next } = situation;
  stopTasks(world, service, next.slice(Math.max(service.desired, 0)));
  const kept = stopOld(world, service, situation);
  const room = share(service, 'MaximumPercent', 200, Math.floor) - next.length - kept;
  if (primary.rollout !== 'FAILED') startTasks(world, service, primary, Math.min(service.desired - next.length, room));
  completeWhenDone(world, service, situationOf(world, service, primary));
}

/** Stops as many old tasks as are not needed; gives how many are left. Those that do not serve are no loss. */
function stopOld(world: RehearsalWorld, service: SimulatedService, { old, healthyOld, healthyNext }: Situation): number {
  const spare = healthyNext + healthyOld.length - share(service, 'MinimumHealthyPercent', 100, Math.ceil);
  const rest = old.filter((task) => !healthyOld.includes(task));
  // One that is still on its way to be healthy is needed as long as there are not enough others.
  const useless = spare >= 0 ? rest : rest.filter(isUseless);
  const leaving = [...useless, ...healthyOld.slice(0, Math.max(0, spare))];
  stopTasks(world, service, leaving);
  return old.length - leaving.length;
}

const isUseless = ({ status, targets, health }: SimulatedTask): boolean =>
  status !== 'RUNNING' || health.state === 'UNHEALTHY' || targets.some(({ state }) => state === 'unhealthy');

function share(service: SimulatedService, key: string, otherwise: number, round: (tasks: number) => number): number {
  const percent = numberIn(objectIn(service.properties, 'DeploymentConfiguration'), key, otherwise);
  return round((service.desired * percent) / 100);
}
