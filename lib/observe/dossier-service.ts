import type { Given } from '../model/given.js';
import type { Evidence } from '../model/release.js';
import type { ServiceState, TargetHealth, TaskState, Windows } from '../model/windows.js';
import { causeOfCapacity, causeOfHealth } from './cause-of-service.js';
import { causeOfTask } from './cause-of-task.js';
import { type Cause, type CauseSubject, cause, isTelling } from './dossier-cause.js';
import { healthEvidence, lifeEvidence, logEvidence, serviceEvidence, taskEvidence } from './dossier-evidence.js';
import { lastLines } from './dossier-logs.js';
import { isPlacementFailure } from './waiting-for.js';

/** What ECS and the load balancer say of one process. */
export interface ServiceFinding {
  readonly process: string;
  readonly cause: Cause;
  readonly evidence: readonly Evidence[];
}

export interface ServiceQuestion {
  readonly cluster: string;
  readonly service: string;
  /** The task definition that was tried. None: any task that began since. */
  readonly taskDefinition: Given<string>;
  readonly since: number;
  readonly subject: CauseSubject;
  readonly logGroup: Given<string>;
}

type Outside = Pick<Windows, 'services' | 'balancers' | 'logs'>;

/** Looks at the service, its stopped tasks, its targets, and the last log lines of the task that died first. */
export async function examineService(windows: Outside, question: ServiceQuestion): Promise<ServiceFinding> {
  const { cluster, service, subject } = question;
  const [[state], stopped, running] = await Promise.all([
    windows.services.services(cluster, [service]),
    windows.services.tasks(cluster, { ...whose(question), status: 'STOPPED' }),
    windows.services.tasks(cluster, { by: 'service', service, status: 'RUNNING' }),
  ]);
  const ours = stopped.filter((task) => isOurs(task, question)).sort((a, b) => endOf(a) - endOf(b));
  const events = (state?.events ?? []).filter(({ at }) => at >= question.since).reverse();
  const health = await unhealthyTargets(windows, state);
  const died = ours.find((task) => !isOrderly(task));
  const log = await lastLines(windows, died ?? running.find((task) => isOurs(task, question)), question);
  const texts = events.map(({ message }) => message);
  const found =
    (died === undefined ? undefined : causeOfDeath(died, subject, log, texts)) ??
    causeOfEvents(texts, subject) ??
    causeOfTargets(health, subject) ??
    tooSlow(subject);
  return {
    process: subject.process,
    cause: found,
    evidence: [
      ...taskEvidence(ours.filter((task) => !isOrderly(task))),
      ...(found.kind === 'too-slow' ? lifeEvidence(ours) : []),
      ...serviceEvidence(events),
      ...health.slice(0, 2).map(healthEvidence),
      ...logEvidence(log),
    ],
  };
}

/** By family where it is known: a service that was deleted no longer lists its tasks. */
function whose({ service, taskDefinition }: ServiceQuestion) {
  const family = taskDefinition.kind === 'given' ? /task-definition\/([^:]+)/.exec(taskDefinition.value)?.[1] : undefined;
  return family === undefined ? ({ by: 'service', service } as const) : ({ by: 'family', family } as const);
}

function isOurs({ taskDefinition, createdAt }: TaskState, question: ServiceQuestion): boolean {
  return question.taskDefinition.kind === 'given'
    ? taskDefinition === question.taskDefinition.value
    : createdAt >= question.since;
}

/** Scaled in or replaced; the breaker's own clean-up also stops good tasks this way. */
const isOrderly = ({ stoppedReason, stopCode }: TaskState): boolean =>
  (stoppedReason.kind === 'given' && /^Scaling activity initiated/i.test(stoppedReason.value)) ||
  (stopCode.kind === 'given' && stopCode.value === 'UserInitiated');

const endOf = ({ stoppedAt }: TaskState): number => (stoppedAt.kind === 'given' ? stoppedAt.value : Number.POSITIVE_INFINITY);

/** A task that the load balancer gave up says only that; the answer it gave is in the events of the service. */
function causeOfDeath(task: TaskState, subject: CauseSubject, log: readonly string[], events: readonly string[]) {
  const found = causeOfTask(task, subject, log);
  if (found?.kind !== 'not-listening') return found;
  const said = events.find((text) => /is unhealthy in .* due to/.test(text));
  return said === undefined ? found : causeOfHealth(said, subject);
}

function causeOfEvents(texts: readonly string[], subject: CauseSubject): Cause | undefined {
  const unhealthy = texts.find((text) => /is unhealthy in .* due to/.test(text));
  if (unhealthy !== undefined) return causeOfHealth(unhealthy, subject);
  const unplaced = texts.find(isPlacementFailure);
  return unplaced === undefined ? undefined : causeOfCapacity(subject.process, unplaced);
}

function causeOfTargets([first]: readonly TargetHealth[], subject: CauseSubject): Cause | undefined {
  if (first === undefined) return undefined;
  const { code, description } = first;
  return causeOfHealth(
    `${code.kind === 'given' && code.value === 'Target.Timeout' ? 'timed out ' : ''}${description.kind === 'given' ? description.value : ''}`,
    subject,
  );
}

const tooSlow = ({ process }: CauseSubject): Cause =>
  cause(
    'too-slow',
    `${process} did not become steady in time`,
    'deploy again with a longer `--timeout`, and look at how long its tasks take to start and to drain',
  );

async function unhealthyTargets(windows: Outside, state: ServiceState | undefined): Promise<readonly TargetHealth[]> {
  const groups = await Promise.all((state?.targetGroups ?? []).map((group) => windows.balancers.targetHealth(group)));
  return groups.flat().filter((target) => target.state === 'unhealthy');
}

/** The finding that explains most: of several, the first that has a class of its own. */
export function mostTelling(findings: readonly ServiceFinding[]): Given<ServiceFinding> {
  const found =
    findings.find((finding) => isTelling(finding.cause)) ?? findings.find(({ evidence }) => evidence.length > 0) ?? findings[0];
  return found === undefined ? { kind: 'none' } : { kind: 'given', value: found };
}
