import { Failure } from '../../failure.js';
import type { RunningTask } from '../../model/running.js';
import { whoOf } from '../../view/progress-lines.js';
import { shortName, taskName } from '../../view/ps.js';
import type { OutsideFlags } from './flags.js';
import { sentence } from './sentence.js';
import type { ServingApp } from './serving-app.js';

/** A task that was told to stop. */
export interface StoppedTask {
  readonly json: {
    readonly app: string;
    readonly process: string;
    readonly id: string;
    readonly arn: string;
    readonly replaced: boolean;
  };
}

/** Tells a task to stop; it gets its time to end in good order. ECS shows the reason with the task. */
export async function stopOne({ session, stack }: ServingApp, task: RunningTask, command: string): Promise<StoppedTask> {
  const { readServices } = await import('../../observe/index.js');
  const { cluster } = await readServices(session.windows, stack);
  if (cluster.kind === 'none') throw clusterGone(session.name);
  await session.windows.services.stopTask(cluster.value, task.arn, `stopped by ${whoOf(session.caller.arn)} (empire ${command})`);
  const { process, id, arn, origin } = task;
  return { json: { app: session.name, process, id, arn, replaced: origin === 'service' } };
}

/** What was done, what follows by itself, and what to type next. */
export function sayStopped(verb: 'Stopped' | 'Restarted', { session }: ServingApp, flags: OutsideFlags, task: RunningTask): void {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  process.stdout.write(`${verb} ${shortName(task.process, task.id)} of ${session.name}.\n`);
  const replaced = task.origin === 'service';
  if (replaced) say(`its service starts another task in place of ${taskName(task)}`);
  say(`next: ${sentence('ps', session, flags)}`);
  if (verb === 'Stopped' && replaced) say(`to have fewer: ${sentence(`scale ${task.process}=-1`, session, flags)}`);
}

const clusterGone = (app: string): Failure =>
  new Failure(app, 'its stack names no cluster', `see the stack with \`empire info -a ${app}\``, 'cluster-missing');
