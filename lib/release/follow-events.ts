import type { Given } from '../model/given.js';
import type { ProgressEvent } from '../model/progress.js';
import type { SourceMap } from '../model/template.js';
import type { ServiceState, StackEvent } from '../model/windows.js';

type EventLine = Extract<ProgressEvent, { kind: 'event' }>;

/** CloudFormation's words that are worth a line, in ours. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['CREATE_IN_PROGRESS', 'is being made'],
  ['CREATE_COMPLETE', 'made'],
  ['UPDATE_IN_PROGRESS', 'is being changed'],
  ['UPDATE_COMPLETE', 'changed'],
  ['DELETE_IN_PROGRESS', 'is being removed'],
  ['DELETE_COMPLETE', 'removed'],
  ['DELETE_SKIPPED', 'left behind'],
  ['IMPORT_COMPLETE', 'taken in as it was'],
]);

const STACK = 'AWS::CloudFormation::Stack';

/** A stack event as a line; none when it says nothing new. */
export function stackEventLine(event: StackEvent, sourceMap: Given<SourceMap>): Given<EventLine> {
  const { status, physicalId, resource, at } = event;
  const bad = status.endsWith('_FAILED') || (event.type === STACK && BACK.has(status));
  const words = bad ? failureWords(event) : event.type === STACK ? undefined : WORDS.get(status);
  if (words === undefined) return { kind: 'none' };
  // a second event of the same status only adds the physical id
  if (status === 'CREATE_IN_PROGRESS' && physicalId.kind === 'given' && physicalId.value !== '') return { kind: 'none' };
  const place = placeOf(resource, sourceMap);
  return { kind: 'given', value: { kind: 'event', at, resource, place, text: words, bad } };
}

/** The stack turns back. */
const BACK = new Set(['UPDATE_ROLLBACK_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS']);

function failureWords({ status, reason }: StackEvent): string {
  const words = BACK.has(status) ? 'goes back to what was there before' : status;
  return reason.kind === 'given' && reason.value !== '' ? `${words}: ${reason.value}` : words;
}

/** What a service said since then, oldest first. */
export function serviceEventLines(
  service: ServiceState,
  resource: string,
  since: number,
  sourceMap: Given<SourceMap>,
): EventLine[] {
  return [...service.events]
    .filter(({ at }) => at > since)
    .reverse()
    .map(({ at, message }) => ({
      kind: 'event' as const,
      at,
      resource,
      place: placeOf(resource, sourceMap),
      text: message.replace(/^\(service [^)]*\) /, '').replace(/\.$/, ''),
      bad: /unable|unhealthy|failed|circuit breaker/i.test(message),
    }));
}

/** The line of a resource; none for one that only our defaults made. */
export function placeOf(resource: string, sourceMap: Given<SourceMap>): Given<string> {
  const [first] = sourceMap.kind === 'given' ? (sourceMap.value.resources[resource]?.from ?? []) : [];
  return first === undefined || first === 'default' ? { kind: 'none' } : { kind: 'given', value: first };
}
