import { Failure } from '../failure.js';
import type { Json, JsonObject } from '../model/json.js';

/** A resource as a template's text has it. */
export interface ResourceJson {
  readonly Type: string;
  readonly Properties: JsonObject;
  readonly DeletionPolicy: string;
  readonly UpdateReplacePolicy: string;
}

/** What a plan needs of a template. */
export interface TemplateJson {
  readonly raw: JsonObject;
  readonly parameters: JsonObject;
  readonly resources: ReadonlyMap<string, ResourceJson>;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const objectAt = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

export const listAt = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : value === undefined ? [] : [value];

/** Text → template. Templates of ours are JSON; another one is refused. */
export function parseTemplate(text: string): TemplateJson {
  const raw = readJson(text);
  if (raw === undefined) {
    throw new Failure(
      'stack',
      'the running template is not JSON, so it was not made by empire',
      'update the stack with what the app is, as JSON (`empire synth <app> --json`) and with its parameters as they are; releases go on from there',
      'template-not-json',
    );
  }
  return templateOf(raw);
}

/** The template of a stack that is not there. */
export const NO_TEMPLATE: TemplateJson = templateOf({});

function templateOf(raw: JsonObject): TemplateJson {
  const resources = Object.entries(objectAt(raw['Resources'])).map(([id, value]): [string, ResourceJson] => [
    id,
    resourceOf(objectAt(value)),
  ]);
  return { raw, parameters: objectAt(raw['Parameters']), resources: new Map(resources) };
}

function resourceOf(value: JsonObject): ResourceJson {
  const policy = (name: string): string => (typeof value[name] === 'string' ? (value[name] as string) : 'Delete');
  return {
    Type: String(value['Type']),
    Properties: objectAt(value['Properties']),
    DeletionPolicy: policy('DeletionPolicy'),
    UpdateReplacePolicy: policy('UpdateReplacePolicy'),
  };
}

/** None: it is not JSON, so it is none of ours. */
export function readJson(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Texts that are for people only: CloudFormation does nothing for a change of them. */
const WORDS = ['Description', 'Metadata'];

/**
 * Whether two templates ask for the same: order of keys, layout, descriptions and metadata do not count. A text that is not JSON is
 * the same only as itself.
 */
export function sameTemplate(a: string, b: string): boolean {
  if (a === b) return true;
  const [first, second] = [readJson(a), readJson(b)];
  return first !== undefined && second !== undefined && sameJson(withoutWords(first), withoutWords(second));
}

function withoutWords(template: JsonObject): JsonObject {
  const described = (section: Json | undefined): Json =>
    Object.fromEntries(Object.entries(objectAt(section)).map(([id, value]) => [id, without(objectAt(value), ['Description'])]));
  return {
    ...without(template, WORDS),
    Parameters: described(template['Parameters']),
    Outputs: described(template['Outputs']),
  };
}

const without = (value: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

/** Equal values; the order of keys does not count. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    const [first, second] = [a as readonly Json[], b as readonly Json[]];
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && first.every((one, at) => sameJson(one, second[at]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]));
}
