import type { App } from '../../lib/model/app.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { certificatesOf } from '../certificate/resources.js';
import { listener, listenerCertificates } from '../listener/resources.js';
import { applicationBalancer, loadBalancer, NETWORK_BALANCER } from '../load-balancer/resources.js';
import { type BalancerPorts, taskIngress } from '../load-balancer/security-group.js';
import type { PlatformReferences } from '../platform-references.js';
import { processPointer } from '../resource.js';
import {
  defaultProcess,
  type ExposedProcess,
  httpProcesses,
  isHttp,
  isHttps,
  type Scheme,
  shiftsTraffic,
  tcpProcesses,
} from './exposed.js';
import { type Group, internalGroupId, publicTcpGroupId } from './groups.js';
import { listenerId, listenersOf } from './listeners.js';

const SCHEMES = ['internal', 'public'] as const;

const title = (scheme: Scheme): string => (scheme === 'internal' ? 'Internal' : 'Public');

/** `InternalLoadBalancer`, `PublicNetworkLoadBalancer` */
export const balancerId = (scheme: Scheme, kind: 'http' | 'tcp'): string =>
  `${title(scheme)}${kind === 'http' ? '' : 'Network'}LoadBalancer`;

/** Balancers and listeners, and which group answers by default on which listener. */
export interface Balancers {
  readonly resources: readonly Resource[];
  /** Listener id → target group. */
  readonly defaults: ReadonlyMap<string, string>;
}

/** Everything an app has in front of its target groups, rules excepted. */
export function balancersOf(app: App, platform: Platform, references: PlatformReferences, groups: readonly Group[]): Balancers {
  const http =
    platform.loadBalancers === 'shared' ? sharedSide(app, references, groups) : httpSide(app, platform, references, groups);
  const tcp = tcpSide(app, platform, references, groups);
  return { resources: [...http.resources, ...tcp.resources], defaults: new Map([...http.defaults, ...tcp.defaults]) };
}

const ascending = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort((a, b) => a - b);

function portsOf(scheme: Scheme, kind: 'http' | 'tcp', listening: readonly number[], groups: readonly Group[]): BalancerPorts {
  const mine = groups.filter((group) => group.scheme === scheme && isHttp(group.process) === (kind === 'http'));
  return {
    balancer: balancerId(scheme, kind),
    scheme,
    listening,
    reaching: ascending(mine.map(({ containerPort }) => containerPort)),
    from: [...new Set(mine.flatMap(({ from }) => from))],
  };
}

function httpSide(app: App, platform: Platform, references: PlatformReferences, groups: readonly Group[]): Balancers {
  const processes = httpProcesses(app);
  const listeners = listenersOf(processes);
  const resources: Resource[] = [];
  const defaults = new Map<string, string>();
  for (const scheme of SCHEMES) {
    const listening = listeners.filter((one) => one.scheme === scheme).map(({ port }) => port);
    if (listening.length === 0) continue;
    const ports = portsOf(scheme, 'http', listening, groups);
    const behind = processes.filter(({ exposure }) => scheme === 'internal' || exposure.domains.length > 0);
    const idle = Math.max(...behind.map(({ exposure }) => exposure.idleTimeoutSeconds));
    resources.push(...loadBalancer(app, platform, references, ports, applicationBalancer(idle)));
    for (const port of listening) {
      const group = scheme === 'internal' ? internalDefault(app, port) : undefined;
      const id = listenerId(scheme, port);
      if (group !== undefined) defaults.set(id, group);
      resources.push(...httpListener(app, platform, scheme, port, group));
    }
  }
  return { resources, defaults };
}

/** The group of what no rule takes. A process whose traffic ECS moves never stands here: ECS turns rules, not default actions. */
function internalDefault(app: App, port: number): string | undefined {
  const process = defaultProcess(httpProcesses(app), port);
  return process === undefined || shiftsTraffic(process) ? undefined : internalGroupId(process, port);
}

function httpListener(app: App, platform: Platform, scheme: Scheme, port: number, group: string | undefined): Resource[] {
  const processes = httpProcesses(app);
  const there = processes.filter(({ exposure }) =>
    scheme === 'public'
      ? exposure.domains.some((domain) => port === 80 || isHttps(domain))
      : exposure.ports.some(({ balancer }) => balancer === port),
  );
  const secure =
    scheme === 'public'
      ? port === 443
      : there.some(({ exposure }) => exposure.ports.some(({ balancer, protocol }) => balancer === port && protocol === 'https'));
  return listener(app, platform, {
    id: listenerId(scheme, port),
    balancer: balancerId(scheme, 'http'),
    port,
    protocol: secure ? 'HTTPS' : 'HTTP',
    group,
    certificates: secure ? certificatesOf(there) : [],
    from: there.flatMap((process) => pointers(process, scheme)),
  });
}

const pointers = (process: ExposedProcess, scheme: Scheme): string[] =>
  scheme === 'internal'
    ? [processPointer(process.name, 'exposure', 'ports')]
    : process.exposure.domains.map(({ name }) => processPointer(process.name, 'exposure', 'domains', name));

/** On the platform's balancers an app brings its certificates and lets the balancers reach its tasks. */
function sharedSide(app: App, references: PlatformReferences, groups: readonly Group[]): Balancers {
  const processes = httpProcesses(app);
  const resources = SCHEMES.flatMap((scheme) => {
    const ports = portsOf(scheme, 'http', [], groups);
    return ports.reaching.length === 0 ? [] : taskIngress(app, ports, references.sharedBalancer(scheme, 'security-group'));
  });
  const certificates = certificatesOf(processes);
  if (certificates.length > 0) {
    resources.push(...listenerCertificates(listenerId('public', 443), references.sharedListener('public-443'), certificates));
  }
  return { resources, defaults: new Map() };
}

function tcpSide(app: App, platform: Platform, references: PlatformReferences, groups: readonly Group[]): Balancers {
  const resources: Resource[] = [];
  const defaults = new Map<string, string>();
  for (const scheme of SCHEMES) {
    const processes = tcpProcesses(app).filter(({ exposure }) => scheme === 'internal' || exposure.domains.length > 0);
    if (processes.length === 0) continue;
    const listening = ascending(processes.flatMap(({ exposure }) => exposure.ports.map(({ balancer }) => balancer)));
    resources.push(...loadBalancer(app, platform, references, portsOf(scheme, 'tcp', listening, groups), NETWORK_BALANCER));
    for (const process of processes) {
      for (const { balancer, protocol } of process.exposure.ports) {
        const id = `${title(scheme)}NetworkListener${balancer}`;
        const group = scheme === 'internal' ? internalGroupId(process, balancer) : publicTcpGroupId(process, balancer);
        defaults.set(id, group);
        const secure = protocol === 'tls';
        resources.push(
          ...listener(app, platform, {
            id,
            balancer: balancerId(scheme, 'tcp'),
            port: balancer,
            protocol: secure ? 'TLS' : 'TCP',
            group,
            certificates: secure ? certificatesOf([process]) : [],
            from: pointers(process, scheme),
          }),
        );
      }
    }
  }
  return { resources, defaults };
}
