import type { Json, JsonObject } from '../../model/json.js';
import type { RehearsalWorld } from '../gate.js';
import { findDefinition } from './definitions.js';
import { say } from './events.js';
import { nextDeploymentId } from './identifiers.js';
import { attachmentsOf } from './load-balancing.js';
import { objectIn, textIn } from './properties.js';
import type { SimulatedDeployment, SimulatedService, SimulatedTask } from './state.js';

/**
 * Properties that start a deployment when they change, beside the task definition. The count is not one of them.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
const DEPLOYING = ['CapacityProviderStrategy', 'LoadBalancers', 'NetworkConfiguration', 'PlatformVersion', 'ServiceRegistries'];

function settingsOf(properties: JsonObject): Json {
  const nonce = textIn(objectIn(properties, 'ForceNewDeployment'), 'ForceNewDeploymentNonce', '');
  return [nonce, ...DEPLOYING.map((key) => properties[key] ?? null)];
}

export const strategyOf = (service: SimulatedService): string =>
  textIn(objectIn(service.properties, 'DeploymentConfiguration'), 'Strategy', 'ROLLING');

export const shiftsTraffic = (service: SimulatedService): boolean =>
  ['BLUE_GREEN', 'CANARY', 'LINEAR'].includes(strategyOf(service));

/** The service's own properties as a deployment; the one before stays until its tasks are replaced. */
export function startDeployment(world: RehearsalWorld, service: SimulatedService): void {
  const definition = definitionArn(world, service.properties);
  const settings = settingsOf(service.properties);
  const before = service.deployments[0];
  // What still runs of exactly this is used again.
  const known = service.deployments.find((each) => each.definition === definition && same(each.settings, settings));
  const others = service.deployments.filter((each) => each !== known);
  const next = known ?? newDeployment(world, service, definition, settings, before);
  Object.assign(next, { rollout: 'IN_PROGRESS', failures: 0, reason: `ECS deployment ${next.id} in progress.` });
  // Traffic goes back at once to what served before.
  next.shift = { stage: next.completed ? 'clean-up' : 'scale-up', percent: 0, until: null };
  if (next.completed) setWeights(world, service, next.side, 100);
  service.deployments = [next, ...others];
  if (findDefinition(world, definition) === undefined) service.failure = 'TaskDefinition not found';
}

export function sameDeployment(world: RehearsalWorld, service: SimulatedService, properties: JsonObject): boolean {
  const primary = service.deployments[0];
  if (primary === undefined) return false;
  return primary.definition === definitionArn(world, properties) && same(primary.settings, settingsOf(properties));
}

function newDeployment(
  world: RehearsalWorld,
  service: SimulatedService,
  definition: string,
  settings: Json,
  before: SimulatedDeployment | undefined,
): SimulatedDeployment {
  const flips = shiftsTraffic(service) && before?.side === 'production';
  return {
    id: nextDeploymentId(world),
    definition,
    settings,
    createdAt: world.now,
    rollout: 'IN_PROGRESS',
    reason: '',
    completed: false,
    failures: 0,
    failed: 0,
    side: flips ? 'alternate' : 'production',
    shift: { stage: 'scale-up', percent: 0, until: null },
  };
}

/** ARN of the task definition that the properties name; a name that is not known stays as it is. */
function definitionArn(world: RehearsalWorld, properties: JsonObject): string {
  const name = textIn(properties, 'TaskDefinition', '');
  return findDefinition(world, name)?.arn ?? name;
}

/** Everything new runs and everything old is gone. */
export function completeDeployment(world: RehearsalWorld, service: SimulatedService, keepOthers: boolean): void {
  const primary = service.deployments[0];
  if (primary === undefined) return;
  primary.rollout = 'COMPLETED';
  primary.completed = true;
  primary.reason = `ECS deployment ${primary.id} completed.`;
  if (!keepOthers) service.deployments = [primary];
  setWeights(world, service, primary.side, 100);
  say(world, service, `(deployment ${primary.id}) deployment completed.`);
}

/** Lets ECS's rules send `percent` to the groups of one side and the rest to the other. */
export function setWeights(
  world: RehearsalWorld,
  service: SimulatedService,
  side: SimulatedDeployment['side'],
  percent: number,
): void {
  for (const { rule, production, alternate } of attachmentsOf(service, side)) {
    if (rule === '') continue;
    const here = side === 'production' ? production : alternate;
    const there = side === 'production' ? alternate : production;
    world.state.services.weights[rule] = { [here]: percent, [there]: 100 - percent };
  }
}

export function tasksOf(world: RehearsalWorld, service: SimulatedService): SimulatedTask[] {
  return Object.values(world.state.services.tasks).filter((task) => task.service === service.arn && task.status !== 'STOPPED');
}

const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);
