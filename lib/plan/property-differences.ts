import type { Given } from '../model/given.js';
import type { Json, JsonObject } from '../model/json.js';
import { isObject, sameJson } from './template-json.js';

/** One value that differs. */
export interface Difference {
  /** As people read it: `ContainerDefinitions/0/Environment/RACK_ENV`. */
  readonly path: readonly string[];
  /** As the source map has it: `ContainerDefinitions/0/Environment/3`. */
  readonly mapped: readonly string[];
  readonly before: Given<Json>;
  readonly after: Given<Json>;
}

const NONE = { kind: 'none' } as const;
const given = (value: Json | undefined): Given<Json> => (value === undefined ? NONE : { kind: 'given', value });

/** What differs between two values, as deep as it can be named. Lists of named things are compared by name. */
export function differencesOf(
  before: Json | undefined,
  after: Json | undefined,
  path: readonly string[] = [],
  mapped: readonly string[] = path,
): Difference[] {
  if (sameJson(before, after)) return [];
  if (isNamedValues(before ?? after) && (before === undefined || after === undefined))
    return inLists((before ?? []) as readonly Json[], (after ?? []) as readonly Json[], path, mapped);
  if (Array.isArray(before) && Array.isArray(after))
    return inLists(before as readonly Json[], after as readonly Json[], path, mapped);
  if (!isObject(before) || !isObject(after) || isIntrinsic(before) || isIntrinsic(after))
    return [{ path, mapped, before: given(before), after: given(after) }];
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return names.flatMap((name) => differencesOf(before[name], after[name], [...path, name], [...mapped, name]));
}

/** A list of `{Name, Value}`, which says the same when it is empty and when it is not there. */
const isNamedValues = (value: Json | undefined): boolean =>
  Array.isArray(value) &&
  value.every((item: Json) => isObject(item) && 'Name' in item && ('Value' in item || 'ValueFrom' in item));

/** `{Ref: …}`, `{Fn::…: …}`: one value. */
const isIntrinsic = (value: JsonObject): boolean => Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));

function inLists(
  before: readonly Json[],
  after: readonly Json[],
  path: readonly string[],
  mapped: readonly string[],
): Difference[] {
  const key = KEYS.find((one) => [...before, ...after].every((item) => isObject(item) && typeof item[one] === 'string'));
  if (key !== undefined) return byName(key, before as readonly JsonObject[], after as readonly JsonObject[], path, mapped);
  const comparable =
    before.length === after.length && [...before, ...after].every((item) => isObject(item) && !isIntrinsic(item));
  if (!comparable) return [{ path, mapped, before: given(before), after: given(after) }];
  return after.flatMap((item, at) => differencesOf(before[at], item, [...path, String(at)], [...mapped, String(at)]));
}

/** What names a thing in a list. */
const KEYS = ['Name', 'Key', 'PolicyName'] as const;

function byName(
  key: (typeof KEYS)[number],
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  path: readonly string[],
  mapped: readonly string[],
): Difference[] {
  const old = new Map(before.map((item, at) => [item[key] as string, at]));
  const now = new Map(after.map((item, at) => [item[key] as string, at]));
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((name) => {
    const at = String(now.get(name) ?? old.get(name));
    const [one, other] = [before[old.get(name) ?? -1], after[now.get(name) ?? -1]];
    const segment = path.at(-1) === 'ContainerDefinitions' ? at : name;
    return differencesOf(contentOf(one), contentOf(other), [...path, segment], [...mapped, at]);
  });
}

/** Of `{Name, Value}` only the value. */
function contentOf(item: JsonObject | undefined): Json | undefined {
  if (item === undefined) return undefined;
  const rest = Object.keys(item).filter((key) => key !== 'Name' && key !== 'Key');
  return rest.length === 1 && (rest[0] === 'Value' || rest[0] === 'ValueFrom') ? (item[rest[0]] as Json) : item;
}
