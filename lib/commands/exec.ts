import { Flags } from '@oclif/core';
import { Failure } from '../failure.js';
import type { RunningTask } from '../model/running.js';
import { shortName } from '../view/ps.js';
import { carriedBy } from './session/carried.js';
import { parseExec, taskToEnter } from './session/exec-target.js';
import { OutsideCommand } from './session/outside-command.js';
import { readRunningApp } from './session/running.js';
import { openServing, processesOf, type ServingApp } from './session/serving-app.js';
import { type ContainerPlace, codeFile, enter, leavingCode, needTerminal, readCode } from './session/terminal.js';

/** `empire exec`: a command in a task that runs. */
export default class Exec extends OutsideCommand {
  static override summary = 'Enter a task that runs.';
  static override description =
    "Runs `sh`, or a command, in the newest task of a process (`web`, or the app's first one), or in the task that the first word names as `ps` shows it. Our flags stand before the command. By ECS Exec and Session Manager's plugin, on a terminal; the image needs `sh`. The exit code is the program's own (128+n by a signal, 127 not found, 125 could not be run).";
  static override usage = 'exec [flags] [<process> | <task>] [-- <command…>]';
  static override examples = ['<%= config.bin %> exec -h'];
  static override flags = {
    process: Flags.string({ char: 'p', summary: 'the newest task of this process', helpValue: '<process>' }),
  };

  async run(): Promise<number> {
    const carried = carriedBy(this.argv);
    const { flags } = await this.parse(Exec, carried.ours);
    if (flags.json) throw noJson();
    const wish = parseExec(carried, flags.process);
    const serving = await openServing(this, undefined, flags, 'writes');
    const { windows, name: app } = serving.session;
    const { tasks } = await readRunningApp(serving);
    const task = taskToEnter(wish, { app, processes: processesOf(serving), tasks });
    // A rehearsal has its own answer, and needs neither a terminal nor the plugin for it.
    const plugin = windows.kind === 'rehearsal' ? '' : await needTerminal(windows, 'exec');
    const place = await placeOf(serving, task);
    const file = codeFile();
    const end = await enter(windows, plugin, place, leavingCode(wish.command, file));
    const code = await readCode(windows, plugin, place, file);
    if (code === undefined) this.say(`${place.name}: how the command ended is not known\n`);
    return code ?? end.code;
  }
}

/** What a person began has the container of the process it was begun with. */
async function placeOf({ session, stack }: ServingApp, task: RunningTask): Promise<ContainerPlace> {
  const { readServices } = await import('../observe/index.js');
  const { cluster } = await readServices(session.windows, stack);
  const name = shortName(task.process, task.id);
  return { cluster: cluster.kind === 'given' ? cluster.value : '', task: task.arn, container: task.family, name };
}

const noJson = (): Failure =>
  new Failure(
    'exec',
    'a terminal has no JSON',
    'leave out --json; `empire run --json` runs a command without a terminal',
    'usage-json',
  );
