import type { Given } from '../../model/given.js';
import type { ReleasedProcess } from '../../model/release.js';
import type { ObservedTask, RunningProcess, RunningTask } from '../../model/running.js';
import type { TaskDefinitionState } from '../../model/windows.js';
import type { DefinitionReleases } from '../../release/introduced-in.js';
import type { Situation } from '../../release/situation.js';
import { renderCommand, renderSize } from '../../view/values.js';
import type { AppSession } from './open.js';
import type { ServingApp } from './serving-app.js';

/** What runs of an app, each task with its release. */
export interface RunningApp {
  readonly processes: readonly RunningProcess[];
  readonly tasks: readonly RunningTask[];
}

/** Asks what runs: the resources of the stack, then ECS, then (for what is old) older releases. */
export async function readRunningApp({ session, stack, situation, template }: ServingApp): Promise<RunningApp> {
  const { readRunning, readServices } = await import('../../observe/index.js');
  const services = await readServices(session.windows, stack);
  const { processes, tasks } = await readRunning(session.windows, services, template);
  return { processes, tasks: await withReleases(session, situation, tasks) };
}

async function withReleases(
  { engine, windows }: AppSession,
  { recent }: Situation,
  tasks: readonly ObservedTask[],
): Promise<readonly RunningTask[]> {
  const { releasesOfDefinition } = await import('../../release/introduced-in.js');
  const { exitCodeOf } = await import('../../observe/index.js');
  const find = async (one: ObservedTask): Promise<Origin> => {
    const { taskDefinition: arn, createdAt: at } = one.task;
    const releases = await releasesOfDefinition(engine, recent, { process: one.family, arn, at });
    if (releases === undefined) return ofDefinition(await windows.services.taskDefinition(arn));
    const released = releases.inRelease.processes.find(({ name }) => name === one.family);
    const command = released === undefined ? [] : released.command;
    return { releases: given(releases), size: given(released?.size), command };
  };
  // tasks of one definition are asked about once
  const asked = new Map<string, Promise<Origin>>();
  return Promise.all(
    tasks.map(async (one) => {
      const { taskDefinition: arn } = one.task;
      const answer = asked.get(arn) ?? find(one);
      asked.set(arn, answer);
      return runningTask(one, await answer, exitCodeOf(one.task));
    }),
  );
}

/** What is known of a task definition from the release that brought it. */
interface Origin {
  readonly releases: Given<DefinitionReleases>;
  /** As it was asked for. None: nobody asked, so what it runs as is shown. */
  readonly size: Given<ReleasedProcess['size']>;
  /** Empty: the image's own. */
  readonly command: readonly string[];
}

/** Something else than a release brought it: only ECS knows its command. */
const ofDefinition = (definition: Given<TaskDefinitionState>): Origin => ({
  releases: { kind: 'none' },
  size: { kind: 'none' },
  command: definition.kind === 'given' ? (definition.value.containers[0]?.command ?? []) : [],
});

function runningTask(one: ObservedTask, { releases, size, command }: Origin, code: number | undefined): RunningTask {
  const { task, ...facts } = one;
  const ownSize = size.kind === 'none' || (one.origin === 'run' && task.cpu > 0);
  return {
    ...facts,
    arn: task.arn,
    id: task.id,
    introducedIn: given(releases.kind === 'given' ? releases.value.introducedIn : undefined),
    inRelease: given(releases.kind === 'given' ? releases.value.inRelease.number : undefined),
    status: task.status,
    health: task.health,
    size: ownSize ? sizeOf(one) : size.value,
    command: task.command === '' ? (command.length === 0 ? '' : renderCommand({ kind: 'words', words: command })) : task.command,
    createdAt: task.createdAt,
    startedAt: task.startedAt,
    stoppedAt: task.stoppedAt,
    exitCode: given(code),
    zone: task.zone,
  };
}

const given = <T>(value: T | undefined): Given<T> => (value === undefined ? { kind: 'none' } : { kind: 'given', value });

/** As it runs: what a person began may have another size than its process. */
function sizeOf({ task }: ObservedTask): ReleasedProcess['size'] {
  const { cpu, memoryMiB } = task;
  const rendered = renderSize({ cpu, memoryMiB, nproc: { kind: 'none' } });
  return { cpu, memoryMiB, nproc: 0, name: /^[\w-]+$/.test(rendered) ? rendered : `${cpu}-${memoryMiB}mb` };
}

/**
 * What is shown without `--all`: everything that has not stopped, and of what stopped the newest failure of each process that shows why
 * it has no task now: a service that wants more than it has, or what runs at times.
 */
export function worthShowing({ processes, tasks }: RunningApp): readonly RunningTask[] {
  const whole = new Set(processes.filter(({ wanted, running }) => running >= wanted).map(({ name }) => name));
  const newest = new Map<string, RunningTask>();
  for (const task of tasks) {
    if (task.status === 'STOPPED' && task.failed && !whole.has(task.process)) newest.set(task.process, task);
  }
  return tasks.filter((task) => task.status !== 'STOPPED' || newest.get(task.process) === task);
}
