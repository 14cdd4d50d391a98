import type { Process } from '../model/app.js';
import type { Origins } from '../model/problem.js';
import { OriginsBuilder, writtenAt } from './origins.js';
import type { PlatformFile } from './platform-read.js';

/** The platform's keys that a process takes when it says nothing itself, by the name of the property. */
const INHERITED = { arch: 'ARCH', capacity: 'CAPACITY' } as const;

/** Where the platform files of one environment say what processes inherit: `/arch`, `/capacity`. */
export function platformOrigins(files: ReadonlyMap<string, PlatformFile>, environment: string): Origins {
  const origins = new OriginsBuilder();
  const base = files.get('default');
  const overlay = environment === 'default' ? undefined : files.get(environment);
  for (const [property, key] of Object.entries(INHERITED)) {
    const below = overlay?.unsets.some(({ name }) => name === key) ? undefined : base?.values.get(key);
    const above = overlay?.values.get(key);
    if (above !== undefined) origins.set(`/${property}`, above.place, below === undefined ? [] : [writtenAt(below.place)]);
    else if (below !== undefined) origins.set(`/${property}`, below.place);
  }
  return origins.map;
}

/** Gives what processes took from the platform its line in the platform file. */
export function recordInherited(processes: readonly Process[], platform: Origins, origins: OriginsBuilder): void {
  for (const { kind, name } of processes) {
    if (kind === 'off') continue;
    for (const property of Object.keys(INHERITED)) {
      const pointer = `/processes/${name}/${property}`;
      const inherited = platform.get(`/${property}`);
      if (inherited !== undefined && origins.map.get(pointer)?.kind !== 'written') origins.map.set(pointer, inherited);
    }
  }
}
