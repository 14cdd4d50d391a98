import { Failure } from '../../failure.js';
import type { Json, JsonObject } from '../../model/json.js';
import type { Plan, ResourceChange } from '../../model/plan.js';
import { readTemplateObject } from '../foreign-template.js';
import { templateReferences } from './published-values.js';

/**
 * What of a platform that apps refer to would become another thing, a name each. Apps hold on to what is published: the network, the
 * cluster, the zone, the group of their tasks, shared balancers. What is only added, as subnets of a third zone, harms nobody.
 */
export function tornFromApps(plan: Plan, running: string, next: string): readonly string[] {
  const [before, after] = [published(running), published(next)];
  const referred = new Set([...before.values()].flatMap((value) => templateReferences(value)));
  const replaced = plan.resources.filter((change) => referred.has(change.id) && goes(change)).map(({ id }) => id);
  const lost = [...before].flatMap(([name, value]) => {
    const now = after.get(name);
    if (now === undefined) return [`\`${name}\``];
    return keeps(value, now) || templateReferences(value).some((id) => replaced.includes(id)) ? [] : [`\`${name}\``];
  });
  return [...replaced, ...lost];
}

const goes = ({ action, replacement }: ResourceChange): boolean => action === 'remove' || replacement !== 'none';

/** Values of the SSM parameters of a platform's template, by name. */
function published(template: string): ReadonlyMap<string, Json> {
  const resources = readTemplateObject(template)?.['Resources'] ?? {};
  const found = Object.values(resources as JsonObject).flatMap((resource) => {
    const { Type, Properties } = resource as JsonObject;
    if (Type !== 'AWS::SSM::Parameter') return [];
    const { Name, Value } = Properties as JsonObject;
    return [[String(Name), Value ?? ''] as const];
  });
  return new Map(found);
}

/** The same, or a list that has grown. */
function keeps(before: Json, after: Json): boolean {
  const now = new Set(itemsOf(after));
  return itemsOf(before).every((item) => now.has(item));
}

/** A list of ids is text with commas, or the join of references. */
function itemsOf(value: Json): string[] {
  if (typeof value === 'string') return value.split(',');
  const join =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject)['Fn::Join'] : undefined;
  const items = Array.isArray(join) ? join[1] : undefined;
  return Array.isArray(items) ? items.map((item: Json) => JSON.stringify(item)) : [JSON.stringify(value)];
}

/** @throws Failure `platform-in-use` when apps stand on what the change would replace */
export function refuseTorn(environment: string, apps: readonly string[], torn: readonly string[]): void {
  const failure = tornFailure(environment, apps, torn);
  if (failure !== undefined) throw failure;
}

/** The same as a value, for those who only look. */
export function tornFailure(environment: string, apps: readonly string[], torn: readonly string[]): Failure | undefined {
  if (apps.length === 0 || torn.length === 0) return undefined;
  return new Failure(
    `platform of ${environment}`,
    `this would replace ${torn.join(', ')}, and apps stand on that: ${apps.join(', ')}`,
    'make another environment (`platform.<name>`) with the new settings and move the apps there, or destroy them first',
    'platform-in-use',
  );
}

/** @throws Failure `platform-in-use`: apps stand on it */
export function refuseStanding(environment: string, apps: readonly string[]): void {
  if (apps.length === 0) return;
  const flag = environment === 'default' ? '' : ` -e ${environment}`;
  throw new Failure(
    `platform of ${environment}`,
    `apps stand on it: ${apps.join(', ')}`,
    `destroy them first: ${apps.map((app) => `\`empire destroy ${app}${flag}\``).join(', ')}`,
    'platform-in-use',
  );
}
