import type { TaskState } from '../model/windows.js';

/** How a program in a task ended, as a shell would say it. */
export interface TaskExit {
  /** The program's own, 128+n by a signal; 125 it could not be run, 126 not be executed, 127 not found. */
  readonly code: number;
  /** Why, when the program itself did not say; otherwise empty. */
  readonly reason: string;
}

/** The end of one container of a stopped task. */
export function exitOfTask(task: TaskState, container: string): TaskExit {
  const found = task.containers.find(({ name }) => name === container);
  const reason = found?.reason.kind === 'given' ? found.reason.value : '';
  const stopped = task.stoppedReason.kind === 'given' ? task.stoppedReason.value : '';
  const why = reason || stopped;
  if (found?.exitCode.kind === 'given' && !/^CannotStartContainerError/.test(why)) {
    return { code: found.exitCode.value, reason };
  }
  if (/executable file not found|no such file or directory/.test(why)) return { code: 127, reason: why };
  if (/permission denied|exec format error/.test(why) && /runc|OCI runtime/.test(why)) return { code: 126, reason: why };
  return { code: 125, reason: why || 'ECS gave no reason' };
}
