import type { JsonObject } from '../../model/json.js';
import type { RehearsalWorld } from '../gate.js';
import { setWeights } from './deployments.js';
import { lookAgain, MORE, say } from './events.js';
import { flagIn, numberIn, objectIn, textIn } from './properties.js';
import type { SimulatedDeployment, SimulatedService, SimulatedTask } from './state.js';
import { beginStop } from './stop-task.js';

/** As CloudFormation's handler puts it. */
const TRIGGERED = 'ECS Deployment Circuit Breaker was triggered';

/** A task that failed is counted, and a healthy one starts the count again. */
export function countFailure(world: RehearsalWorld, service: SimulatedService, task: SimulatedTask): void {
  const deployment = service.deployments.find(({ id }) => id === task.deployment);
  if (deployment === undefined || task.counted) return;
  task.counted = true;
  deployment.failures += 1;
  deployment.failed += 1;
  if (task.stopCode === 'TaskFailedToStart') slowDown(world, service, deployment);
  if (deployment === service.deployments[0] && deployment.rollout === 'IN_PROGRESS') breakCircuit(world, service, deployment);
}

/** A deployment fails so often before its tasks are started at longer and longer intervals. */
const PATIENT = 3;
const FIRST_PAUSE = 10_000;
const LONGEST_PAUSE = 27 * 60_000;

/**
 * Tasks that never run are started less and less often.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
 */
function slowDown(world: RehearsalWorld, service: SimulatedService, { failures }: SimulatedDeployment): void {
  if (failures < PATIENT) return;
  service.placeAt = world.now + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - PATIENT));
  lookAgain(service, service.placeAt);
  say(world, service, `is unable to consistently start tasks successfully. ${MORE}`);
}

/**
 * Half the desired count, at least 3 and at most 200, unless the service says another number or percentage.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ThresholdConfiguration.html
 */
export function threshold(service: SimulatedService): number {
  const configuration = objectIn(breakerOf(service), 'ThresholdConfiguration');
  const type = textIn(configuration, 'Type', 'BOUNDED_PERCENT');
  const value = numberIn(configuration, 'Value', 50);
  if (type === 'COUNT') return value;
  const share = Math.ceil((service.desired * value) / 100);
  return type === 'BOUNDED_PERCENT' ? Math.min(200, Math.max(3, share)) : Math.max(1, share);
}

/** A healthy task starts the count again, unless the service says otherwise (`ResetOnHealthyTask`). */
export function forgetFailures(service: SimulatedService, deployment: SimulatedDeployment): void {
  if (flagIn(breakerOf(service), 'ResetOnHealthyTask', true)) deployment.failures = 0;
}

const breakerOf = (service: SimulatedService): JsonObject =>
  objectIn(objectIn(service.properties, 'DeploymentConfiguration'), 'DeploymentCircuitBreaker');

function breakCircuit(world: RehearsalWorld, service: SimulatedService, failed: SimulatedDeployment): void {
  const breaker = breakerOf(service);
  if (!flagIn(breaker, 'Enable', false) || failed.failures < threshold(service)) return;
  failed.rollout = 'FAILED';
  failed.reason = 'ECS deployment circuit breaker: tasks failed to start.';
  service.failure = TRIGGERED;
  say(world, service, `(deployment ${failed.id}) deployment failed: tasks failed to start.`);
  const good = service.deployments.find((each) => each !== failed && each.completed);
  if (flagIn(breaker, 'Rollback', false) && good !== undefined) rollBack(world, service, failed, good);
}

/** Back to the last deployment that was complete; the first one of a service has none, and stays failed without new tasks. */
function rollBack(
  world: RehearsalWorld,
  service: SimulatedService,
  failed: SimulatedDeployment,
  good: SimulatedDeployment,
): void {
  service.placeAt = 0;
  good.rollout = 'IN_PROGRESS';
  good.reason = `ECS deployment circuit breaker: rolling back to deploymentId ${good.id}.`;
  good.shift = { stage: 'clean-up', percent: 100, until: null };
  service.deployments = [good, ...service.deployments.filter((each) => each !== good)];
  setWeights(world, service, good.side, 100);
  say(world, service, `rolling back to deployment ${good.id}.`);
  for (const task of Object.values(world.state.services.tasks)) {
    if (task.deployment === failed.id)
      beginStop(world, task, 'ServiceSchedulerInitiated', `Scaling activity initiated by (deployment ${failed.id})`);
  }
}
