import type { JsonObject } from '../../lib/model/json.js';
import type { Entry } from './environment.js';

/** Properties of a container → keys below its own pointer. */
const NOTABLE = [
  ['Command', 'command'],
  ['PortMappings', 'exposure/ports'],
  ['HealthCheck', 'containerHealth'],
  ['StopTimeout', 'stop/timeoutSeconds'],
  ['User', 'user'],
  ['ReadonlyRootFilesystem', 'readOnly'],
  ['LinuxParameters', 'linux'],
  ['MountPoints', 'volumes'],
] as const;

/** Notable properties of a container → where each was written. */
export function notableOf(
  image: string,
  pointer: string,
  definition: JsonObject,
  environment: readonly Entry[],
  secrets: readonly Entry[],
) {
  const notable: [string, string][] = [['Image', image]];
  for (const [property, key] of NOTABLE) if (property in definition) notable.push([property, `${pointer}/${key}`]);
  environment.forEach(({ from }, index) => {
    if (from !== '') notable.push([`Environment/${index}`, from]);
  });
  secrets.forEach(({ from }, index) => {
    notable.push([`Secrets/${index}`, from]);
  });
  return Object.fromEntries(notable);
}
