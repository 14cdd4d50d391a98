import type {
  App,
  Deployment,
  Domain,
  HttpExposure,
  HttpHealth,
  HttpPort,
  ServiceProcess,
  TcpExposure,
  TcpPort,
} from '../../lib/model/app.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { PLATFORM } from './model-apps.js';

const NONE = { kind: 'none' } as const;
const size = { cpu: 256, memoryMiB: 512, nproc: NONE };

export const health: HttpHealth = {
  path: '/',
  codes: '200-499',
  intervalSeconds: 5,
  timeoutSeconds: 4,
  healthy: 2,
  unhealthy: 2,
};

/** A platform with its defaults. */
export const platform = (over: Partial<Platform> = {}): Platform => ({ ...PLATFORM, maxSize: 10, ...over });

export const shared = platform({ loadBalancers: 'shared' });

/** A process that is not exposed. */
export const service = (name: string, over: Partial<ServiceProcess> = {}): ServiceProcess => ({
  kind: 'service',
  name,
  command: { kind: 'image' },
  environment: [],
  size: { asked: size, runs: size },
  arch: 'x86_64',
  capacity: 'fargate',
  stop: { timeoutSeconds: 30 },
  containerHealth: NONE,
  sidecars: [],
  volumes: [],
  user: NONE,
  readOnly: false,
  init: true,
  ulimits: [],
  linux: { capAdd: [], capDrop: [], sharedMemoryMiB: NONE, tmpfs: [] },
  exec: true,
  placementConstraints: [],
  placementStrategy: [],
  raw: { task: {}, service: {}, targetGroup: {} },
  count: { kind: 'fixed', tasks: 1 },
  exposure: NONE,
  graceSeconds: 120,
  deployment: { kind: 'rolling', minHealthyPercent: 100, maxPercent: 200 },
  ...over,
});

const port = (text: string): HttpPort => {
  const [balancer, container] = text.split(':').map(Number) as [number, number];
  return { balancer, container, protocol: balancer === 443 ? 'https' : 'http' };
};

/** A process behind an Application Load Balancer: `http('web', ['80:8080'])`. */
export const http = (
  name: string,
  ports: readonly string[],
  over: Partial<HttpExposure> = {},
  process: Partial<ServiceProcess> = {},
): ServiceProcess =>
  service(name, {
    exposure: {
      kind: 'http',
      ports: ports.map(port),
      health,
      drainSeconds: 30,
      idleTimeoutSeconds: 60,
      sticky: NONE,
      domains: [],
      ...over,
    },
    ...process,
  });

/** A process behind a Network Load Balancer. */
export const tcp = (
  name: string,
  ports: readonly TcpPort[],
  over: Partial<TcpExposure> = {},
  process: Partial<ServiceProcess> = {},
): ServiceProcess =>
  service(name, {
    exposure: { kind: 'tcp', ports, health: NONE, timing: health, drainSeconds: 30, domains: [], ...over },
    ...process,
  });

const zone = { kind: 'given', value: { name: 'example.com', id: 'Z0123' } } as const;

/** A name in a zone that the platform manages. */
export const managed = (name: string): Domain => ({ name, certificate: { kind: 'made' }, zone });

export const plain = (name: string): Domain => ({ name, certificate: NONE, zone: NONE });

export const withArn = (name: string, arn = 'arn:aws:acm:us-east-1:123456789012:certificate/abc'): Domain => ({
  name,
  certificate: { kind: 'arn', arn },
  zone: NONE,
});

export const blueGreen: Deployment = { kind: 'blue-green', bakeMinutes: 5 };

export const app = (processes: readonly App['processes'][number][], over: Partial<App> = {}): App => ({
  name: 'acme-inc',
  environment: 'default',
  image: {
    kind: 'tagged',
    registry: { kind: 'hub' },
    repository: 'remind101/acme-inc',
    credentials: NONE,
    tag: 'latest',
  },
  variables: [],
  secrets: [],
  processes: [...processes].sort((a, b) => (a.name < b.name ? -1 : 1)),
  policy: NONE,
  maintenance: NONE,
  ...over,
});

/** The properties of the resource with that id, untyped for reading in a test. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads deep into JSON
export function properties(resources: readonly Resource[], id: string): any {
  const found = resources.find((resource) => resource.id === id);
  if (found === undefined) throw new Error(`no ${id} among ${resources.map((resource) => resource.id).join(', ')}`);
  return found.properties;
}

export const idsOf = (resources: readonly Resource[], type = ''): string[] =>
  resources.filter((resource) => resource.type.endsWith(type)).map(({ id }) => id);
