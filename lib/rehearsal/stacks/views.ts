import type { Given } from '../../model/given.js';
import type { ChangeSetState, StackEvent, StackResource, StackState } from '../../model/windows.js';
import { isUnfinished } from './change-set.js';
import type { SimulatedChangeSet, SimulatedEvent, SimulatedResource, SimulatedStack } from './state.js';

const NONE: Given<never> = { kind: 'none' };
const given = (text: string): Given<string> => (text === '' ? NONE : { kind: 'given', value: text });

/** What DescribeStacks says. */
export function stateOf(stack: SimulatedStack): StackState {
  const { id, name, status, createdAt, outputs } = stack;
  const parameters = stack.parameters.map((one) => ({ name: one.name, value: one.value, resolved: given(one.resolved ?? '') }));
  const updatedAt: Given<number> = stack.updatedAt === 0 ? NONE : { kind: 'given', value: stack.updatedAt };
  return { id, name, status, reason: given(stack.reason), parameters, outputs: { ...outputs }, createdAt, updatedAt };
}

/** What ListStackResources says. */
export const resourceOf = ({ id, type, physicalId, status, reason }: SimulatedResource): StackResource => ({
  id,
  type,
  status,
  physicalId: given(physicalId),
  reason: given(reason),
});

/** What DescribeStackEvents says. */
export const eventOf = ({ id, at, resource, physicalId, type, status, reason, token }: SimulatedEvent): StackEvent => ({
  id,
  at,
  resource,
  type,
  status,
  physicalId: given(physicalId),
  reason: given(reason),
  token: given(token),
});

/** What DescribeChangeSet says: nothing yet while it is being worked out. */
export function changeSetOf(changeSet: SimulatedChangeSet): ChangeSetState {
  const { id, name, status, execution, reason, empty, changes } = changeSet;
  const base = { id, name, status, execution };
  if (isUnfinished(changeSet)) return { ...base, reason: NONE, empty: false, changes: [] };
  return { ...base, reason: given(reason), empty, changes: structuredClone(changes) };
}
