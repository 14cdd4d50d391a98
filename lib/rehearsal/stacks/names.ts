import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../model/json.js';
import type { World } from '../world.js';
import type { NameHolder } from './state.js';

/** A name that only one thing of the account can have. */
interface TakenName {
  readonly key: string;
  /** What the service says when it is taken. */
  readonly refusal: string;
}

/** Of the types whose names, priorities or ports we give ourselves. */
function nameOf(type: string, properties: JsonObject): TakenName | undefined {
  const at = (name: string): string => String(properties[name] ?? '');
  switch (type) {
    case 'AWS::Logs::LogGroup':
      return properties['LogGroupName'] === undefined
        ? undefined
        : {
            key: at('LogGroupName'),
            refusal: `Resource of type 'AWS::Logs::LogGroup' with identifier '{"/properties/LogGroupName":"${at('LogGroupName')}"}' already exists.`,
          };
    case 'AWS::ElasticLoadBalancingV2::ListenerRule':
      return { key: `${at('ListenerArn')} ${at('Priority')}`, refusal: `Priority '${at('Priority')}' is currently in use` };
    case 'AWS::ElasticLoadBalancingV2::Listener':
      return {
        key: `${at('LoadBalancerArn')} ${at('Port')}`,
        refusal: 'A listener already exists on this port for this load balancer',
      };
    case 'AWS::Route53::RecordSet':
      return {
        key: `${at('HostedZoneId')} ${at('Name')} ${at('Type')}`,
        refusal: `Tried to create resource record set [name='${at('Name')}.', type='${at('Type')}'] but it already exists`,
      };
    case 'AWS::S3::Bucket':
      return { key: at('BucketName'), refusal: `${at('BucketName')} already exists` };
    case 'AWS::S3::BucketPolicy':
      return { key: at('Bucket'), refusal: `The bucket policy already exists on bucket ${at('Bucket')}.` };
    case 'AWS::SSM::Parameter':
      return { key: at('Name'), refusal: `${at('Name')} already exists` };
    default:
      return undefined;
  }
}

/** Types whose names CreateChangeSet checks ("pre-deployment validation": name conflicts of custom names). */
const CHECKED_EARLY = new Set(['AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::SSM::Parameter']);

const BUCKET = 'AWS::S3::Bucket';

export type Holder =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'left-behind' }
  | { readonly kind: 'stack'; readonly refusal: string };

/** Whether a new thing with these properties can be made, as far as CreateChangeSet looks. */
export function holderOf(world: World, type: string, properties: JsonObject): Holder {
  const name = CHECKED_EARLY.has(type) ? nameOf(type, properties) : undefined;
  const held = name === undefined ? undefined : world.state.stacks.names[`${type} ${name.key}`];
  if (name !== undefined && held === undefined && type === BUCKET && world.buckets.hasBucket(name.key))
    return { kind: 'left-behind' };
  if (name === undefined || held === undefined) return { kind: 'nobody' };
  return held.stack === '' ? { kind: 'left-behind' } : { kind: 'stack', refusal: name.refusal };
}

/** Gives the name to a thing, and frees those it had. Gives what the service says when another thing has it. */
export function takeName(world: World, type: string, holder: NameHolder, properties: JsonObject): string | undefined {
  const name = nameOf(type, properties);
  if (name === undefined) return undefined;
  const { names } = world.state.stacks;
  const key = `${type} ${name.key}`;
  const held = names[key];
  if (held !== undefined && !isDeepStrictEqual(held, holder)) return name.refusal;
  freeNames(world, type, holder);
  names[key] = { ...holder };
  return undefined;
}

/** What the service would say to a new thing with these properties; nothing when it could be made. */
export function nameRefusal(world: World, type: string, properties: JsonObject): string | undefined {
  const name = nameOf(type, properties);
  return name === undefined || world.state.stacks.names[`${type} ${name.key}`] === undefined ? undefined : name.refusal;
}

/** When a thing is gone. */
export function freeNames(world: World, type: string, holder: NameHolder): void {
  const { names } = world.state.stacks;
  for (const [key, held] of Object.entries(names))
    if (key.startsWith(`${type} `) && isDeepStrictEqual(held, holder)) delete names[key];
}

/** When a stack lets go of a thing that stays. */
export function leaveNames(world: World, type: string, holder: NameHolder): void {
  const { names } = world.state.stacks;
  for (const [key, held] of Object.entries(names))
    if (key.startsWith(`${type} `) && isDeepStrictEqual(held, holder)) names[key] = { ...held, stack: '' };
}

/** When a stack takes in a thing that was left behind. */
export function adoptName(world: World, type: string, holder: NameHolder, properties: JsonObject): void {
  const name = nameOf(type, properties);
  if (name !== undefined) world.state.stacks.names[`${type} ${name.key}`] = { ...holder };
}
