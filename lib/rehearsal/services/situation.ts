import type { RehearsalWorld } from '../gate.js';
import { tasksOf } from './deployments.js';
import { isHealthy } from './health.js';
import type { SimulatedDeployment, SimulatedService, SimulatedTask } from './state.js';

/** What the scheduler looks at. */
export interface Situation {
  readonly primary: SimulatedDeployment;
  /** Not stopped, of any deployment. */
  readonly tasks: readonly SimulatedTask[];
  /** Wanted tasks of the primary deployment, oldest first. */
  readonly next: readonly SimulatedTask[];
  /** Wanted tasks of the other ones. */
  readonly old: readonly SimulatedTask[];
  readonly healthyNext: number;
  readonly healthyOld: readonly SimulatedTask[];
}

export function situationOf(world: RehearsalWorld, service: SimulatedService, primary: SimulatedDeployment): Situation {
  const tasks = tasksOf(world, service);
  const wanted = tasks.filter(({ desired }) => desired === 'RUNNING');
  const next = wanted.filter(({ deployment }) => deployment === primary.id);
  const old = wanted.filter(({ deployment }) => deployment !== primary.id);
  const healthy = (task: SimulatedTask): boolean => isHealthy(world, task);
  return { primary, tasks, next, old, healthyNext: next.filter(healthy).length, healthyOld: old.filter(healthy) };
}
