import type { Given } from '../model/given.js';
import type { StackEvent, StackResource, StackState, Windows } from '../model/windows.js';

/** What a stack has of ECS, by process, as CloudFormation sees it at this moment. */
export interface StackServices {
  /** Name of the cluster. None: there is no service yet and no parameter that names it. */
  readonly cluster: Given<string>;
  /** ARN of the service by process. */
  readonly services: Readonly<Record<string, string>>;
  /** ARN of the newest task definition by process, also of processes that are no services. */
  readonly taskDefinitions: Readonly<Record<string, string>>;
  readonly logGroup: Given<string>;
  /** Group of the tasks. */
  readonly securityGroup: Given<string>;
  readonly resources: readonly StackResource[];
}

/** Types whose logical id begins with the process. Balancers do not: a process may be called `internal`. */
const OF_A_PROCESS = /^AWS::(ECS|ApplicationAutoScaling|Scheduler|ElasticLoadBalancingV2::TargetGroup)/;

/** Reads the stack's resources: one call. Outputs would not do, since a stack has none before its first success. */
export async function readServices(windows: Pick<Windows, 'stacks'>, stack: StackState): Promise<StackServices> {
  return servicesOf(stack, await windows.stacks.resources(stack.id));
}

/** The same from resources that were read already. */
export function servicesOf(stack: Pick<StackState, 'parameters'>, resources: readonly StackResource[]): StackServices {
  const taskDefinitions: Record<string, string> = {};
  const services: Record<string, string> = {};
  const processes = processNames(resources);
  for (const { id, type, physicalId, status } of resources) {
    if (physicalId.kind === 'none' || status === 'DELETE_COMPLETE') continue;
    const process = processes.get(id);
    if (process === undefined) continue;
    if (type === 'AWS::ECS::TaskDefinition') taskDefinitions[process] = physicalId.value;
    if (type === 'AWS::ECS::Service') services[process] = physicalId.value;
  }
  return {
    cluster: clusterOf(stack, Object.values(services)),
    services: sorted(services),
    taskDefinitions: sorted(taskDefinitions),
    logGroup: physical(resources, 'LogGroup'),
    securityGroup: physical(resources, 'AppSecurityGroup'),
    resources,
  };
}

/**
 * With what the events of an update name and the stack no longer does: a first release that was undone leaves a stack without
 * resources, while ECS still knows its services.
 */
export function withEvents(services: StackServices, events: readonly StackEvent[]): StackServices {
  const known = new Set(services.resources.flatMap(({ id, physicalId }) => (physicalId.kind === 'given' ? [id] : [])));
  const named = new Map<string, StackResource>();
  for (const { resource: id, type, physicalId, status, reason } of events) {
    if (known.has(id) || named.has(id) || physicalId.kind === 'none' || !physicalId.value.startsWith('arn:')) continue;
    if (/^AWS::ECS::(Service|TaskDefinition)$/.test(type)) named.set(id, { id, type, physicalId, status, reason });
  }
  const resources = [...services.resources.filter(({ id }) => !named.has(id)), ...named.values()];
  const stack = { parameters: [{ name: 'PlatformClusterName', value: '', resolved: services.cluster }] };
  const found = servicesOf(stack, resources);
  return { ...found, logGroup: services.logGroup.kind === 'given' ? services.logGroup : found.logGroup };
}

/**
 * Process by logical id, for what belongs to one process. The logical id has lost the process's own spelling
 * (`web-public` is `Webpublic`); the family of the task definition, `<stack>_<process>`, has it.
 */
export function processNames(resources: readonly StackResource[]): ReadonlyMap<string, string> {
  const byPrefix = new Map<string, string>();
  for (const { id, type, physicalId } of resources) {
    if (type !== 'AWS::ECS::TaskDefinition' || physicalId.kind === 'none') continue;
    const process = familyProcess(physicalId.value);
    if (process !== undefined) byPrefix.set(id.replace(/TaskDefinition$/, ''), process);
  }
  const names = new Map<string, string>();
  for (const { id, type } of resources) {
    const prefix = OF_A_PROCESS.test(type) ? /^[A-Z][a-z0-9]*/.exec(id)?.[0] : undefined;
    const process = prefix === undefined ? undefined : byPrefix.get(prefix);
    if (process !== undefined) names.set(id, process);
  }
  return names;
}

/** `arn:…:task-definition/empire-acme-inc_web:3` → `web`. */
export const familyProcess = (arn: string): string | undefined => /(?:^|\/)[^/]*?_([^/:]+)(?::[0-9]+)?$/.exec(arn)?.[1];

function clusterOf(stack: Pick<StackState, 'parameters'>, services: readonly string[]): Given<string> {
  const parameter = stack.parameters.find(({ name }) => name === 'PlatformClusterName');
  if (parameter?.resolved.kind === 'given') return parameter.resolved;
  const cluster = services.map((arn) => /:service\/([^/]+)\/[^/]+$/.exec(arn)?.[1]).find((name) => name !== undefined);
  return cluster === undefined ? { kind: 'none' } : { kind: 'given', value: cluster };
}

function physical(resources: readonly StackResource[], id: string): Given<string> {
  return resources.find((resource) => resource.id === id)?.physicalId ?? { kind: 'none' };
}

const sorted = (names: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1)));
