import type { App } from '../../lib/model/app.js';
import type { Platform } from '../../lib/model/platform.js';
import { exposedProcesses, httpProcesses, isHttp, isHttps, type Scheme } from './exposed.js';
import type { Group } from './groups.js';
import { LONGEST_VALUE, privateNames } from './names.js';
import { everyDomain, inDomains, inProcfile, type Refusals } from './refusals.js';
import type { IngressRule } from './rule.js';

/** Quotas of one Application Load Balancer, as AWS gives them before anybody asks for more. */
export const BALANCER_LIMITS = { rules: 100, groups: 100, certificates: 25 } as const;

/** Target groups that ECS takes for one service. */
const GROUPS_PER_SERVICE = 5;

/** What one app puts on one balancer. */
export interface Load {
  readonly rules: number;
  readonly groups: number;
  readonly certificates: number;
}

/** What the app puts on the Application Load Balancer of that scheme. */
export function loadOf(app: App, scheme: Scheme, rules: readonly IngressRule[], groups: readonly Group[]): Load {
  const http = groups.filter((group) => group.scheme === scheme && isHttp(group.process));
  const outside = scheme === 'public';
  const domains = httpProcesses(app)
    .filter(({ exposure }) => outside || exposure.ports.some(({ protocol }) => protocol === 'https'))
    .flatMap(({ exposure }) => exposure.domains.filter(isHttps));
  return {
    rules: rules.filter((rule) => rule.scheme === scheme && rule.active).length,
    groups: http.length + http.filter(({ alternate }) => alternate !== undefined).length,
    certificates: new Set(domains.map(({ name, certificate }) => (certificate.kind === 'arn' ? certificate.arn : name))).size,
  };
}

/** Refuses what one app's own balancer cannot hold. */
export function refuseOverfull(app: App, rules: readonly IngressRule[], groups: readonly Group[], refusals: Refusals): void {
  for (const scheme of ['internal', 'public'] as const) {
    const load = withoutDefault(loadOf(app, scheme, rules, groups));
    for (const what of ['rules', 'groups', 'certificates'] as const) {
      if (load[what] <= BALANCER_LIMITS[what]) continue;
      refusals.error('ingress-overfull', everyDomain(app), `too many ${WORDS[what]} for the ${scheme} load balancer`, {
        given: String(load[what]),
        allowed: `${BALANCER_LIMITS[what]}`,
        hint: 'take away public names or ports, or split the app',
      });
    }
  }
}

/** AWS does not count a listener's default certificate. */
const withoutDefault = (load: Load): Load => ({ ...load, certificates: Math.max(0, load.certificates - 1) });

/** How the counted things are called. */
export const WORDS = { rules: 'listener rules', groups: 'target groups', certificates: 'certificates' } as const;

/** Refuses what no balancer can do: two protocols on one port, names too long, too many groups of one service. */
export function refuseImpossible(app: App, platform: Platform, groups: readonly Group[], refusals: Refusals): void {
  refuseProtocols(app, refusals);
  refuseNames(app, platform, refusals);
  for (const process of exposedProcesses(app)) {
    const count = groups.filter((group) => group.process === process).length;
    if (count <= GROUPS_PER_SERVICE) continue;
    refusals.error(
      'ingress-too-many-groups',
      inProcfile(app, process.name),
      `\`${process.name}\` would need too many target groups`,
      {
        given: String(count),
        allowed: `${GROUPS_PER_SERVICE} for one service`,
        hint: 'expose fewer ports; with traffic shifting, public names with and without HTTPS or `*` need groups of their own',
      },
    );
  }
}

/** Two processes share a port of the internal balancer by host name, so they must speak the same protocol there. */
function refuseProtocols(app: App, refusals: Refusals): void {
  const first = new Map<number, { readonly process: string; readonly protocol: string }>();
  for (const process of httpProcesses(app)) {
    for (const { balancer, protocol } of process.exposure.ports) {
      const before = first.get(balancer) ?? { process: process.name, protocol };
      first.set(balancer, before);
      if (before.protocol === protocol) continue;
      refusals.error(
        'ingress-port-protocol',
        inProcfile(app, process.name),
        `port ${balancer} is ${before.protocol} for \`${before.process}\` and ${protocol} for \`${process.name}\``,
        { allowed: 'one protocol per port of an app', hint: `give \`${process.name}\` another port` },
      );
    }
  }
}

const inPattern = (name: string): number => name.replaceAll('.', '\\.').length + '^()(:[0-9]+)?$'.length;

/** A host condition takes 128 characters; a longer name would never match. */
function refuseNames(app: App, platform: Platform, refusals: Refusals): void {
  for (const process of httpProcesses(app)) {
    const own = privateNames(process.name, app.name, platform.zone).filter((name) => inPattern(name) > LONGEST_VALUE);
    const outside = process.exposure.domains.map(({ name }) => name).filter((name) => inPattern(name) > LONGEST_VALUE);
    for (const name of [...own, ...outside]) {
      const at = own.includes(name) ? inProcfile(app, process.name) : inDomains(app, process.name, name);
      refusals.error('ingress-name-too-long', at, `\`${name}\` is too long for a load balancer's host condition`, {
        given: `${inPattern(name)} characters as a pattern`,
        allowed: `${LONGEST_VALUE}`,
        hint: 'use a shorter name',
      });
    }
  }
}
