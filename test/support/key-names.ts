import type { Json } from '../../lib/model/json.js';
import { PLATFORM_KEYS } from '../../lib/parse/platform-keys.js';
import { KEY_NAMES, keySchema } from '../../lib/parse/procfile/keys.js';

/** Keys that the table knows only to refuse them with a better word. */
const REFUSED = new Set(['signal']);

/** Every key of a process in the Procfile, and every key inside those that are maps. */
export function processKeyNames(): string[] {
  const names = new Set<string>(KEY_NAMES);
  for (const name of KEY_NAMES) if (name !== 'ulimits') collect(keySchema(name), names);
  for (const name of REFUSED) names.delete(name);
  return [...names].sort();
}

/** The names under `properties` anywhere in a JSON schema. */
function collect(schema: Json, names: Set<string>): void {
  if (Array.isArray(schema)) {
    for (const item of schema) collect(item, names);
  } else if (typeof schema === 'object' && schema !== null) {
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties' && typeof value === 'object' && value !== null)
        for (const name of Object.keys(value)) names.add(name);
      collect(value, names);
    }
  }
}

/** Every key of the `platform` file. */
export function platformKeyNames(): string[] {
  return PLATFORM_KEYS.map(({ name }) => name);
}
