import type { TargetHealth } from '../model/windows.js';
import type { HealthQuestion } from './health-paths.js';
import type { ServiceView } from './processes.js';

/**
 * What a service that is not done waits for, in a few words; the most telling first: no room for a task, a failing health check,
 * then the way of a task from nothing to healthy.
 */
export function waitingFor(view: ServiceView, oldRunning: number, question: HealthQuestion | undefined): string {
  const { next, service, tasks, health } = view;
  if (next.kind === 'none') return '';
  if (lacksCapacity(view)) return 'no capacity';
  const failing = health.flat().find(({ state }) => state === 'unhealthy');
  if (failing !== undefined) return healthAnswer(failing, question);
  const states = new Set(tasks.map(({ status }) => status));
  if (states.has('PROVISIONING')) return 'a place to run';
  if (states.has('PENDING')) return 'pulling the image';
  if (states.has('ACTIVATING')) return service.targetGroups.length > 0 ? 'the load balancer to know the task' : 'a task to start';
  if (tasks.some((task) => task.health === 'UNHEALTHY')) return 'health check of the container';
  if (health.flat().some(({ state }) => state === 'initial')) return 'the first health checks';
  if (next.value.running < next.value.desired)
    return next.value.failed > 0 ? 'another try of a task that stopped' : 'a task to start';
  return oldRunning > 0
    ? 'old tasks to drain'
    : service.deployments.length > 1
      ? 'the old deployment to end'
      : 'ECS to call it steady';
}

/** `health check: 502 from /`, `health check: no answer from /`, with the reason code when it is another one. */
export function healthAnswer({ code, description }: TargetHealth, question: HealthQuestion | undefined): string {
  const from = question === undefined || question.path === '' ? '' : ` from ${question.path}`;
  const status = description.kind === 'given' ? answeredCode(description.value) : undefined;
  if (status !== undefined) return `health check: ${status}${from}`;
  switch (code.kind === 'given' ? code.value : '') {
    case 'Target.Timeout':
      return `health check: no answer${from} in time`;
    case 'Target.FailedHealthChecks':
      return `health check: no connection${from === '' ? '' : ` for ${question?.path}`}`;
    default:
      return `health check: ${description.kind === 'given' ? description.value : 'failing'}`;
  }
}

/** `Health checks failed with these codes: [503]` → `503`. */
export const answeredCode = (description: string): string | undefined => /codes?: \[([0-9][^\]]*)\]/.exec(description)?.[1];

/** The service says so itself; an older event than the deployment is about something else. */
function lacksCapacity({ next, service }: ServiceView): boolean {
  if (next.kind === 'none' || next.value.running >= next.value.desired) return false;
  const { createdAt } = next.value;
  const newest = service.events.find(({ at }) => at >= createdAt);
  return newest !== undefined && isPlacementFailure(newest.message);
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html */
export const isPlacementFailure = (message: string): boolean =>
  /unable to place a task|no container instance met|RESOURCE:|Capacity is unavailable|insufficient capacity/i.test(message);
