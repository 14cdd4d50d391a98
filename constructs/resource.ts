import type { App } from '../lib/model/app.js';
import type { Json, JsonObject } from '../lib/model/json.js';
import type { Platform } from '../lib/model/platform.js';
import type { Resource } from '../lib/model/template.js';

/** What a construct says about a resource; `resource` fills in the rest. */
export interface ResourceInput {
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly dependsOn?: readonly string[];
  readonly removal?: Resource['removal'];
  readonly updatePolicy?: JsonObject;
  readonly from: readonly string[];
  readonly notable?: Resource['notable'];
}

/** One CloudFormation resource with the defaults filled in. */
export function resource(input: ResourceInput): Resource {
  return {
    id: input.id,
    type: input.type,
    properties: input.properties,
    dependsOn: input.dependsOn ?? [],
    removal: input.removal ?? 'delete',
    updatePolicy: input.updatePolicy === undefined ? { kind: 'none' } : { kind: 'given', value: input.updatePolicy },
    from: input.from,
    notable: input.notable ?? {},
  };
}

/** `{Ref: id}` */
export const ref = (id: string): JsonObject => ({ Ref: id });

/** `{Fn::GetAtt: [id, name]}` */
export const getAtt = (id: string, name: string): JsonObject => ({ 'Fn::GetAtt': [id, name] });

/** `{Fn::Sub: text}`; with variables the list form. Literal `${` must have gone through `literalSub` first. */
export const sub = (text: string, variables?: JsonObject): JsonObject => ({
  'Fn::Sub': variables === undefined ? text : [text, variables],
});

/** Text that is safe inside `sub`: `${` as CloudFormation spells a literal one. */
export const literalSub = (text: string): string => text.replaceAll('${', '${!');

/** An ARN in the stack's own partition, region and account: `arnOf('ecs', 'cluster/x')`. */
export const arnOf = (service: string, rest: string): JsonObject =>
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}`);

/** `web-public` → `Webpublic`: one capital, so that the word that follows begins with the second one. */
export function logicalId(process: string): string {
  const letters = process.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}

/**
 * Tags of a resource, sorted by key: `empire:app`, `empire:environment`, with a process `empire:process`, and the platform's.
 * Nothing in them changes from release to release.
 */
export function tags(app: App, platform: Platform, process?: string): readonly JsonObject[] {
  const pairs = new Map(platform.tags.map(({ key, value }): [string, string] => [key, value]));
  pairs.set('empire:app', app.name);
  pairs.set('empire:environment', app.environment);
  if (process !== undefined) pairs.set('empire:process', process);
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([Key, Value]) => ({ Key, Value }));
}

/** The stack's name: `<prefix>-<app>`, or `<prefix>-<environment>--<app>`; app `platform` is the platform's own. */
export function stackName(platform: Platform, app: string): string {
  return platform.environment === 'default' ? `${platform.prefix}-${app}` : `${platform.prefix}-${platform.environment}--${app}`;
}

/** The log group of an app: `/<prefix>/<environment>/<app>`. */
export const logGroupName = (platform: Platform, app: string): string => `/${platform.prefix}/${platform.environment}/${app}`;

/** Pointer of a process in the App: `/processes/web/command`. */
export const processPointer = (process: string, ...keys: readonly string[]): string =>
  ['', 'processes', process, ...keys].join('/');

/** Properties that are there only when they have something to say: `undefined`, `[]` and `{}` are dropped. */
export function filled(properties: { readonly [key: string]: Json | undefined }): JsonObject {
  const kept: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) continue;
    kept[key] = value;
  }
  return kept;
}

/** Raw properties over ours: objects are merged key by key, anything else is replaced. */
export function mergeRaw(ours: JsonObject, raw: JsonObject): JsonObject {
  const merged = new Map<string, Json>(Object.entries(ours));
  for (const [key, value] of Object.entries(raw)) {
    const before = merged.get(key);
    merged.set(key, isObject(before) && isObject(value) ? mergeRaw(before, value) : value);
  }
  return Object.fromEntries(merged);
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where raw properties came from, for the source map. */
export const rawNotable = (raw: JsonObject, pointer: string): Resource['notable'] =>
  Object.fromEntries(Object.keys(raw).map((key) => [key, pointer]));
