import type { RehearsalWorld } from '../gate.js';
import { completeDeployment } from './deployments.js';
import { flagIn, objectIn } from './properties.js';
import { type Situation, situationOf } from './situation.js';
import type { SimulatedService } from './state.js';

/** A deployment is complete when all its tasks are healthy and the other ones are gone. */
export function completeWhenDone(world: RehearsalWorld, service: SimulatedService, situation: Situation): void {
  const { primary, tasks, next, old, healthyNext } = situation;
  if (primary.rollout !== 'IN_PROGRESS' || next.length !== service.desired) return;
  const drained = tasks.every(({ deployment }) => deployment === primary.id);
  const early = endsEarly(service) && old.length === 0;
  if (healthyNext >= service.desired && (drained || early)) completeDeployment(world, service, !drained);
}

/**
 * Success as soon as the new tasks serve, with the old ones draining behind it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
const endsEarly = (service: SimulatedService): boolean =>
  flagIn(objectIn(objectIn(service.properties, 'DeploymentConfiguration'), 'EarlySuccessCriteria'), 'Enable', false);

export function isSteady(world: RehearsalWorld, service: SimulatedService): boolean {
  const primary = service.deployments[0];
  if (primary === undefined || service.status !== 'ACTIVE' || primary.rollout !== 'COMPLETED') return false;
  const { tasks, next, healthyNext } = situationOf(world, service, primary);
  const draining = tasks.length - next.length;
  return next.length === service.desired && healthyNext === service.desired && (draining === 0 || endsEarly(service));
}
