import type { TaskState } from '../../model/windows.js';
import { exitOfTask, type TaskExit } from '../../observe/exit-of-task.js';
import { followOneOff, type OneOffWatch, type StartedOneOff } from '../../release/one-off.js';
import type { AppSession } from './open.js';
import { codeFile, enter, leavingCode } from './terminal.js';

/** Milliseconds that the container has to end when its terminal is closed. */
const CLOSING = 15_000;

/** A container that waits for a terminal, and ends as its command did. */
export interface WaitingContainer {
  /** The command it is started with. */
  readonly command: readonly string[];
  readonly file: string;
}

/** `sh` waits for the file that the command in the terminal leaves, so that the task ends with the command and has its exit code. */
export function waitingContainer(): WaitingContainer {
  const file = codeFile();
  const script = `trap 'exit 143' TERM; while [ ! -s ${file} ]; do sleep 1; done; exit "$(cat ${file})"`;
  return { command: ['sh', '-c', script], file };
}

export interface RunTerminal {
  readonly plugin: string;
  readonly container: string;
  readonly name: string;
  readonly file: string;
  /** What is run in the terminal. */
  readonly command: readonly string[];
  readonly watch: Pick<OneOffWatch, 'state' | 'stopReason' | 'signal'>;
}

/** Connects this terminal to the command in the task, and gives its end. The task never outlives the terminal. */
export async function runInTerminal(session: AppSession, started: StartedOneOff, terminal: RunTerminal): Promise<TaskExit> {
  const { engine, windows } = session;
  const { cluster, task } = started;
  const { container, name, watch } = terminal;
  const silent: OneOffWatch = { ...watch, group: '', stream: '', lines: async () => {}, enough: () => false };
  const isUp = (now: TaskState): boolean => now.status === 'RUNNING';
  const up = await followOneOff(engine, started, { ...silent, enough: isUp });
  if (!isUp(up)) return exitOfTask(up, container);
  try {
    const command = leavingCode(terminal.command, terminal.file);
    await enter(windows, terminal.plugin, { cluster, task: task.arn, container, name }, command);
  } catch (error) {
    await windows.services.stopTask(cluster, task.arn, watch.stopReason);
    throw error;
  }
  const closed = windows.clock.now();
  const hasCode = (now: TaskState): boolean =>
    now.containers.some((one) => one.name === container && one.exitCode.kind === 'given');
  const enough = (now: TaskState): boolean => hasCode(now) || windows.clock.now() - closed > CLOSING;
  const ended = await followOneOff(engine, started, { ...silent, enough, state: () => {} });
  if (hasCode(ended) || ended.status === 'STOPPED') return exitOfTask(ended, container);
  await windows.services.stopTask(cluster, task.arn, watch.stopReason);
  return { code: 125, reason: 'the connection ended before the command did' };
}
