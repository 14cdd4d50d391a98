import type { RehearsalWorld } from '../gate.js';
import { isSteady } from './completion.js';
import { shiftsTraffic, tasksOf } from './deployments.js';
import { say } from './events.js';
import { stopTasks } from './place-tasks.js';
import { roll } from './rolling.js';
import { shiftTraffic } from './shift-traffic.js';
import { type Situation, situationOf } from './situation.js';
import type { SimulatedService } from './state.js';

/** What the service scheduler does when it looks at a service. */
export function schedule(world: RehearsalWorld, service: SimulatedService): void {
  if (service.lookAt !== null && service.lookAt <= world.now) service.lookAt = null;
  if (service.status === 'DRAINING') drain(world, service);
  const primary = service.deployments[0];
  if (primary === undefined || service.status !== 'ACTIVE') return;
  forgetGone(world, service);
  if (shiftsTraffic(service)) shiftTraffic(world, service, situationOf(world, service, primary));
  else roll(world, service, situationOf(world, service, primary));
  announce(world, service, situationOf(world, service, primary));
}

/** Deployments other than the primary one are forgotten with their last task; a good one to go back to stays while it is needed. */
function forgetGone(world: RehearsalWorld, service: SimulatedService): void {
  const [primary, ...others] = service.deployments;
  if (primary?.rollout !== 'COMPLETED') return;
  const tasks = tasksOf(world, service);
  const kept = others.filter(({ id }) => tasks.some(({ deployment }) => deployment === id));
  service.deployments = [primary, ...kept];
}

/** "has reached a steady state" is said when it becomes so. */
function announce(world: RehearsalWorld, service: SimulatedService, situation: Situation): void {
  const steady = situation.primary === service.deployments[0] && isSteady(world, service);
  if (steady && !service.steady) say(world, service, 'has reached a steady state.');
  service.steady = steady;
}

/** A deleted service stops everything, and is inactive when nothing is left. */
function drain(world: RehearsalWorld, service: SimulatedService): void {
  const tasks = tasksOf(world, service);
  stopTasks(
    world,
    service,
    tasks.filter(({ desired }) => desired === 'RUNNING'),
  );
  if (tasks.length === 0) service.status = 'INACTIVE';
}
