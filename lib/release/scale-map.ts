import type { JsonObject } from '../model/json.js';
import type { SourceMap } from '../model/template.js';
import { sameJson } from '../plan/template-json.js';
import { autoscalingResources, maintenanceRulesOf, SCHEDULE, SERVICE, scheduleFamily } from './scale-group.js';
import { idsOfType, resourcesOf, typeOf } from './template-references.js';

/** Then's source map, in which what was carried over is said to come from where it is written now. */
export function mergedMap(
  then: SourceMap,
  now: SourceMap,
  old: JsonObject,
  running: JsonObject,
  resources: JsonObject,
): SourceMap {
  const scaling = new Set([...autoscalingResources(running), ...maintenanceRulesOf(running)]);
  const merged: Record<string, SourceMap['resources'][string]> = {};
  for (const id of Object.keys(resources)) {
    const isNow = scaling.has(id) && sameJson(resources[id], resourcesOf(running)[id]);
    const entry = isNow ? (now.resources[id] ?? then.resources[id]) : entryOf(then, now, old, running, id);
    if (entry !== undefined) merged[id] = entry;
  }
  return { ...then, resources: merged };
}

/** Properties whose value is scale, by type: where they come from is said by now. */
const SCALED: ReadonlyMap<string, readonly string[]> = new Map([
  [SERVICE, ['DesiredCount']],
  [SCHEDULE, ['State', 'Target/EcsParameters/TaskCount']],
]);

function entryOf(then: SourceMap, now: SourceMap, old: JsonObject, running: JsonObject, id: string) {
  const entry = then.resources[id];
  const scaled = SCALED.get(typeOf(old, id));
  const twin = scaled === undefined ? undefined : twinOf(running, now, old, id);
  if (entry === undefined || scaled === undefined || twin === undefined) return entry;
  const own = Object.entries(entry.properties).filter(([path]) => !scaled.includes(path));
  const carried = Object.entries(twin.properties).filter(([path]) => scaled.includes(path));
  return { ...entry, properties: Object.fromEntries([...own, ...carried]) };
}

function twinOf(running: JsonObject, now: SourceMap, old: JsonObject, id: string) {
  if (typeOf(old, id) === SERVICE) return typeOf(running, id) === SERVICE ? now.resources[id] : undefined;
  const sibling = idsOfType(running, SCHEDULE).find((one) => scheduleFamily(one) === scheduleFamily(id));
  return sibling === undefined ? undefined : now.resources[sibling];
}
