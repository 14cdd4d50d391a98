import { appStackResources } from '../../constructs/app-stack/resources.js';
import type { App } from '../../lib/model/app.js';
import type { Json } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { PLATFORM } from './model-apps.js';

/** The resources an app makes, by logical id. */
export function resourcesOf(app: App, platform: Platform = PLATFORM): ReadonlyMap<string, Resource> {
  return new Map(appStackResources(app, platform, []).resources.map((resource) => [resource.id, resource]));
}

/** What is at a path inside a resource's properties; fails with the ids there are when the resource is missing. */
export function property(resources: ReadonlyMap<string, Resource>, id: string, path = ''): Json | undefined {
  const resource = resources.get(id);
  if (resource === undefined) throw new Error(`no ${id} among ${[...resources.keys()].join(', ')}`);
  let value: Json | undefined = resource.properties;
  for (const step of path.split('/').filter((part) => part !== ''))
    value = (value as { [key: string]: Json } | undefined)?.[step];
  return value;
}
