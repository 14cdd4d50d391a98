import { Failure } from '../../failure.js';
import type { RunningTask } from '../../model/running.js';
import { shortName } from '../../view/ps.js';
import type { Carried } from './carried.js';
import { knownProcess } from './deployed.js';
import { targetOf } from './task-target.js';

/** What to enter, and with which command. */
export interface ExecWish {
  /** A process or a task, as somebody wrote it. Undefined: the app's usual process. */
  readonly target: string | undefined;
  /** `target` was given by -p, so that it is a process. */
  readonly process: boolean;
  readonly command: readonly string[];
}

/** The words behind our flags. Behind `--`, or with -p, all of them are the command; otherwise the first one is what to enter. */
export function parseExec({ words, verbatim }: Pick<Carried, 'words' | 'verbatim'>, process: string | undefined): ExecWish {
  const [first, ...rest] = words;
  if (process !== undefined) return { target: process, process: true, command: orShell(words) };
  if (first === undefined || verbatim) return { target: undefined, process: false, command: orShell(words) };
  return { target: first, process: false, command: orShell(rest[0] === '--' ? rest.slice(1) : rest) };
}

const orShell = (command: readonly string[]): readonly string[] => (command.length === 0 ? ['sh'] : command);

export interface ExecChoice {
  readonly app: string;
  /** Names of the processes of the app. */
  readonly processes: readonly string[];
  readonly tasks: readonly RunningTask[];
}

/**
 * The task to enter: the newest of a process that runs, or the one that was named.
 *
 * @throws Failure `process-unknown`, `process-not-running`, `task-not-running`, and those of `targetOf`
 */
export function taskToEnter({ target, process }: ExecWish, choice: ExecChoice): RunningTask {
  const { app, processes } = choice;
  if (target === undefined) return newest(choice, usualProcess(choice));
  const found = process
    ? ({ kind: 'process', name: knownProcess(app, target, processes) } as const)
    : targetOf('exec', target, choice);
  if (found.kind === 'process') return newest(choice, found.name);
  if (found.task.status === 'RUNNING') return found.task;
  throw new Failure(
    shortName(found.task.process, found.task.id),
    `it does not run: it is ${found.task.status}`,
    `see \`empire ps -a ${app}\``,
    'task-not-running',
  );
}

/** `web`; else the first that has a task. */
function usualProcess({ processes, tasks }: ExecChoice): string {
  const running = processes.filter((name) => tasks.some((task) => task.process === name && task.status === 'RUNNING'));
  return processes.includes('web') ? 'web' : (running[0] ?? processes[0] ?? 'web');
}

function newest({ app, tasks }: ExecChoice, process: string): RunningTask {
  const running = tasks.filter((task) => task.process === process && task.status === 'RUNNING');
  const task = running.sort((a, b) => a.createdAt - b.createdAt).at(-1);
  if (task !== undefined) return task;
  throw new Failure(
    app,
    `no task of ${process} runs`,
    `see \`empire ps -a ${app}\`; in a task of its own: \`empire run -t -a ${app} sh\``,
    'process-not-running',
  );
}
