import type { LogLine, TaskState } from '../../model/windows.js';
import type { TaskExit } from '../../observe/exit-of-task.js';
import type { StartedOneOff } from '../../release/one-off.js';
import { whoOf } from '../../view/progress-lines.js';
import { renderRunEnd, renderRunState } from '../../view/run.js';
import type { AppSession } from './open.js';
import type { RunChoice } from './run-choice.js';
import type { StopSignals } from './stop-signals.js';
import { writeOut } from './write-out.js';

/** A one-off task that somebody waits for. */
export interface AttachedRun {
  readonly started: StartedOneOff;
  readonly choice: RunChoice;
  readonly signals: StopSignals;
  readonly json: boolean;
  /** Path of Session Manager's plugin; empty: no terminal is connected. */
  readonly plugin: string;
  /** Where a command in a terminal leaves its exit code. */
  readonly file: string;
}

/** Shows what the program writes (under `--json` as talk) until it ended; Ctrl-C stops it. */
export async function runAttached(session: AppSession, run: AttachedRun): Promise<TaskExit> {
  const { started, choice, signals } = run;
  const name = `run.${started.task.id.slice(0, 8)}`;
  const say = (text: string) => text !== '' && process.stderr.write(`${name}: ${text}\n`);
  const state = (task: TaskState): void => void say(renderRunState(task));
  state(started.task);
  const watch = { state, signal: signals.signal, stopReason: `stopped by ${whoOf(session.caller.arn)}` };
  const end = run.plugin === '' ? await followLog(session, run, watch) : await connect(session, run, { ...watch, name });
  say(renderRunEnd(choice.command[0], end));
  return end;
}

interface Watch {
  readonly state: (task: TaskState) => void;
  readonly signal: AbortSignal;
  readonly stopReason: string;
}

async function followLog(session: AppSession, { started, choice, json }: AttachedRun, watch: Watch): Promise<TaskExit> {
  const { followOneOff } = await import('../../release/one-off.js');
  const { exitOfTask } = await import('../../observe/exit-of-task.js');
  const lines = async (page: readonly LogLine[]): Promise<void> => {
    const text = page.map((line) => `${line.text}\n`).join('');
    if (json) process.stderr.write(text);
    else if (process.stdout.writable) await writeOut(text, watch.signal);
  };
  const stream = `${choice.prefix}/${choice.container}/${started.task.id}`;
  const ended = await followOneOff(session.engine, started, {
    ...watch,
    group: choice.group,
    stream,
    lines,
    enough: () => false,
  });
  return exitOfTask(ended, choice.container);
}

async function connect(
  session: AppSession,
  run: AttachedRun,
  { name, ...watch }: Watch & { readonly name: string },
): Promise<TaskExit> {
  const { runInTerminal } = await import('./run-terminal.js');
  const { plugin, file, choice, started } = run;
  const { container, command } = choice;
  return runInTerminal(session, started, { plugin, file, container, name, command, watch });
}
