import type { SimulatedResource, SimulatedStack, Step } from './state.js';
import type { ParsedTemplate } from './template.js';

const step = (
  id: string,
  action: Step['action'],
  resource: SimulatedResource | null,
  after: readonly number[],
  retain = false,
): Step => ({
  id,
  action,
  resource,
  after,
  retain,
  state: 'waiting',
  doing: 'nothing',
  startedAt: 0,
  wakesAt: 0,
  failure: '',
});

/** Every resource of the template, after those it needs. Those that are as they should be turn out to have nothing to do. */
export function applySteps(template: ParsedTemplate): Step[] {
  const ids = [...template.resources.keys()];
  return [...template.resources].map(([id, { dependsOn }]) =>
    step(
      id,
      'apply',
      null,
      dependsOn.map((other) => ids.indexOf(other)),
    ),
  );
}

/** What an update touched, back to what it was, after what it needs. */
export function restoreSteps(touched: readonly SimulatedResource[]): Step[] {
  const ids = touched.map(({ id }) => id);
  return touched.map((resource) => step(resource.id, 'restore', resource, positions(resource.dependsOn, ids)));
}

/** Deletions, each after those that need it. What has the policy Retain stays, and so do the logical ids in `keep`. */
export function deleteSteps(things: readonly SimulatedResource[], keep: ReadonlySet<string>): Step[] {
  return things.map((thing) => {
    const after = things.flatMap((other, at) => (other !== thing && other.dependsOn.includes(thing.id) ? [at] : []));
    return step(thing.id, 'delete', thing, after, thing.retain || keep.has(thing.id));
  });
}

const positions = (ids: readonly string[], all: readonly string[]): number[] =>
  ids.flatMap((id) => (all.includes(id) ? [all.indexOf(id)] : []));

/** Whether nothing of it moves any more. */
export const isOver = ({ state }: Step): boolean => state === 'done' || state === 'failed' || state === 'cancelled';

export const isRunning = ({ state }: Step): boolean => state === 'asked' || state === 'working';

/** Things that are there, by logical id. */
export const thingsOf = (stack: SimulatedStack): SimulatedResource[] =>
  Object.values(stack.resources).filter(({ physicalId }) => physicalId !== '');
