import type { Given } from '../model/given.js';
import type { ProcessProgress } from '../model/progress.js';
import type { ServiceDeployment, ServiceState, TargetHealth, TaskState, Windows } from '../model/windows.js';
import type { HealthQuestion } from './health-paths.js';
import { waitingFor } from './waiting-for.js';

/** What to look at: what `readServices` gives will do. */
export interface ObservedServices {
  readonly cluster: Given<string>;
  /** ARN by process. */
  readonly services: Readonly<Record<string, string>>;
  /** The wanted task definition by process. */
  readonly taskDefinitions: Readonly<Record<string, string>>;
}

/** One service as it is now, with what was asked about it because it is not done. */
export interface ServiceView {
  readonly service: ServiceState;
  /** The deployment of the wanted task definition. None: ECS does not know of it yet. */
  readonly next: Given<ServiceDeployment>;
  readonly done: boolean;
  readonly tasks: readonly TaskState[];
  /** By target group. */
  readonly health: readonly (readonly TargetHealth[])[];
}

/**
 * How far each service is on its way to the wanted task definition, sorted by process. One call for all services; those that are
 * not done are asked for their tasks and target health, side by side. `questions` gives health checks their path.
 */
export async function observeProcesses(
  windows: Pick<Windows, 'services' | 'balancers'>,
  observed: ObservedServices,
  questions: Readonly<Record<string, HealthQuestion>> = {},
): Promise<ProcessProgress[]> {
  const { cluster, services, taskDefinitions } = observed;
  const names = Object.keys(services).sort();
  if (cluster.kind === 'none' || names.length === 0) return [];
  const states = await windows.services.services(
    cluster.value,
    names.map((name) => services[name] as string),
  );
  const byArn = new Map(states.map((state): [string, ServiceState] => [state.arn, state]));
  const found = names.flatMap((name) => {
    const service = byArn.get(services[name] as string);
    return service === undefined || service.status === 'INACTIVE' ? [] : [{ name, service }];
  });
  return Promise.all(
    found.map(async ({ name, service }) => {
      const view = await viewService(windows, cluster.value, service, taskDefinitions[name] ?? service.taskDefinition);
      return progressOf(name, view, questions[name]);
    }),
  );
}

async function viewService(
  windows: Pick<Windows, 'services' | 'balancers'>,
  cluster: string,
  service: ServiceState,
  wanted: string,
): Promise<ServiceView> {
  const [primary] = service.deployments;
  const next: Given<ServiceDeployment> =
    primary !== undefined && primary.taskDefinition === wanted ? { kind: 'given', value: primary } : { kind: 'none' };
  // A changed count is no new deployment: that one was complete long ago.
  const done = next.kind === 'given' && next.value.rollout === 'COMPLETED' && next.value.running >= next.value.desired;
  if (done || next.kind === 'none') return { service, next, done, tasks: [], health: [] };
  const [tasks, ...health] = await Promise.all([
    windows.services.tasks(cluster, { by: 'service', service: service.arn, status: 'RUNNING' }),
    ...service.targetGroups.map((group) => windows.balancers.targetHealth(group)),
  ]);
  const { id } = next.value;
  const started = tasks.filter(({ startedBy }) => startedBy.kind === 'given' && startedBy.value === id);
  return { service, next, done, tasks: started, health };
}

function progressOf(name: string, view: ServiceView, question: HealthQuestion | undefined): ProcessProgress {
  const { service, next, done } = view;
  const others = service.deployments.filter((deployment) => next.kind === 'none' || deployment !== next.value);
  const running = others.reduce((sum, deployment) => sum + deployment.running, 0);
  const counts = next.kind === 'given' ? next.value : { desired: service.desired, running: 0, failed: 0 };
  return {
    name,
    old: { running },
    next: { wanted: counts.desired, running: counts.running, healthy: healthyOf(view, counts.running), failed: counts.failed },
    done,
    waitingFor: done ? '' : waitingFor(view, running, question),
  };
}

/**
 * Target groups know addresses, not deployments: what is not healthy is taken to be the new tasks, since old ones that serve are.
 * Without a load balancer a task that runs, and whose container check does not say otherwise, is healthy.
 */
function healthyOf({ done, tasks, health }: ServiceView, running: number): number {
  if (done) return running;
  const unready = tasks.filter(({ status, health: own }) => status === 'RUNNING' && own === 'UNHEALTHY').length;
  const ready = health.map((targets) => {
    const waiting = targets.filter(({ state }) => state === 'initial' || state === 'unhealthy').length;
    return Math.min(running - waiting, targets.filter(({ state }) => state === 'healthy').length);
  });
  return Math.max(0, Math.min(running - unready, ...ready));
}
