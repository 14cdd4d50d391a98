import type { Json, JsonObject } from '../model/json.js';
import { isObject, listAt, objectAt } from '../plan/template-json.js';

/** Text of a template that we made or that CloudFormation gave back → JSON. Not JSON: none of ours. */
export function parseTemplateObject(text: string): JsonObject {
  const value = JSON.parse(text) as Json;
  return objectAt(value);
}

export const resourcesOf = (template: JsonObject): JsonObject => objectAt(template['Resources']);

export const propertiesOf = (template: JsonObject, id: string): JsonObject =>
  objectAt(objectAt(resourcesOf(template)[id])['Properties']);

export const typeOf = (template: JsonObject, id: string): string => String(objectAt(resourcesOf(template)[id])['Type'] ?? '');

/** Logical ids of one type, in template order. */
export const idsOfType = (template: JsonObject, type: string): string[] =>
  Object.keys(resourcesOf(template)).filter((id) => typeOf(template, id) === type);

/** Everything a value refers to by name: resources and parameters, through Ref, Fn::GetAtt and Fn::Sub. */
export function referencesOf(value: Json | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  collect(value, found);
  return found;
}

function collect(value: Json | undefined, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const one of value as readonly Json[]) collect(one, found);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'Ref' && typeof inner === 'string') found.add(inner);
    else if (key === 'Fn::GetAtt') found.add(attributeOwner(inner));
    else if (key === 'Fn::Sub') collectSub(inner, found);
    else collect(inner, found);
  }
}

/** `["Lb", "DNSName"]` or `"Lb.DNSName"` */
const attributeOwner = (value: Json): string =>
  typeof value === 'string' ? (value.split('.')[0] as string) : String(listAt(value)[0]);

function collectSub(value: Json, found: Set<string>): void {
  const [text, variables] = typeof value === 'string' ? [value, {}] : [listAt(value)[0], objectAt(listAt(value)[1])];
  for (const [, name] of String(text).matchAll(/\$\{([^!}][^}]*)\}/g)) {
    const owner = (name as string).trim().split('.')[0] as string;
    if (!Object.hasOwn(variables, owner)) found.add(owner);
  }
  collect(variables, found);
}

/** A resource and everything in the template it needs, however far away. */
export function closureOf(template: JsonObject, roots: readonly string[]): ReadonlySet<string> {
  const resources = resourcesOf(template);
  const found = new Set<string>();
  const open = roots.filter((id) => Object.hasOwn(resources, id));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const next of needs(resources[id])) if (Object.hasOwn(resources, next)) open.push(next);
  }
  return found;
}

/** Everything that a change of one of these can reach, itself included. Parameters count: a new value reaches what refers to it. */
export function reachOf(template: JsonObject, changed: ReadonlySet<string>): ReadonlySet<string> {
  const resources = resourcesOf(template);
  const reached = new Set(changed);
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const [id, resource] of Object.entries(resources)) {
      if (!reached.has(id) && [...referencesOf(resource)].some((name) => reached.has(name))) reached.add(id);
    }
  }
  return reached;
}

function needs(resource: Json | undefined): string[] {
  const dependsOn = listAt(objectAt(resource)['DependsOn']).map(String);
  return [...referencesOf(resource), ...dependsOn];
}
