import type { ServiceState, StackEvent, StackResource, TaskState, Windows } from '../../lib/model/windows.js';
import type { StackServices } from '../../lib/observe/index.js';
import { given, NONE } from './model-apps.js';

/** A failed release as AWS leaves it behind: what the windows answered, written down. */
export interface Recorded {
  readonly events?: readonly StackEvent[];
  readonly resources?: readonly StackResource[];
  readonly services?: readonly ServiceState[];
  readonly stopped?: readonly TaskState[];
  readonly running?: readonly TaskState[];
  readonly health?: Awaited<ReturnType<Windows['balancers']['targetHealth']>>;
  /** Stream → lines. */
  readonly logs?: Readonly<Record<string, readonly string[]>>;
}

export const AT = Date.parse('2026-06-04T14:27:00Z');
export const TOKEN = 'b3c1-execute';
const ARN = 'arn:aws:ecs:us-east-1:123456789012';
export const WEB_SERVICE = `${ARN}:service/empire/empire-acme-inc-WebService-1`;
export const OLD = `${ARN}:task-definition/empire-acme-inc_web:6`;
export const NEW = `${ARN}:task-definition/empire-acme-inc_web:7`;
export const GROUP = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/empire-WebTa/1';

/** A resource's event, `after` seconds into the update. */
export const event = (
  after: number,
  resource: string,
  type: string,
  status: string,
  reason = '',
  physicalId = '',
): StackEvent => ({
  id: `${resource}-${after}`,
  at: AT + after * 1000,
  resource,
  physicalId: physicalId === '' ? NONE : given(physicalId),
  type,
  status,
  reason: reason === '' ? NONE : given(reason),
  token: given(TOKEN),
});

/** A task of the new definition that stopped `after` seconds into the update, having lived for six. */
export const stopped = (after: number, changes: Partial<TaskState>): TaskState => ({
  arn: `${ARN}:task/empire/0123456789abcdef0123456789abcd${String(after).padStart(2, '0')}`,
  id: `0123456789abcdef0123456789abcd${String(after).padStart(2, '0')}`,
  taskDefinition: NEW,
  group: 'service:empire-acme-inc-WebService-1',
  startedBy: given('ecs-svc/2'),
  status: 'STOPPED',
  desired: 'STOPPED',
  health: 'UNKNOWN',
  cpu: 256,
  memoryMiB: 512,
  createdAt: AT + after * 1000 - 12_000,
  startedAt: given(AT + after * 1000 - 6000),
  stoppedAt: given(AT + after * 1000),
  stopCode: given('EssentialContainerExited'),
  stoppedReason: given('Essential container in task exited'),
  zone: given('us-east-1a'),
  command: '',
  containers: [{ name: 'web', status: 'STOPPED', exitCode: given(1), reason: NONE }],
  ...changes,
});

/** The service of web, on its way from the old definition to the new one. */
export const service = (changes: Partial<ServiceState> = {}): ServiceState => ({
  arn: WEB_SERVICE,
  name: 'empire-acme-inc-WebService-1',
  status: 'ACTIVE',
  taskDefinition: NEW,
  desired: 2,
  running: 2,
  pending: 0,
  deployments: [],
  events: [],
  targetGroups: [GROUP],
  ...changes,
});

const resource = (id: string, type: string, physicalId: string): StackResource => ({
  id,
  physicalId: given(physicalId),
  type,
  status: 'UPDATE_COMPLETE',
  reason: NONE,
});

export const RESOURCES: readonly StackResource[] = [
  resource('LogGroup', 'AWS::Logs::LogGroup', '/empire/default/acme-inc'),
  resource('InternalLoadBalancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'arn:balancer'),
  resource('WebTargetGroup', 'AWS::ElasticLoadBalancingV2::TargetGroup', GROUP),
  resource('WebTaskDefinition', 'AWS::ECS::TaskDefinition', OLD),
  resource('WebService', 'AWS::ECS::Service', WEB_SERVICE),
];

export const STACK_SERVICES: StackServices = {
  cluster: given('empire'),
  services: { web: WEB_SERVICE },
  taskDefinitions: { web: OLD },
  logGroup: given('/empire/default/acme-inc'),
  securityGroup: NONE,
  resources: RESOURCES,
};

/** Windows that answer what was recorded and refuse everything else. */
export function recordedWindows(recorded: Recorded): Windows {
  const answers = {
    stacks: {
      events: async () => recorded.events ?? [],
      resources: async () => recorded.resources ?? RESOURCES,
    },
    services: {
      services: async (_cluster: string, arns: readonly string[]) =>
        (recorded.services ?? [service()]).filter(({ arn }) => arns.includes(arn)),
      tasks: async (_cluster: string, query: { readonly status?: string }) =>
        (query.status === 'STOPPED' ? recorded.stopped : recorded.running) ?? [],
      taskDefinition: async () => NONE,
    },
    balancers: { targetHealth: async () => recorded.health ?? [] },
    logs: {
      read: async ({ stream }: { readonly stream: string }) => ({
        lines: (recorded.logs?.[stream] ?? []).map((text) => ({ at: AT, text })),
        token: NONE,
      }),
    },
  };
  return answers as unknown as Windows;
}
