import type { RehearsalWorld } from '../gate.js';
import { findDefinition, mainContainer } from './definitions.js';
import { DEPROVISION, TERMINATE } from './durations.js';
import { say } from './events.js';
import { checkingOf } from './load-balancing.js';
import { numberIn } from './properties.js';
import type { SimulatedTask } from './state.js';

/** Codes and wording of `stopCode`. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html */
export type StopCode =
  | 'TaskFailedToStart'
  | 'EssentialContainerExited'
  | 'UserInitiated'
  | 'ServiceSchedulerInitiated'
  | 'SpotInterruption'
  | 'TerminationNotice';

/**
 * Begins the end of a task from outside: it leaves its target groups, which drain, and then gets SIGTERM.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
export function beginStop(world: RehearsalWorld, task: SimulatedTask, code: StopCode, reason: string): void {
  if (task.desired === 'STOPPED') return;
  task.desired = 'STOPPED';
  task.stopCode = code;
  task.stoppedReason = reason;
  task.health.nextAt = null;
  if (task.status === 'RUNNING' && task.targets.length > 0) deregister(world, task);
  else terminate(world, task);
}

function deregister(world: RehearsalWorld, task: SimulatedTask): void {
  const drain = Math.max(...task.targets.map(({ group }) => checkingOf(world, group).drain));
  task.status = 'DEACTIVATING';
  task.next = { at: world.now + drain, step: 'drained' };
  for (const target of task.targets) {
    target.state = 'draining';
    target.code = 'Target.DeregistrationInProgress';
    target.description = 'Target deregistration is in progress';
    target.nextAt = null;
  }
  const service = world.state.services.services[task.service ?? ''];
  if (service === undefined) return;
  for (const { group } of task.targets) say(world, service, `deregistered 1 targets in (target-group ${group})`);
  say(world, service, 'has begun draining connections on 1 tasks.');
}

/** SIGTERM; who does not listen is killed after the container's stop timeout. */
export function terminate(world: RehearsalWorld, task: SimulatedTask): void {
  const definition = findDefinition(world, task.definition);
  const timeout = definition === undefined ? 30 : numberIn(mainContainer(definition), 'StopTimeout', 30);
  const wasRunning = task.startedAt !== null;
  const deaf = wasRunning && task.behaviour === 'slow';
  task.targets = [];
  task.status = 'STOPPING';
  for (const container of task.containers) container.exitCode = wasRunning ? terminatedCode(task, deaf) : null;
  task.next = { at: world.now + (deaf ? timeout * 1000 : TERMINATE), step: 'stopped' };
}

/** Services handle SIGTERM; a command that was stopped half-way did not succeed. */
function terminatedCode({ service }: SimulatedTask, deaf: boolean): number {
  if (deaf) return 137;
  return service === null ? 143 : 0;
}

/** A container ended by itself, which ends the task. */
export function exit(world: RehearsalWorld, task: SimulatedTask, exitCode: number): void {
  task.desired = 'STOPPED';
  task.status = 'DEPROVISIONING';
  task.stopCode = 'EssentialContainerExited';
  task.stoppedReason = 'Essential container in task exited';
  task.targets = [];
  task.health.nextAt = null;
  for (const container of task.containers) {
    container.status = 'STOPPED';
    // The others are asked to end, and do.
    container.exitCode = container.name === task.culprit ? exitCode : 0;
  }
  endStreams(world, task);
  task.next = { at: world.now + DEPROVISION, step: 'stopped' };
}

/** The task never had a running container. */
export function failToStart(world: RehearsalWorld, task: SimulatedTask, reason: string): void {
  task.desired = 'STOPPED';
  task.stopCode = 'TaskFailedToStart';
  task.stoppedReason = reason;
  stopped(world, task);
}

export function stopped(world: RehearsalWorld, task: SimulatedTask): void {
  task.status = 'STOPPED';
  task.stoppedAt = world.now;
  task.next = null;
  for (const container of task.containers) container.status = 'STOPPED';
  endStreams(world, task);
}

function endStreams(world: RehearsalWorld, task: SimulatedTask): void {
  for (const [group, name] of task.streams) {
    const stream = world.state.services.streams[group]?.[name];
    if (stream !== undefined) stream.endedAt ??= world.now;
  }
}
