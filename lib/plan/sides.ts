import type { Given } from '../model/given.js';
import type { JsonObject } from '../model/json.js';
import type { SourceMap } from '../model/template.js';
import type { PlanWords } from './input.js';
import type { Owners } from './process-of.js';
import type { TemplateJson } from './template-json.js';

/** A template and where it came from. */
export interface Side {
  readonly template: TemplateJson;
  /** With the values of parameters that change in place of the references. */
  readonly valued: JsonObject;
  readonly map: Given<SourceMap>;
}

/** What runs and what is to run. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
  readonly owners: Owners;
  readonly words: PlanWords;
}

const NONE = { kind: 'none' } as const;

/** The manifest line of a property, else of the resource; defaults were written nowhere. */
export function placeOf(id: string, path: readonly string[], map: Given<SourceMap>): Given<string> {
  const resource = map.kind === 'given' ? map.value.resources[id] : undefined;
  if (resource === undefined) return NONE;
  for (let length = path.length; length > 0; length--) {
    const place = resource.properties[path.slice(0, length).join('/')];
    if (place !== undefined) return place === 'default' ? NONE : { kind: 'given', value: place };
  }
  const [first] = path.length === 0 || resource.from.length === 1 ? resource.from : [];
  return first === undefined || first === 'default' ? NONE : { kind: 'given', value: first };
}
