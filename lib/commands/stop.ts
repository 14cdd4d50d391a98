import { Args } from '@oclif/core';
import { Failure } from '../failure.js';
import { OutsideCommand } from './session/outside-command.js';
import { readRunningApp } from './session/running.js';
import { sentence } from './session/sentence.js';
import { openServing, processesOf } from './session/serving-app.js';
import { sayStopped, stopOne } from './session/stop-one.js';
import { targetOf } from './session/task-target.js';

/** `empire stop`: stops one task. */
export default class Stop extends OutsideCommand {
  static override summary = 'Stop one task.';
  static override description =
    'By the beginning of its id, as `ps` shows it. The service of a process starts another in its place; what `run` began is over.';
  static override examples = ['<%= config.bin %> stop web.217e2ddd -a acme-inc --rehearse'];
  static override args = { task: Args.string({ description: 'the task: 217e2ddd, or web.217e2ddd' }) };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Stop);
    if (args.task === undefined) throw which();
    const serving = await openServing(this, undefined, flags, 'writes');
    const { session } = serving;
    const { tasks } = await readRunningApp(serving);
    const target = targetOf('stop', args.task, { app: session.name, processes: processesOf(serving), tasks });
    if (target.kind === 'process')
      throw isProcess(target.name, {
        none: sentence(`scale ${target.name}=0`, session, flags),
        anew: sentence(`restart ${target.name}`, session, flags),
      });
    const stopped = await stopOne(serving, target.task, 'stop');
    if (flags.json) this.printJson({ stopped: stopped.json });
    else sayStopped('Stopped', serving, flags, target.task);
    return 0;
  }
}

const which = (): Failure =>
  new Failure('stop', 'which task?', 'name it as `empire ps` shows it: `empire stop 217e2ddd`', 'usage-task-missing');

const isProcess = (name: string, { none, anew }: { readonly none: string; readonly anew: string }): Failure =>
  new Failure(
    'stop',
    `${name} is a process, and only a task can be stopped`,
    `to have none: \`${none}\`; anew: \`${anew}\``,
    'stop-process',
  );
