import { Args } from '@oclif/core';
import { logicalId } from '../../constructs/resource.js';
import { Failure } from '../failure.js';
import type { RunningTask } from '../model/running.js';
import { objectAt } from '../plan/template-json.js';
import { shortName } from '../view/ps.js';
import { type ReleaseFlags, releaseFlags } from './session/flags.js';
import { sayEnding } from './session/outcome.js';
import { OutsideCommand } from './session/outside-command.js';
import { restartByRelease } from './session/restart-release.js';
import { readRunningApp } from './session/running.js';
import { openServing, processesOf, type ServingApp, wantsTasks } from './session/serving-app.js';
import { type StoppedTask, sayStopped, stopOne } from './session/stop-one.js';
import { targetOf } from './session/task-target.js';

/** `empire restart`: new tasks in place of those that run. */
export default class Restart extends OutsideCommand {
  static override summary = 'Restart an app, a process, or one task.';
  static override description =
    'The app or a process: a release with the same definition, whose new tasks are healthy before the old ones stop. What serves is restarted, whatever the app directory says by now. A task: it is stopped, and its service starts another.';
  static override examples = [
    '<%= config.bin %> restart -a hello --rehearse',
    '<%= config.bin %> restart web -a acme-inc --rehearse',
  ];
  static override args = { target: Args.string({ description: 'a process, or a task as `ps` shows it; none: all processes' }) };
  static override flags = releaseFlags;

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Restart);
    const serving = await openServing(this, undefined, flags, 'writes');
    const services = servicesOf(serving);
    if (args.target === undefined) return this.release(serving, flags, services, serving.session.name);
    const { tasks } = services.includes(args.target) ? { tasks: [] } : await readRunningApp(serving);
    const processes = processesOf(serving);
    const target = targetOf('restart', args.target, { app: serving.session.name, processes, tasks });
    if (target.kind === 'task') return this.one(serving, flags, target.task);
    if (!services.includes(target.name)) throw notAService(target.name);
    return this.release(serving, flags, [target.name], target.name);
  }

  private async release(serving: ServingApp, flags: ReleaseFlags, processes: readonly string[], what: string): Promise<number> {
    const { session, template } = serving;
    const running = processes.filter((process) => wantsTasks(template, process));
    if (running.length === 0) return this.nothing(serving, flags, what);
    return session.interrupt.during(async () => {
      try {
        return sayEnding(session, flags, await restartByRelease(session, { processes: running, what, flags }));
      } finally {
        session.screen.end();
      }
    });
  }

  private nothing({ session, situation }: ServingApp, flags: ReleaseFlags, what: string): number {
    const text = `nothing of ${what} is meant to run, so nothing is restarted`;
    return sayEnding(session, flags, { kind: 'unchanged', written: [], current: situation.current, text });
  }

  private async one(serving: ServingApp, flags: ReleaseFlags, task: RunningTask): Promise<number> {
    if (task.origin !== 'service') throw notReplaced(task);
    const stopped: StoppedTask = await stopOne(serving, task, 'restart');
    if (flags.json || flags.events) this.printEnd({ restarted: stopped.json }, flags.events);
    else sayStopped('Restarted', serving, flags, task);
    return 0;
  }
}

/** Processes that have a service in the stack. */
function servicesOf(serving: ServingApp): string[] {
  return processesOf(serving).filter((name) => `${logicalId(name)}Service` in objectAt(serving.template['Resources']));
}

const notAService = (process: string): Failure =>
  new Failure(
    'restart',
    `${process} does not run all the time, so there is nothing to restart`,
    'what runs at times takes what is newest the next time it starts',
    'not-a-service',
  );

const notReplaced = ({ process, id }: RunningTask): Failure =>
  new Failure(
    'restart',
    `${shortName(process, id)} is not kept running: nothing would start it again`,
    `to stop it: \`empire stop ${shortName(process, id)}\``,
    'not-a-service',
  );
