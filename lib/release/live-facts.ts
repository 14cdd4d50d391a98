import type { Given } from '../model/given.js';
import type { StackResource, StackState } from '../model/windows.js';
import { servicesOf } from '../observe/index.js';
import type { Engine } from './engine.js';
import { patiently } from './patience.js';
import { factsNeeded } from './submitted-template.js';
import { type LiveFacts, NO_FACTS } from './template-rewrites.js';

/** Asks the account for what only it knows, and only when the template needs it. */
export async function readLiveFacts(
  engine: Engine,
  stack: Given<StackState>,
  running: Given<string>,
  next: string,
): Promise<LiveFacts> {
  if (stack.kind === 'none' || running.kind === 'none') return NO_FACTS;
  const needed = factsNeeded(next, running.value);
  if (needed.services.length === 0 && needed.rules.length === 0) return NO_FACTS;
  const resources = await patiently(engine, () => engine.windows.stacks.resources(stack.value.id));
  const [desired, weights] = await Promise.all([
    readDesired(engine, stack.value, resources, needed.services),
    readWeights(engine, resources, needed.rules),
  ]);
  return { desired, weights };
}

async function readDesired(
  engine: Engine,
  stack: StackState,
  resources: readonly StackResource[],
  ids: readonly string[],
): Promise<LiveFacts['desired']> {
  const arns = new Map(ids.flatMap((id) => physical(resources, id).map((arn): [string, string] => [arn, id])));
  const { cluster } = servicesOf(stack, resources);
  if (cluster.kind === 'none' || arns.size === 0) return {};
  const services = await patiently(engine, () => engine.windows.services.services(cluster.value, [...arns.keys()]));
  return Object.fromEntries(
    services
      .filter(({ status }) => status === 'ACTIVE')
      .flatMap(({ arn, desired }) => {
        const id = arns.get(arn);
        return id === undefined ? [] : [[id, desired] as const];
      }),
  );
}

async function readWeights(
  engine: Engine,
  resources: readonly StackResource[],
  ids: readonly string[],
): Promise<LiveFacts['weights']> {
  const names = new Map(resources.flatMap(({ id, physicalId }) => (physicalId.kind === 'given' ? [[physicalId.value, id]] : [])));
  const weights: Record<string, Record<string, number>> = {};
  for (const id of ids) {
    const [rule] = physical(resources, id);
    if (rule === undefined) continue;
    const live = await patiently(engine, () => engine.windows.balancers.ruleWeights(rule));
    if (live.kind === 'none') continue;
    weights[id] = Object.fromEntries(Object.entries(live.value).map(([group, weight]) => [names.get(group) ?? group, weight]));
  }
  return weights;
}

const physical = (resources: readonly StackResource[], id: string): string[] =>
  resources.flatMap((one) => (one.id === id && one.physicalId.kind === 'given' ? [one.physicalId.value] : []));
