import type { Exposure, HttpExposure, HttpHealth, HttpPort, TcpExposure, TcpPort } from '../../model/app.js';
import { type Draft, given } from './assemble-context.js';
import { assembleDomains } from './assemble-domains.js';
import { refuseCertificateless, refuseManyGroups, refuseShared, refuseWithoutPort } from './assemble-exposure-rules.js';
import { HEALTH_DEFAULTS } from './key-health.js';
import { isHttp } from './key-ports.js';
import type { WrittenHealth, WrittenPort } from './written-process.js';

/** What of a process the load balancers reach. */
export function assembleExposure(draft: Draft): Exposure {
  const ports = portsOf(draft);
  refuseWithoutPort(draft, ports);
  if (ports.length === 0) return { kind: 'none' };
  const exposure = ports.every(isHttp) ? httpExposure(draft, ports) : tcpExposure(draft, ports);
  refuseCertificateless(draft, ports, exposure);
  refuseManyGroups(draft, exposure);
  if (exposure.kind === 'http') refuseShared(draft, ports);
  return exposure;
}

function portsOf({ process, kind }: Draft): readonly WrittenPort[] {
  if (kind !== 'service') return [];
  const written = process.keys.ports?.value;
  if (written !== undefined) return [...written].sort((a, b) => a.balancer - b.balancer);
  return process.name === 'web' ? [{ balancer: 80, container: 8080, protocol: 'http', place: process.place }] : [];
}

function httpExposure(draft: Draft, ports: readonly WrittenPort[]): HttpExposure {
  const { keys } = draft.process;
  return {
    kind: 'http',
    ports: ports.map(({ balancer, container, protocol }) => ({ balancer, container, protocol }) as HttpPort),
    health: httpHealth(keys.health?.value ?? {}),
    drainSeconds: keys.drain?.value ?? 30,
    idleTimeoutSeconds: keys.idle_timeout?.value ?? 60,
    sticky: keys.sticky?.value ?? { kind: 'none' },
    domains: assembleDomains(draft, 'http'),
  };
}

function tcpExposure(draft: Draft, ports: readonly WrittenPort[]): TcpExposure {
  const { keys } = draft.process;
  const written = keys.health?.value ?? {};
  const { path, codes, ...timing } = httpHealth(written);
  return {
    kind: 'tcp',
    ports: ports.map(({ balancer, container, protocol }) => ({ balancer, container, protocol }) as TcpPort),
    health: given(written.path === undefined && written.codes === undefined ? undefined : { path, codes, ...timing }),
    timing,
    drainSeconds: keys.drain?.value ?? 30,
    domains: assembleDomains(draft, 'tcp'),
  };
}

/** Without a path any answer under 500 counts as alive; naming a path asks for success. */
function httpHealth(written: WrittenHealth): HttpHealth {
  return {
    path: written.path?.value ?? HEALTH_DEFAULTS.path,
    codes: written.codes?.value ?? (written.path === undefined ? '200-499' : '200-299'),
    intervalSeconds: written.interval?.value ?? HEALTH_DEFAULTS.intervalSeconds,
    timeoutSeconds: written.timeout?.value ?? HEALTH_DEFAULTS.timeoutSeconds,
    healthy: written.healthy?.value ?? HEALTH_DEFAULTS.healthy,
    unhealthy: written.unhealthy?.value ?? HEALTH_DEFAULTS.unhealthy,
  };
}
