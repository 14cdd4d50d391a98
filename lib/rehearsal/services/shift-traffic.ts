import type { RehearsalWorld } from '../gate.js';
import { completeWhenDone } from './completion.js';
import { setWeights, strategyOf } from './deployments.js';
import { lookAgain } from './events.js';
import { startTasks, stopTasks } from './place-tasks.js';
import { numberIn, objectIn } from './properties.js';
import { type Situation, situationOf } from './situation.js';
import type { SimulatedService } from './state.js';

const MINUTE = 60_000;

/**
 * Blue/green, canary and linear: all new tasks beside all old ones, traffic moved at once or in steps, then a bake time during which
 * both run, then the old ones end.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/canary-deployment.html
 * @see https://aws.amazon.com/blogs/containers/gradual-deployments-in-amazon-ecs-with-linear-and-canary-strategies
 */
export function shiftTraffic(world: RehearsalWorld, service: SimulatedService, situation: Situation): void {
  const { primary, next, old } = situation;
  stopTasks(world, service, next.slice(Math.max(service.desired, 0)));
  if (primary.rollout !== 'FAILED') startTasks(world, service, primary, service.desired - next.length);
  if (primary.rollout !== 'IN_PROGRESS') return;
  advance(world, service, situation);
  if (primary.shift.stage === 'clean-up') stopTasks(world, service, old);
  completeWhenDone(world, service, situationOf(world, service, primary));
}

/** Moves from stage to stage; each has a time at which it is looked at again. */
function advance(world: RehearsalWorld, service: SimulatedService, { primary, healthyNext, old }: Situation): void {
  const { shift } = primary;
  if (shift.stage === 'clean-up') return;
  if (shift.until !== null && world.now < shift.until) {
    lookAgain(service, shift.until);
    return;
  }
  if (shift.stage === 'scale-up') {
    if (healthyNext < service.desired) return;
    // A first deployment has nothing to shift from.
    if (old.length === 0) shift.stage = 'clean-up';
    else moveOn(world, service, primary.shift, firstStep(service));
  } else if (shift.stage === 'step') moveOn(world, service, shift, nextStep(service, shift.percent));
  else shift.stage = 'clean-up';
  setWeights(world, service, primary.side, shift.stage === 'clean-up' ? 100 : shift.percent);
}

interface Step {
  readonly percent: number;
  readonly minutes: number;
}

function moveOn(
  world: RehearsalWorld,
  service: SimulatedService,
  shift: SimulatedService['deployments'][number]['shift'],
  step: Step,
): void {
  shift.percent = Math.min(100, step.percent);
  shift.stage = shift.percent === 100 ? 'bake' : 'step';
  shift.until = world.now + step.minutes * MINUTE;
  lookAgain(service, shift.until);
}

function firstStep(service: SimulatedService): Step {
  return strategyOf(service) === 'BLUE_GREEN' ? lastStep(service) : nextStep(service, 0);
}

function nextStep(service: SimulatedService, percent: number): Step {
  const configuration = objectIn(service.properties, 'DeploymentConfiguration');
  const canary = objectIn(configuration, 'CanaryConfiguration');
  const linear = objectIn(configuration, 'LinearConfiguration');
  if (strategyOf(service) === 'CANARY') {
    if (percent > 0) return lastStep(service);
    return { percent: numberIn(canary, 'CanaryPercent', 5), minutes: numberIn(canary, 'CanaryBakeTimeInMinutes', 10) };
  }
  const next = percent + numberIn(linear, 'StepPercent', 10);
  return next >= 100 ? lastStep(service) : { percent: next, minutes: numberIn(linear, 'StepBakeTimeInMinutes', 6) };
}

const lastStep = (service: SimulatedService): Step => ({
  percent: 100,
  minutes: numberIn(objectIn(service.properties, 'DeploymentConfiguration'), 'BakeTimeInMinutes', 15),
});
