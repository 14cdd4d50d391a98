import type { JsonObject } from '../model/json.js';
import type { ProcessProgress } from '../model/progress.js';
import type { ObservedTask, RunningProcess, TaskOrigin } from '../model/running.js';
import type { TaskState, Windows } from '../model/windows.js';
import { healthQuestions } from './health-paths.js';
import { observeProcesses } from './processes.js';
import { familyProcess, type StackServices } from './stack-services.js';
import { taskWords } from './task-words.js';

/** All that runs of an app at this moment. */
export interface Running {
  /** Sorted by name. */
  readonly processes: readonly RunningProcess[];
  /** Sorted by process, the oldest first; also those that stopped, as long as ECS remembers them (about an hour). */
  readonly tasks: readonly ObservedTask[];
}

/** Asks ECS, everything side by side. `template` gives health checks their path. */
export async function readRunning(
  windows: Pick<Windows, 'services' | 'balancers'>,
  services: StackServices,
  template: JsonObject,
): Promise<Running> {
  const { cluster, taskDefinitions } = services;
  if (cluster.kind === 'none') return { processes: [], tasks: [] };
  const [progress, tasks] = await Promise.all([
    observeProcesses(windows, services, healthQuestions(template)),
    readTasks(windows, cluster.value, Object.values(taskDefinitions)),
  ]);
  return { processes: progress.map(processOf), tasks };
}

/** By family: that finds the tasks of services, schedules, releases and people alike. */
export async function readTasks(
  windows: Pick<Windows, 'services'>,
  cluster: string,
  taskDefinitions: readonly string[],
): Promise<readonly ObservedTask[]> {
  const families = [...new Set(taskDefinitions.map(familyOf))];
  const found = await Promise.all(
    families.flatMap((family) =>
      (['RUNNING', 'STOPPED'] as const).map((status) => windows.services.tasks(cluster, { by: 'family', family, status })),
    ),
  );
  // a task that ends between the two questions is in both answers
  const tasks = new Map(found.flat().map((task): [string, TaskState] => [task.arn, task]));
  return [...tasks.values()].map(observeTask).sort(byProcess);
}

const familyOf = (arn: string): string => (arn.split('/').at(-1) ?? arn).replace(/:[0-9]+$/, '');

function processOf({ name, old, next, waitingFor }: ProcessProgress): RunningProcess {
  return { name, wanted: next.wanted, running: old.running + next.running, waitingFor };
}

/** Whose task it is, and what it is at. */
export function observeTask(task: TaskState): ObservedTask {
  const family = familyProcess(task.taskDefinition) ?? '';
  const origin = originOf(task);
  const process = origin === 'run' ? 'run' : family;
  return { process, family, origin, task, ...taskWords(task, process, origin) };
}

/** A release marks its task `empire-v12-…`; EventBridge Scheduler marks its own. */
function originOf({ group, startedBy }: TaskState): TaskOrigin {
  if (group.startsWith('service:')) return 'service';
  const by = startedBy.kind === 'given' ? startedBy.value : '';
  if (/^empire-v[0-9]+-/.test(by)) return 'release';
  return /schedule/i.test(by) ? 'schedule' : 'run';
}

const byProcess = (a: ObservedTask, b: ObservedTask): number =>
  a.process === b.process ? a.task.createdAt - b.task.createdAt || order(a.task.id, b.task.id) : order(a.process, b.process);

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
