import type { Given } from '../model/given.js';
import type { AppEvent } from '../model/running.js';
import type { SourceMap } from '../model/template.js';
import type { ServiceState, StackEvent, StackResource, StackState, Windows } from '../model/windows.js';
import { plainReason } from './cause-of-resource.js';
import { servicesOf } from './stack-services.js';

const STACK = 'AWS::CloudFormation::Stack';

export interface EventQuestion {
  /** Only the newest of each source. */
  readonly limit: number;
  /** Lines of files by resource; none: no event has a place. */
  readonly sourceMap: Given<SourceMap>;
}

/** What happened to a stack and its services, oldest first; at most `limit`, the newest. */
export async function readEvents(
  windows: Pick<Windows, 'stacks' | 'services'>,
  stack: StackState,
  { limit, sourceMap }: EventQuestion,
): Promise<readonly AppEvent[]> {
  const [events, services] = await Promise.all([
    windows.stacks.events(stack.id, { after: { kind: 'none' }, limit }),
    readServiceEvents(windows, stack),
  ]);
  const all = [...events.map((event) => ofStack(event, stack)), ...services];
  return all
    .sort((a, b) => a.at - b.at)
    .slice(-limit)
    .map((event) => ({ ...event, place: placeOf(event.resource, sourceMap) }));
}

function placeOf(resource: string, sourceMap: Given<SourceMap>): Given<string> {
  const places = sourceMap.kind === 'given' ? (sourceMap.value.resources[resource]?.from ?? []) : [];
  const place = places.find((each) => each !== 'default');
  return place === undefined ? { kind: 'none' } : { kind: 'given', value: place };
}

function ofStack({ at, resource, type, status, reason }: StackEvent, { name }: StackState): AppEvent {
  return {
    at,
    from: 'cloudformation',
    resource: type === STACK ? name : resource,
    place: { kind: 'none' },
    status,
    text: reason.kind === 'given' ? plainReason(reason.value) : '',
    bad: status.endsWith('_FAILED') || (type === STACK && /ROLLBACK/.test(status)),
  };
}

async function readServiceEvents(windows: Pick<Windows, 'stacks' | 'services'>, stack: StackState): Promise<AppEvent[]> {
  const resources = await windows.stacks.resources(stack.id);
  const { cluster, services } = servicesOf(stack, resources);
  const arns = Object.values(services);
  if (cluster.kind === 'none' || arns.length === 0) return [];
  const states = await windows.services.services(cluster.value, arns);
  return states.flatMap((state) => ofService(state, resources));
}

function ofService({ arn, events }: ServiceState, resources: readonly StackResource[]): AppEvent[] {
  const resource = resources.find(({ physicalId }) => physicalId.kind === 'given' && physicalId.value === arn)?.id ?? arn;
  // ECS lists the newest first; those of one moment stay in order
  return [...events].reverse().map(({ at, message }) => ({
    at,
    from: 'ecs',
    resource,
    place: { kind: 'none' },
    status: '',
    text: message.replace(/^\(service [^)]*\) /, '').replace(/\.$/, ''),
    bad: /unable|unhealthy|failed|circuit breaker/i.test(message),
  }));
}
