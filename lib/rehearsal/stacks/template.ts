import type { Json, JsonObject } from '../../model/json.js';
import { refused } from './refusal.js';
import { isKnownType } from './replacement.js';

/** A template as CloudFormation reads it, with everything in its order. */
export interface ParsedTemplate {
  readonly parameters: ReadonlyMap<string, { readonly type: string; readonly default: Json | undefined }>;
  /** Those needed by others come first. */
  readonly resources: ReadonlyMap<string, ResourceDefinition>;
  readonly outputs: ReadonlyMap<string, Json>;
}

export interface ResourceDefinition {
  readonly type: string;
  readonly properties: JsonObject;
  readonly retain: boolean;
  readonly retainReplaced: boolean;
  /** Logical ids of other resources: `DependsOn`, `Ref`, `Fn::GetAtt`, `Fn::Sub`. */
  readonly dependsOn: readonly string[];
}

/** Quotas page "Understand CloudFormation quotas". */
const MOST_RESOURCES = 500;

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const section = (template: JsonObject, name: string): [string, JsonObject][] => {
  const found = template[name];
  return isObject(found) ? Object.entries(found).filter((entry): entry is [string, JsonObject] => isObject(entry[1])) : [];
};

/** Templates are read again at every event: the last few are kept. */
const known = new Map<string, ParsedTemplate>();
const MOST_KNOWN = 64;

/** Refuses what CreateChangeSet refuses at once. */
export function parseTemplate(body: string): ParsedTemplate {
  const before = known.get(body);
  if (before !== undefined) return before;
  const parsed = parseAnew(body);
  const [oldest] = known.keys();
  if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  known.set(body, parsed);
  return parsed;
}

function parseAnew(body: string): ParsedTemplate {
  const template = parseObject(body);
  const parameters = new Map(
    section(template, 'Parameters').map(([id, { Type, Default }]) => [id, { type: String(Type), default: Default }]),
  );
  const written = section(template, 'Resources');
  if (written.length === 0) throw refused('Template format error: At least one Resources member must be defined.');
  if (written.length > MOST_RESOURCES)
    throw refused(
      `Template format error: Number of resources, ${written.length}, is greater than maximum allowed, ${MOST_RESOURCES}`,
    );
  const ids = new Set(written.map(([id]) => id));
  const resources = inOrder(new Map(written.map(([id, resource]) => [id, definition(resource, ids)])));
  const outputs = new Map(section(template, 'Outputs').map(([id, output]) => [id, output['Value'] ?? '']));
  refuseUnknownTypes(resources);
  refuseUnresolved(template, new Set([...ids, ...parameters.keys()]));
  return { parameters, resources, outputs };
}

function parseObject(body: string): JsonObject {
  try {
    const parsed = JSON.parse(body) as Json;
    if (isObject(parsed)) return parsed;
  } catch (error) {
    throw refused(`Template format error: JSON not well-formed. (${(error as Error).message})`);
  }
  throw refused('Template format error: unsupported structure.');
}

function definition(resource: JsonObject, ids: ReadonlySet<string>): ResourceDefinition {
  const properties = isObject(resource['Properties']) ? resource['Properties'] : {};
  const named = resource['DependsOn'] ?? [];
  const explicit = (Array.isArray(named) ? named : [named]).map(String);
  const referred = referredIn(properties).filter((id) => ids.has(id));
  return {
    type: String(resource['Type']),
    properties,
    retain: resource['DeletionPolicy'] === 'Retain',
    retainReplaced: resource['UpdateReplacePolicy'] === 'Retain',
    dependsOn: [...new Set([...explicit, ...referred])],
  };
}

/** Every name that a value refers to: resources, parameters and pseudo parameters. */
export function referredIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => referredIn(item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref' && typeof inner === 'string') return [inner];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? ''];
    if (key === 'Fn::Sub') return inSub(inner);
    return referredIn(inner);
  });
}

function inSub(value: Json): string[] {
  const [text, own] = Array.isArray(value) ? [value[0], value[1]] : [value, undefined];
  const names = [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => String(name).split('.')[0] ?? '');
  return isObject(own) ? [...names.filter((name) => own[name] === undefined), ...referredIn(own)] : names;
}

function inOrder(resources: ReadonlyMap<string, ResourceDefinition>): ReadonlyMap<string, ResourceDefinition> {
  const ordered = new Map<string, ResourceDefinition>();
  const left = new Map(resources);
  while (left.size > 0) {
    const ready = [...left].filter(([, { dependsOn }]) => dependsOn.every((id) => !left.has(id)));
    if (ready.length === 0) throw refused(`Circular dependency between resources: [${[...left.keys()].join(', ')}]`);
    for (const [id, resource] of ready) {
      ordered.set(id, resource);
      left.delete(id);
    }
  }
  return ordered;
}

function refuseUnknownTypes(resources: ReadonlyMap<string, ResourceDefinition>): void {
  const unknown = new Set([...resources.values()].map(({ type }) => type).filter((type) => !isKnownType(type)));
  if (unknown.size > 0)
    throw refused(
      `Template format error: Unrecognized resource types: [${[...unknown].join(', ')}] (the rehearsal has no such types)`,
    );
}

function refuseUnresolved(template: JsonObject, known: ReadonlySet<string>): void {
  for (const block of ['Resources', 'Outputs']) {
    const missing = referredIn(template[block] ?? {}).filter((name) => !known.has(name) && !name.startsWith('AWS::'));
    if (missing.length > 0)
      throw refused(
        `Template format error: Unresolved resource dependencies [${[...new Set(missing)].join(', ')}] in the ${block} block of the template`,
      );
  }
  const explicit = section(template, 'Resources').flatMap(([, { DependsOn }]) => DependsOn ?? []);
  const missing = explicit.map(String).filter((id) => !known.has(id));
  if (missing.length > 0)
    throw refused(
      `Template format error: Unresolved resource dependencies [${missing.join(', ')}] in the Resources block of the template`,
    );
}
