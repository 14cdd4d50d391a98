import type { Json, JsonObject } from '../model/json.js';
import type { ReleasedProcess } from '../model/release.js';
import type { SourceMap } from '../model/template.js';
import { objectAt, sameJson } from '../plan/template-json.js';
import { readTemplateObject } from './foreign-template.js';
import {
  autoscalingOf,
  autoscalingResources,
  maintenanceRulesOf,
  SCHEDULE,
  SERVICE,
  scheduleFamily,
  tickScaleOf,
  withCount,
  withTickScale,
} from './scale-group.js';
import { mergedMap } from './scale-map.js';
import { idsOfType, parseTemplateObject, propertiesOf, referencesOf, resourcesOf, typeOf } from './template-references.js';

/** A template's text and its source map's. */
export interface MappedTemplate {
  readonly template: string;
  readonly sourceMap: string;
}

export interface CarriedScale extends MappedTemplate {
  /** What could not be carried, in words. */
  readonly notes: readonly string[];
}

/**
 * The template of then with the scale of now: counts, ranges, policies, scheduled actions, wake alarms, and the state of schedules, for
 * each process that is in both. Everything else is then's. The maintenance page stays as it is now.
 */
export function carryScale(then: MappedTemplate, now: MappedTemplate): CarriedScale {
  const [old, running] = [parseTemplateObject(then.template), readTemplateObject(now.template)];
  if (running === undefined)
    return { ...then, notes: ['the scale of then comes back too: what runs is not JSON, so its scale cannot be read'] };
  const notes: string[] = [];
  const resources = withRules(carriedResources(old, running, notes), old, running);
  const carried = { ...old, Parameters: parametersOf(old, running, resources), Resources: resources };
  const map = mergedMap(parseMap(then.sourceMap), parseMap(now.sourceMap), old, running, resources);
  return {
    template: sameJson(carried, old) ? then.template : JSON.stringify(carried, null, 1),
    sourceMap: sameJson(map as unknown as Json, JSON.parse(then.sourceMap)) ? then.sourceMap : JSON.stringify(map, null, 1),
    notes,
  };
}

const parseMap = (text: string): SourceMap => JSON.parse(text) as SourceMap;

function carriedResources(old: JsonObject, running: JsonObject, notes: string[]): Record<string, Json> {
  const scaling = autoscalingResources(old);
  const stopped = maintenanceRulesOf(running).length > 0;
  const resources: Record<string, Json> = {};
  for (const [id, definition] of Object.entries(resourcesOf(old))) {
    if (scaling.has(id)) continue;
    if (typeOf(old, id) === SERVICE) Object.assign(resources, carriedService({ old, running, stopped, notes }, id, definition));
    else resources[id] = typeOf(old, id) === SCHEDULE ? carriedSchedule({ old, running, stopped }, id, definition) : definition;
  }
  return resources;
}

interface Sides {
  readonly old: JsonObject;
  readonly running: JsonObject;
  /** In maintenance nothing runs, what comes back neither. */
  readonly stopped: boolean;
}

/** The service and, behind it, its autoscaling. */
function carriedService(sides: Sides & { notes: string[] }, id: string, definition: Json): Record<string, Json> {
  const { old, running, stopped, notes } = sides;
  if (typeOf(running, id) !== SERVICE) return stopped ? stoppedService(old, id, definition) : ownGroup(old, id, definition);
  const group: Record<string, Json> = { [id]: withCount(definition, propertiesOf(running, id)['DesiredCount']) };
  for (const one of autoscalingOf(running, id)) {
    const missing = missingFor(old, running, one, Object.keys(group));
    if (missing === undefined) group[one] = resourcesOf(running)[one] as Json;
    else notes.push(`${one} is not carried over: it needs ${missing}, which is not in that release`);
  }
  return group;
}

/** Of what a resource refers to, the first that would be neither in the template nor a parameter. */
function missingFor(old: JsonObject, running: JsonObject, id: string, carried: readonly string[]): string | undefined {
  const known = new Set(
    [...Object.keys(resourcesOf(old)), ...carried].filter((one) => !autoscalingResources(old).has(one) || carried.includes(one)),
  );
  const owned = Object.keys(resourcesOf(running));
  return [...referencesOf(resourcesOf(running)[id])].find((name) => owned.includes(name) && !known.has(name));
}

function ownGroup(old: JsonObject, id: string, definition: Json): Record<string, Json> {
  const group = autoscalingOf(old, id).map((one) => [one, resourcesOf(old)[one] as Json]);
  return { [id]: definition, ...Object.fromEntries(group) };
}

function stoppedService(old: JsonObject, id: string, definition: Json): Record<string, Json> {
  const group = autoscalingOf(old, id);
  const stopped = group.map((one): [string, Json] => [one, stoppedTarget(resourcesOf(old)[one] as Json)]);
  return { [id]: withCount(definition, 0), ...Object.fromEntries(stopped) };
}

function stoppedTarget(definition: Json): Json {
  const properties = objectAt(objectAt(definition)['Properties']);
  if (!('MinCapacity' in properties)) return definition;
  return { ...objectAt(definition), Properties: { ...properties, MinCapacity: 0, MaxCapacity: 0 } };
}

/** All schedules of a process have one scale, also when it has more of them now than then. */
function carriedSchedule({ old, running, stopped }: Sides, id: string, definition: Json): Json {
  const sibling = idsOfType(running, SCHEDULE).find((one) => scheduleFamily(one) === scheduleFamily(id));
  if (sibling !== undefined) return withTickScale(definition, tickScaleOf(running, sibling));
  return stopped ? withTickScale(definition, { ...tickScaleOf(old, id), state: 'DISABLED' }) : definition;
}

/** The page of now: then's rules go, now's come where their listener still is. */
function withRules(resources: Record<string, Json>, old: JsonObject, running: JsonObject): Record<string, Json> {
  const pages = maintenanceRulesOf(old);
  const kept = Object.fromEntries(Object.entries(resources).filter(([id]) => !pages.includes(id)));
  for (const id of maintenanceRulesOf(running)) {
    const owned = [...referencesOf(resourcesOf(running)[id])].filter((name) => name in resourcesOf(running));
    if (owned.every((name) => name in kept)) kept[id] = resourcesOf(running)[id] as Json;
  }
  return kept;
}

/** Then's, and those of now that what was carried refers to. */
function parametersOf(old: JsonObject, running: JsonObject, resources: JsonObject): JsonObject {
  const has = objectAt(old['Parameters']);
  const needed = referencesOf(resources);
  const more = Object.entries(objectAt(running['Parameters'])).filter(([name]) => needed.has(name) && !(name in has));
  return { ...has, ...Object.fromEntries(more) };
}

/** What the record says of the processes: then's, with the counts of now. */
export function carryCounts(then: readonly ReleasedProcess[], now: readonly ReleasedProcess[]): readonly ReleasedProcess[] {
  return then.map((process) => {
    const twin = now.find(({ name, kind }) => name === process.name && kind === process.kind);
    return twin === undefined ? process : { ...process, count: twin.count };
  });
}
