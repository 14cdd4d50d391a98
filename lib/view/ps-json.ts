import type { Given } from '../model/given.js';
import type { RunningProcess, RunningTask } from '../model/running.js';
import { isoTime } from './time.js';

/** What `empire ps` shows, and where. */
export interface PsView {
  readonly app: string;
  readonly environment: string;
  /** The release that serves. */
  readonly release: Given<number>;
  readonly processes: readonly RunningProcess[];
  readonly tasks: readonly RunningTask[];
}

/**
 * `empire ps --json`:
 *
 * - `app`, `environment`, `release`: number of the release that serves, or null
 * - `processes`, the services: `name`, `wanted`, `running`, `waitingFor` (null when it waits for nothing)
 * - `tasks`: `id` and `arn`; `process` (`run` for what a person began) and `taskDefinitionOf`, the process whose definition it runs;
 *   `origin`: `service`, `schedule`, `release` or `run`; `introducedIn`, the number of the release in which its task definition came, and
 *   `inRelease`, the newest that has it (null when not known); `status` and `health` in the words of ECS; `failed`: it stopped, and not in
 *   good order; `reason`: what it waits for or why it stopped (null when there is nothing to say); `size`: `cpu` in units of 1/1024,
 *   `memoryMiB`, `nproc` (0: no limit), `name`; `command` (null: the image's own); `createdAt`, `startedAt`, `stoppedAt` (ISO 8601 UTC or
 *   null); `exitCode`, `zone` (or null)
 */
export function psJson({ app, environment, release, processes, tasks }: PsView): object {
  return {
    app,
    environment,
    release: orNull(release),
    processes: processes.map(({ name, wanted, running, waitingFor }) => ({
      name,
      wanted,
      running,
      waitingFor: waitingFor || null,
    })),
    tasks: tasks.map(taskJson),
  };
}

function taskJson(task: RunningTask): object {
  return {
    id: task.id,
    arn: task.arn,
    process: task.process,
    taskDefinitionOf: task.family,
    origin: task.origin,
    introducedIn: orNull(task.introducedIn),
    inRelease: orNull(task.inRelease),
    status: task.status,
    health: task.health,
    failed: task.failed,
    reason: task.why || null,
    size: task.size,
    command: task.command || null,
    createdAt: isoTime(task.createdAt),
    startedAt: timeOrNull(task.startedAt),
    stoppedAt: timeOrNull(task.stoppedAt),
    exitCode: orNull(task.exitCode),
    zone: orNull(task.zone),
  };
}

const orNull = <T>(value: Given<T>): T | null => (value.kind === 'given' ? value.value : null);
const timeOrNull = (at: Given<number>): string | null => (at.kind === 'given' ? isoTime(at.value) : null);
