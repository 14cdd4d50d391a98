import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { filled, resource } from '../resource.js';

/** Tags of the platform's own resources, sorted by key; `name` is what the console shows. */
export function groundTags(platform: Platform, name?: string): readonly JsonObject[] {
  const pairs = new Map(platform.tags.map(({ key, value }): [string, string] => [key, value]));
  pairs.set('empire:environment', platform.environment);
  if (name !== undefined) pairs.set('Name', `${platform.prefix}-${platform.environment} ${name}`);
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([Key, Value]) => ({ Key, Value }));
}

/** What one resource of the platform says. */
export interface GroundInput {
  readonly id: string;
  readonly type: string;
  readonly properties: { readonly [key: string]: Json | undefined };
  readonly dependsOn?: readonly string[];
  readonly removal?: Resource['removal'];
  readonly updatePolicy?: JsonObject;
  /** The key of the platform file that decides about it, as it is written there. */
  readonly key: string;
}

/** One resource of the platform, traced to the key that made it. */
export function ground(input: GroundInput): Resource {
  const { key, properties, ...rest } = input;
  return resource({ ...rest, properties: filled(properties), from: [`/${key}`] });
}
