import type { JsonObject } from '../../model/json.js';
import type { World } from '../world.js';
import type { Birth, Identity } from './identity.js';
import { freeNames, takeName } from './names.js';
import { makeIdentity } from './physical-ids.js';
import type { SimulatedResource } from './state.js';

const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';
export const SERVICE = 'AWS::ECS::Service';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const BUCKET = 'AWS::S3::Bucket';
const LAUNCH_TEMPLATE = 'AWS::EC2::LaunchTemplate';
const LISTENER_RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const SCHEDULE = 'AWS::Scheduler::Schedule';

/** Makes the thing, and tells the service whose it is. */
export function makeThing(world: World, type: string, birth: Birth): Identity {
  const identity = identityOf(world, type, birth);
  takeName(world, type, { stack: birth.stack, id: birth.id, physicalId: identity.physicalId }, birth.properties);
  if (type === TARGET_GROUP) world.services.setTargetGroup(identity.physicalId, birth.properties);
  if (type === LISTENER_RULE) world.services.setListenerRule(identity.physicalId, birth.properties);
  if (type === BUCKET) world.buckets.makeBucket(identity.physicalId);
  if (type === SCHEDULE) world.services.setSchedule(identity.physicalId, birth.properties);
  return identity;
}

function identityOf(world: World, type: string, birth: Birth): Identity {
  const { properties, stack, id } = birth;
  if (type === TASK_DEFINITION) {
    const arn = world.services.registerTaskDefinition(properties, world.now);
    return { physicalId: arn, attributes: { TaskDefinitionArn: arn } };
  }
  if (type === SERVICE) {
    const arn = world.services.createService(properties, world.now, stack, id);
    return { physicalId: arn, attributes: { ServiceArn: arn, Name: arn.split('/').at(-1) ?? '' } };
  }
  return makeIdentity(type, birth);
}

/** Changes the thing in place. Gives what the service says when it refuses. */
export function changeThing(
  world: World,
  resource: SimulatedResource,
  properties: JsonObject,
  stack: string,
): string | undefined {
  const { type, id, physicalId } = resource;
  const refusal = takeName(world, type, { stack, id, physicalId }, properties);
  if (refusal !== undefined) return refusal;
  if (type === SERVICE) world.services.updateService(physicalId, properties, world.now);
  if (type === TARGET_GROUP) world.services.setTargetGroup(physicalId, properties);
  if (type === LISTENER_RULE) world.services.setListenerRule(physicalId, properties);
  if (type === LAUNCH_TEMPLATE) countVersion(resource);
  if (type === SCHEDULE) world.services.setSchedule(physicalId, properties);
  return undefined;
}

/** Each change of a launch template is a new version, and whatever reads the latest one changes with it. */
function countVersion({ attributes }: SimulatedResource): void {
  attributes['LatestVersionNumber'] = String(Number(attributes['LatestVersionNumber']) + 1);
}

export function removeThing(world: World, { type, id, physicalId }: SimulatedResource, stack: string): void {
  freeNames(world, type, { stack, id, physicalId });
  if (type === TASK_DEFINITION) world.services.deregisterTaskDefinition(physicalId, world.now);
  if (type === SERVICE) world.services.deleteService(physicalId, world.now);
  if (type === TARGET_GROUP) world.services.removeTargetGroup(physicalId);
  if (type === LISTENER_RULE) world.services.removeListenerRule(physicalId);
  if (type === BUCKET) world.buckets.removeBucket(physicalId);
  if (type === SCHEDULE) world.services.removeSchedule(physicalId);
}
