import type { App } from '../../lib/model/app.js';
import { logicalId, processPointer } from '../resource.js';
import { type ExposedProcess, exposedProcesses, isHttp, publicContainerPort, type Scheme, shiftsTraffic } from './exposed.js';
import type { IngressRule } from './rule.js';

/** A target group that a template has. */
export interface Group {
  readonly id: string;
  readonly scheme: Scheme;
  readonly process: ExposedProcess;
  readonly containerPort: number;
  /** The second group, when ECS moves traffic between two. */
  readonly alternate: string | undefined;
  readonly from: readonly string[];
}

/** The group behind a port of an internal balancer. One per container port; one per port where ECS moves the traffic. */
export function internalGroupId(process: ExposedProcess, balancer: number): string {
  return groupId(process, '', groupKey(process, balancer));
}

/** The public half's group. `key` tells the several groups of a traffic-shifting process apart. */
export const publicGroupId = (process: ExposedProcess, key = ''): string =>
  `${logicalId(process.name)}PublicTargetGroup${key === '443' ? '' : key}`;

const groupId = (process: ExposedProcess, half: '' | 'Public', key: number): string =>
  `${logicalId(process.name)}${half}${isHttp(process) ? '' : 'Tcp'}TargetGroup${key === 80 ? '' : key}`;

/** The lowest balancer port with the same container port. */
function groupKey(process: ExposedProcess, balancer: number): number {
  if (isHttp(process) && shiftsTraffic(process)) return balancer;
  const container = containerPort(process, balancer);
  return Math.min(...process.exposure.ports.filter((port) => port.container === container).map((port) => port.balancer));
}

const containerPort = (process: ExposedProcess, balancer: number): number =>
  (process.exposure.ports.find((port) => port.balancer === balancer) as { readonly container: number }).container;

/** The group behind a port of a public network load balancer. */
export const publicTcpGroupId = (process: ExposedProcess, balancer: number): string =>
  groupId(process, 'Public', groupKey(process, balancer));

/** Every target group of the app, alternates not counted, sorted by id. */
export function groupsOf(app: App, rules: readonly IngressRule[]): Group[] {
  const groups = new Map<string, Group>();
  for (const process of exposedProcesses(app)) {
    for (const group of [...internalGroups(process), ...publicGroups(process, rules)]) groups.set(group.id, group);
  }
  return [...groups.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function group(process: ExposedProcess, scheme: Scheme, id: string, port: number, from: readonly string[]): Group {
  const alternate = isHttp(process) && shiftsTraffic(process) ? `${id}Alternate` : undefined;
  return { id, scheme, process, containerPort: port, alternate, from };
}

const internalGroups = (process: ExposedProcess): Group[] =>
  process.exposure.ports.map(({ balancer, container }) =>
    group(process, 'internal', internalGroupId(process, balancer), container, [
      processPointer(process.name, 'exposure', 'ports'),
    ]),
  );

function publicGroups(process: ExposedProcess, rules: readonly IngressRule[]): Group[] {
  const { exposure } = process;
  if (exposure.domains.length === 0) return [];
  const domains = exposure.domains.map(({ name }) => processPointer(process.name, 'exposure', 'domains', name));
  if (exposure.kind === 'tcp') {
    return exposure.ports.map(({ balancer, container }) =>
      group(process, 'public', publicTcpGroupId(process, balancer), container, domains),
    );
  }
  const mine = rules.filter((rule) => rule.process === process.name && rule.scheme === 'public' && !rule.condition.test);
  return mine.flatMap(({ action, from }) =>
    action.kind === 'forward'
      ? [group(process, 'public', action.group, publicContainerPort(exposure), action.shifts ? from : domains)]
      : [],
  );
}
