import type { Json, JsonObject } from '../model/json.js';
import { isObject, objectAt } from './template-json.js';

/**
 * The template with some parameters' values in place of the references to them, so that a value that changes shows as a change of
 * every property that uses it.
 */
export function withValues(template: JsonObject, values: ReadonlyMap<string, string>): JsonObject {
  if (values.size === 0) return template;
  const resources = Object.entries(objectAt(template['Resources'])).map(([id, resource]): [string, Json] => [
    id,
    substituted(resource, values),
  ]);
  return { ...template, Resources: Object.fromEntries(resources) };
}

function substituted(value: Json, values: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => substituted(one, values));
  if (!isObject(value)) return value;
  const reference = value['Ref'];
  if (typeof reference === 'string' && Object.keys(value).length === 1) return values.get(reference) ?? value;
  if ('Fn::Sub' in value) return { ...value, 'Fn::Sub': inSub(value['Fn::Sub'] as Json, values) };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, substituted(one, values)]));
}

function inSub(value: Json, values: ReadonlyMap<string, string>): Json {
  const inText = (text: string): string =>
    text.replaceAll(/\$\{([A-Za-z0-9]+)\}/g, (all, name: string) => values.get(name) ?? all);
  if (typeof value === 'string') return inText(value);
  const [text, variables] = value as readonly Json[];
  return [inText(String(text)), substituted(variables ?? {}, values)];
}

/** Logical ids that a value refers to. */
export function referencesOf(value: Json, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const one of value as readonly Json[]) referencesOf(one, found);
  if (!isObject(value)) return found;
  for (const [key, one] of Object.entries(value)) {
    if (key === 'Ref') found.add(String(one));
    else if (key === 'Fn::GetAtt')
      found.add(String(Array.isArray(one) ? (one as readonly Json[])[0] : String(one).split('.')[0]));
    else if (key === 'Fn::Sub') inSubText(one, found);
    else referencesOf(one, found);
  }
  return found;
}

function inSubText(value: Json, found: Set<string>): void {
  const text = Array.isArray(value) ? (value as readonly Json[])[0] : value;
  for (const [, name] of String(text).matchAll(/\$\{([A-Za-z0-9]+)(?:\.[A-Za-z0-9.]+)?\}/g)) found.add(name as string);
  if (Array.isArray(value)) referencesOf((value as readonly Json[])[1] ?? {}, found);
}
