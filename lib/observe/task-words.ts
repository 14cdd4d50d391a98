import type { ObservedTask, TaskOrigin } from '../model/running.js';
import type { TaskState } from '../model/windows.js';
import { firstSentence } from './cause-of-service.js';
import { causeOfTask } from './cause-of-task.js';

/** On the way from nothing to running, and back. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
const ON_ITS_WAY: Readonly<Record<string, string>> = {
  PROVISIONING: 'waits for a place to run',
  PENDING: 'pulls the image',
  ACTIVATING: 'waits for the load balancer to know it',
};

/** A few words on a task that does not simply run. */
export function taskWords(task: TaskState, process: string, origin: TaskOrigin): Pick<ObservedTask, 'why' | 'failed'> {
  if (task.desired !== 'STOPPED') return { why: startWords(task), failed: false };
  const orderly = isOrderly(task);
  if (origin !== 'service') return { why: endWords(task), failed: !orderly && !endedWell(task) };
  if (orderly) return { why: orderlyWords(task), failed: false };
  const found = causeOfTask(task, { ...NOBODY, process }, []);
  return { why: found?.text ?? reasonOf(task), failed: true };
}

const NOBODY = {
  image: '',
  cpu: 0,
  memoryMiB: 0,
  architecture: 'its architecture',
  health: { path: '', codes: '' },
  port: 0,
};

function startWords({ status, health }: TaskState): string {
  if (status === 'RUNNING' && health === 'UNHEALTHY') return 'its own health check fails';
  return ON_ITS_WAY[status] ?? '';
}

/** Replaced or scaled in by its service, or stopped by a person. */
const isOrderly = ({ stopCode, stoppedReason }: TaskState): boolean =>
  (stopCode.kind === 'given' && stopCode.value === 'UserInitiated') ||
  (stoppedReason.kind === 'given' && /^Scaling activity initiated/i.test(stoppedReason.value));

function orderlyWords(task: TaskState): string {
  const ending = task.status === 'STOPPED' ? '' : ', ending';
  if (task.stopCode.kind === 'given' && task.stopCode.value === 'UserInitiated') return `${reasonOf(task)}${ending}`;
  return `replaced or scaled in${ending}`;
}

/** What ended by itself says so by its exit code; anything else has a reason. */
function endWords(task: TaskState): string {
  const reason = reasonOf(task);
  if (task.status !== 'STOPPED') return `${reason}, ending`;
  const code = exitCodeOf(task);
  const itself = task.stoppedReason.kind === 'none' || /^Essential container/i.test(task.stoppedReason.value);
  return itself && code !== undefined ? `exit code ${code}` : reason;
}

const endedWell = (task: TaskState): boolean => exitCodeOf(task) === 0;

/** Of the container that took the task with it: one that failed, or else the first that ended. */
export function exitCodeOf({ containers }: TaskState): number | undefined {
  const codes = containers.flatMap(({ exitCode }) => (exitCode.kind === 'given' ? [exitCode.value] : []));
  return codes.find((code) => code !== 0) ?? codes[0];
}

const reasonOf = ({ stoppedReason }: TaskState): string =>
  stoppedReason.kind === 'given' && stoppedReason.value !== '' ? firstSentence(stoppedReason.value) : 'ECS gives no reason';
