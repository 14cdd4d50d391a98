import type { Json, JsonObject } from '../model/json.js';
import type { PropertyChange, ResourceChange } from '../model/plan.js';
import { comparedResources } from './compared-resources.js';
import { masked } from './masked.js';
import { differencesOf } from './property-differences.js';
import { placeOf, type Side, type Sides } from './sides.js';
import { referencesOf } from './substitute.js';
import type { ResourceJson } from './template-json.js';

type Replacement = ResourceChange['replacement'];
type Library = typeof import('@aws-cdk/cloudformation-diff');
type ResourceDifference = import('@aws-cdk/cloudformation-diff').ResourceDifference;

/** What becomes of each resource, sorted by process, then in template order, what leaves last. */
export function resourceChanges(sides: Sides): ResourceChange[] {
  const { before, after } = sides;
  const changed = before.template.resources.size === 0 ? everything(sides) : compared(sides);
  const order = [...after.template.resources.keys(), ...before.template.resources.keys()];
  const all = [...new Set(order)].flatMap((id) => changed.get(id) ?? []);
  return all.sort((a, b) => (a.process < b.process ? -1 : a.process > b.process ? 1 : 0));
}

/** Where there was nothing there is nothing to compare. */
function everything(sides: Sides): Map<string, ResourceChange> {
  const made = { action: 'add', replacement: 'none', retained: false, properties: [] } as const;
  return new Map([...sides.after.template.resources.keys()].map((id) => [id, { ...described(id, sides), ...made }]));
}

function compared(sides: Sides): Map<string, ResourceChange> {
  // With its specification it takes 0.5 s to load, so only when there is something to compare.
  const { diffTemplate } = require('@aws-cdk/cloudformation-diff') as Library;
  const { before, after } = comparedResources(sides.before.valued, sides.after.valued);
  const diff = diffTemplate(structuredClone(before) as object, structuredClone(after) as object);
  const changed = new Map<string, ResourceChange>();
  for (const [id, difference] of Object.entries(diff.resources.changes)) changed.set(id, resourceChange(id, difference, sides));
  for (const change of followers(changed, sides)) changed.set(change.id, change);
  return changed;
}

function resourceChange(id: string, difference: ResourceDifference, sides: Sides): ResourceChange {
  const [old, now] = [sides.before.template.resources.get(id), sides.after.template.resources.get(id)];
  const action = now === undefined ? 'remove' : old === undefined ? 'add' : 'modify';
  const replacement = action === 'modify' ? replacementOf(difference) : 'none';
  return {
    ...described(id, sides),
    action,
    replacement,
    retained: retained(action, replacement, old, now),
    properties: action === 'modify' ? propertyChanges(id, difference, sides) : [],
  };
}

function described(id: string, sides: Sides): Pick<ResourceChange, 'id' | 'type' | 'process' | 'place'> {
  const side = sides.after.template.resources.has(id) ? sides.after : sides.before;
  const resource = side.template.resources.get(id) as ResourceJson;
  return { id, type: resource.Type, process: sides.owners.processOf(id, resource), place: placeOf(id, [], side.map) };
}

/** A removed resource's policy is the running template's; a replaced one's is the new template's. */
function retained(
  action: ResourceChange['action'],
  replacement: Replacement,
  old: ResourceJson | undefined,
  now: ResourceJson | undefined,
): boolean {
  const policy = action === 'remove' ? old?.DeletionPolicy : replacement === 'none' ? 'Delete' : now?.UpdateReplacePolicy;
  return policy !== undefined && policy !== 'Delete';
}

function replacementOf(difference: ResourceDifference): Replacement {
  if (difference.resourceTypeChanged) return 'replace';
  return difference.changeImpact === 'WILL_REPLACE' ? 'replace' : difference.changeImpact === 'MAY_REPLACE' ? 'maybe' : 'none';
}

function propertyChanges(id: string, difference: ResourceDifference, sides: Sides): PropertyChange[] {
  const changes: PropertyChange[] = [];
  const [old, now] = [valuedProperties(sides.before, id), valuedProperties(sides.after, id)];
  for (const [name, { changeImpact }] of Object.entries(difference.propertyUpdates)) {
    const replacement = changeImpact === 'WILL_REPLACE' ? 'replace' : changeImpact === 'MAY_REPLACE' ? 'maybe' : 'none';
    const differences = differencesOf(old[name], now[name], [name]);
    if (differences.length === 0) changes.push(following(id, name, now[name] as Json, replacement, sides));
    for (const { path, mapped, before, after } of differences) {
      const text = path.join('/');
      const place = placeOf(id, mapped, after.kind === 'given' ? sides.after.map : sides.before.map);
      changes.push({ path: text, ...masked(text, before, after, sides.words), replacement, place });
    }
  }
  for (const [name, { oldValue, newValue }] of Object.entries(difference.otherChanges)) {
    const [before, after] = [oldValue, newValue].map((value) => (value === undefined ? NONE : { kind: 'given', value })) as [
      PropertyChange['before'],
      PropertyChange['after'],
    ];
    changes.push({ path: name, before, after, replacement: 'none', place: NONE });
  }
  return changes;
}

const NONE = { kind: 'none' } as const;

function valuedProperties(side: Side, id: string): JsonObject {
  return ((side.valued['Resources'] as JsonObject)[id] as JsonObject)['Properties'] as JsonObject;
}

/** The same words, but what they refer to is another thing. */
function following(id: string, path: string, value: Json, replacement: Replacement, sides: Sides): PropertyChange {
  const same = { kind: 'given', value } as const;
  return { path, before: same, after: same, replacement, place: placeOf(id, path.split('/'), sides.after.map) };
}

/** Resources that change only because one they refer to is replaced: a service takes the new revision of its task definition. */
function followers(changed: ReadonlyMap<string, ResourceChange>, sides: Sides): ResourceChange[] {
  const replaced = new Set([...changed.values()].filter(({ replacement }) => replacement === 'replace').map(({ id }) => id));
  const found: ResourceChange[] = [];
  for (const [id, resource] of sides.after.template.resources) {
    const known = changed.get(id);
    if (!sides.before.template.resources.has(id) || known?.replacement === 'replace') continue;
    const properties = Object.entries(resource.Properties)
      .filter(([name]) => !(known?.properties ?? []).some(({ path }) => path === name || path.startsWith(`${name}/`)))
      .filter(([, value]) => [...referencesOf(value)].some((reference) => replaced.has(reference)))
      .map(([name, value]) => following(id, name, value, 'none', sides));
    if (properties.length === 0) continue;
    const start = known ?? { ...described(id, sides), action: 'modify', replacement: 'none', retained: false, properties: [] };
    found.push({ ...start, properties: [...properties, ...start.properties] });
  }
  return found;
}
