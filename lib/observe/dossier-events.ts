import type { Given } from '../model/given.js';
import type { Evidence } from '../model/release.js';
import type { StackEvent, Windows } from '../model/windows.js';
import { plainReason } from './cause-of-resource.js';

/** As many as the longest update and its way back have: a few per resource. */
const ENOUGH = 2000;

/** The operation's events, oldest first. */
export async function operationEvents(
  windows: Pick<Windows, 'stacks'>,
  stack: string,
  token: Given<string>,
  since: number,
): Promise<readonly StackEvent[]> {
  const events = await windows.stacks.events(stack, { after: { kind: 'none' }, limit: ENOUGH });
  return events.filter(
    (event) =>
      event.at >= since && (token.kind === 'none' || (event.token.kind === 'given' && event.token.value === token.value)),
  );
}

/** What stopped because something else failed is no cause. */
const CANCELLED = /^Resource (?:creation|update|deletion) cancelled|^User initiated|^The following resource\(s\) failed/i;

/** The event that began it: the first failed resource that was not merely cancelled. */
export function firstFailure(events: readonly StackEvent[]): Given<StackEvent> {
  const found = events.find(
    ({ type, status, reason }) =>
      type !== 'AWS::CloudFormation::Stack' &&
      status.endsWith('_FAILED') &&
      !(reason.kind === 'given' && CANCELLED.test(reason.value)),
  );
  return found === undefined ? { kind: 'none' } : { kind: 'given', value: found };
}

/** Task definitions that the operation made: logical id → ARN. After the way back the stack no longer names them. */
export function madeTaskDefinitions(events: readonly StackEvent[]): ReadonlyMap<string, string> {
  const made = new Map<string, string>();
  for (const { type, status, resource, physicalId } of events) {
    if (type !== 'AWS::ECS::TaskDefinition' || physicalId.kind === 'none' || physicalId.value === '') continue;
    if ((status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE') && !made.has(resource))
      made.set(resource, physicalId.value);
  }
  return made;
}

export function eventEvidence({ at, resource, status, reason }: StackEvent): Evidence {
  const why = reason.kind === 'given' && reason.value !== '' ? `: ${plainReason(reason.value)}` : '';
  return { from: 'cloudformation', at: { kind: 'given', value: at }, text: `${resource} ${status}${why}` };
}
