import type { Json, JsonObject } from '../model/json.js';
import { objectAt, sameJson } from './template-json.js';

/** Two sides of a comparison, as templates. */
export interface ComparedResources {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/**
 * The resources that can be found to change: those that differ, and those that name one of them, however far, since what refers to a
 * resource that is replaced may be replaced as well. In most releases these are few, and comparing the others costs most of the time.
 */
export function comparedResources(before: JsonObject, after: JsonObject): ComparedResources {
  const [old, now] = [objectAt(before['Resources']), objectAt(after['Resources'])];
  const ids = new Set([...Object.keys(old), ...Object.keys(now)]);
  const changed = [...ids].filter((id) => !sameJson(old[id], now[id]));
  const kept = withFollowers(changed, now);
  return { before: { Resources: only(old, kept) }, after: { Resources: only(now, kept) } };
}

/** Whoever has the name of one of them anywhere in it counts: one too many costs nothing but time. */
function withFollowers(changed: readonly string[], resources: JsonObject): ReadonlySet<string> {
  const kept = new Set(changed);
  const others = new Map(Object.entries(resources).map(([id, resource]) => [id, JSON.stringify(resource)]));
  for (const id of kept) {
    others.delete(id);
    for (const [other, text] of others) if (text.includes(id)) kept.add(other);
  }
  return kept;
}

const only = (resources: JsonObject, kept: ReadonlySet<string>): JsonObject =>
  Object.fromEntries(Object.entries(resources).filter(([id]) => kept.has(id))) as Record<string, Json>;
