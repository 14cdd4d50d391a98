import type { HttpExposure, TcpExposure } from '../../model/app.js';
import type { Place } from '../../model/problem.js';
import type { Draft } from './assemble-context.js';
import { isHttp } from './key-ports.js';
import type { KeyName, WrittenPort } from './written-process.js';

const TARGET_GROUPS = 5;

/** Keys that need a load balancer, on a process without one (or without an http one). */
export function refuseWithoutPort(draft: Draft, ports: readonly WrittenPort[]): void {
  const { process, problems } = draft;
  const refuse = (what: string, place: Place, wanted: string): void => {
    problems.error('key-needs-port', place, `\`${what}\` needs ${wanted}, and \`${process.name}\` has none`, {
      given: what,
      hint: draft.kind === 'service' ? `remove \`${what}\`, or add \`ports\`` : `remove \`${what}\``,
    });
  };
  const http = ports.length > 0 && ports.every(isHttp);
  for (const name of ['drain', 'idle_timeout', 'sticky'] as const satisfies readonly KeyName[]) {
    const written = process.keys[name];
    const off = name === 'sticky' && process.keys.sticky?.value.kind === 'none';
    if (written === undefined || off || draft.kind !== 'service') continue;
    if (ports.length === 0) refuse(name, written.place, 'a port');
    else if (!http && name !== 'drain') refuse(name, written.place, 'an http port');
  }
  if (ports.length === 0) refuseHealth(draft, refuse);
}

/** Without a port only the container's own check is left. */
function refuseHealth({ process, kind }: Draft, refuse: (what: string, place: Place, wanted: string) => void): void {
  const { health, ecs } = process.keys;
  for (const name of ['path', 'codes', 'healthy'] as const) {
    const written = health?.value[name];
    if (written !== undefined) refuse(`health.${name}`, written.place, 'a port');
  }
  for (const name of ['interval', 'timeout', 'unhealthy', 'grace'] as const) {
    const written = health?.value[name];
    if (written !== undefined && health?.value.command === undefined)
      refuse(`health.${name}`, written.place, 'a port or `health.command`');
  }
  const raw = ecs?.value.target_group;
  if (raw !== undefined && kind === 'service') refuse('ecs.target_group', raw.place, 'a port');
}

export function refuseCertificateless(
  { process, problems }: Draft,
  ports: readonly WrittenPort[],
  exposure: HttpExposure | TcpExposure,
): void {
  if (exposure.domains.some(({ certificate }) => certificate.kind !== 'none')) return;
  for (const { balancer, protocol, place } of ports) {
    if (protocol !== 'https' && protocol !== 'tls') continue;
    problems.error('port-certificate', place, `port ${balancer} is ${protocol}, and \`${process.name}\` has no certificate`, {
      given: `${balancer} ${protocol}`,
      allowed: 'a line in `domains` with `cert=`, or a name in a zone of `PUBLIC_ZONES`',
      hint:
        protocol === 'https'
          ? 'add a name to `domains`; with a certificate HTTPS needs no port of its own'
          : 'add a name with `cert=` to `domains`',
    });
  }
}

/** One target group per container port, or per port where ECS shifts traffic; the public half has groups of its own. */
export function refuseManyGroups({ process, problems }: Draft, exposure: HttpExposure | TcpExposure): void {
  const containers = new Set(exposure.ports.map(({ container }) => container)).size;
  const strategy = process.keys.deploy?.value.kind ?? 'rolling';
  const internal = strategy === 'rolling' || strategy === 'recreate' ? containers : exposure.ports.length;
  const isPublic = exposure.domains.length > 0;
  const groups = internal + (isPublic ? (exposure.kind === 'http' ? 1 : containers) : 0);
  if (groups <= TARGET_GROUPS) return;
  problems.error(
    'too-many-target-groups',
    process.keys.ports?.place ?? process.place,
    `\`${process.name}\` would need ${groups} target groups`,
    {
      given: `${exposure.ports.length} ports${isPublic ? ', internal and public' : ''}`,
      allowed: `${TARGET_GROUPS} target groups per service`,
      hint: 'remove ports, or split the process into two',
    },
  );
}

/** Inside the VPC the platform's balancers listen on 80 alone, and they have one idle timeout for everybody. */
export function refuseShared({ process, platform, problems }: Draft, ports: readonly WrittenPort[]): void {
  if (platform.loadBalancers !== 'shared') return;
  for (const { balancer, protocol, place } of ports) {
    if (balancer === 80 && protocol === 'http') continue;
    problems.error('port-shared', place, `the platform's shared load balancers do not listen on port ${balancer} (${protocol})`, {
      given: `${balancer} ${protocol}`,
      allowed: '80 http',
      hint:
        protocol === 'https'
          ? 'use port 80: a name in `domains` with a certificate is HTTPS without a port here'
          : 'use port 80, or `LOAD_BALANCERS=per-app` in `platform`',
    });
  }
  const idle = process.keys.idle_timeout;
  if (idle === undefined) return;
  problems.error(
    'idle-timeout-shared',
    idle.place,
    'one idle timeout is for all apps on shared load balancers, so an app cannot set it',
    {
      given: `${idle.value}s`,
      hint: 'remove `idle_timeout`, or use `LOAD_BALANCERS=per-app` in `platform`',
    },
  );
}
