import type { Folder } from '../model/folder.js';
import type { Given } from '../model/given.js';
import type { AdoptedBalancer, Ground } from '../model/ground.js';
import type { Origins } from '../model/problem.js';
import { Problems } from '../problems.js';
import { listenersOf } from './ground-listeners.js';
import { OriginsBuilder, writtenAt } from './origins.js';
import { assemblePlatform, readOwnFiles } from './platform.js';
import { defaultOf, PLATFORM_KEYS } from './platform-keys.js';
import { mergePlatform, type PlatformFile, type PlatformValues } from './platform-read.js';

/** The shared ground of one environment: what its own stack makes or adopts. None when it was refused. */
export function parseGround(folder: Folder, environment: string, problems: Problems): Given<Ground> {
  const found = new Problems();
  const files = readOwnFiles(folder, environment, found);
  const ground =
    files.kind === 'none' ? files : { kind: 'given' as const, value: assembleGround(files.value, environment, found) };
  problems.all.push(...found.all);
  return found.refused ? { kind: 'none' } : ground;
}

/** The ground that the files make, with the default in place of every value that was refused. */
export function assembleGround(files: ReadonlyMap<string, PlatformFile>, environment: string, problems: Problems): Ground {
  const platform = assemblePlatform(files, environment, problems);
  // What is wrong with it was said above.
  const values = mergePlatform(files, environment, new Problems());
  const text = (name: string): string => values.get(name)?.text ?? defaultOf(name);
  return {
    platform,
    availabilityZones: text('AVAILABILITY_ZONES') === '3' ? 3 : 2,
    interfaceEndpoints: text('INTERFACE_ENDPOINTS') === 'true',
    containerInsights: text('CONTAINER_INSIGHTS') === 'true',
    cluster: optional(text('CLUSTER')),
    zoneId: optional(text('ZONE_ID')),
    capacityProvider: optional(text('CAPACITY_PROVIDER')),
    appTasksGroup: optional(text('APP_TASKS_GROUP')),
    internalBalancer: balancerOf(values, 'INTERNAL'),
    publicBalancer: balancerOf(values, 'PUBLIC'),
    certificate: optional(text('CERTIFICATE')),
    github:
      text('GITHUB_REPOSITORY') === ''
        ? { kind: 'none' }
        : {
            kind: 'given',
            value: {
              repository: text('GITHUB_REPOSITORY'),
              branch: text('GITHUB_BRANCH'),
              provider: optional(text('GITHUB_PROVIDER')),
            },
          },
  };
}

/** `arn:…:listener/app/name/0123/4567` is a listener of `arn:…:loadbalancer/app/name/0123`. */
function balancerOf(values: PlatformValues, scheme: 'INTERNAL' | 'PUBLIC'): Given<AdoptedBalancer> {
  const listeners = listenersOf(values.get(`${scheme}_LISTENERS`));
  const [first] = listeners;
  if (first === undefined) return { kind: 'none' };
  const text = (name: string): string => values.get(`${scheme}_BALANCER_${name}`)?.text ?? '';
  return {
    kind: 'given',
    value: {
      arn: first.balancer,
      securityGroup: text('GROUP'),
      dnsName: text('DNS'),
      zoneId: text('ZONE'),
      listeners: Object.fromEntries(listeners.map(({ port, arn }) => [port, arn])),
    },
  };
}

const optional = (text: string): Given<string> => (text === '' ? { kind: 'none' } : { kind: 'given', value: text });

/** Where the platform files of one environment say each key: `/VPC_CIDR`. */
export function groundOrigins(files: ReadonlyMap<string, PlatformFile>, environment: string): Origins {
  const origins = new OriginsBuilder();
  const base = files.get('default');
  const overlay = environment === 'default' ? undefined : files.get(environment);
  for (const { name } of PLATFORM_KEYS) {
    const below = overlay?.unsets.some((unset) => unset.name === name) ? undefined : base?.values.get(name);
    const above = overlay?.values.get(name);
    if (above !== undefined) origins.set(`/${name}`, above.place, below === undefined ? [] : [writtenAt(below.place)]);
    else if (below !== undefined) origins.set(`/${name}`, below.place);
  }
  return origins.map;
}
