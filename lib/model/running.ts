import type { Given } from './given.js';
import type { ReleasedProcess } from './release.js';
import type { TaskState } from './windows.js';

/** Who began a task: a service, a schedule, a release (its release process), or a person with `empire run`. */
export type TaskOrigin = 'service' | 'schedule' | 'release' | 'run';

/** A task of an app, as ECS knows it. */
export interface ObservedTask {
  /** The process it runs; `run` for what a person began. */
  readonly process: string;
  /** The process whose task definition it runs. */
  readonly family: string;
  readonly origin: TaskOrigin;
  readonly task: TaskState;
  /** What it waits for, or why it stopped, in a few words; empty when there is nothing to say. */
  readonly why: string;
  /** It stopped, and not in good order. */
  readonly failed: boolean;
}

/** A service as a whole. */
export interface RunningProcess {
  readonly name: string;
  readonly wanted: number;
  readonly running: number;
  /** Empty when it waits for nothing. */
  readonly waitingFor: string;
}

/** A line of `empire ps`. */
export interface RunningTask extends Omit<ObservedTask, 'task'> {
  readonly arn: string;
  readonly id: string;
  /** Release in which its task definition came. None: that is not known. */
  readonly introducedIn: Given<number>;
  /** Newest release that has this task definition. */
  readonly inRelease: Given<number>;
  /** As ECS says it: `PENDING`, `RUNNING`, `STOPPED`, … */
  readonly status: string;
  readonly health: TaskState['health'];
  readonly size: ReleasedProcess['size'];
  /** Empty: the image's own. */
  readonly command: string;
  readonly createdAt: number;
  readonly startedAt: Given<number>;
  readonly stoppedAt: Given<number>;
  /** Of the first container that ended. */
  readonly exitCode: Given<number>;
  readonly zone: Given<string>;
}

/** Something that happened to an app: CloudFormation's and ECS's events, merged. */
export interface AppEvent {
  readonly at: number;
  readonly from: 'cloudformation' | 'ecs';
  /** Logical id; the stack's own events have its name. */
  readonly resource: string;
  /** The manifest line that made it. */
  readonly place: Given<string>;
  /** `UPDATE_COMPLETE`; empty for ECS. */
  readonly status: string;
  /** The reason, or what ECS says. */
  readonly text: string;
  readonly bad: boolean;
}

/** A certificate that an app uses. */
export interface AppCertificate {
  readonly arn: string;
  /** As ACM says it: `ISSUED`; `gone` when there is no such certificate. */
  readonly status: string;
  readonly names: readonly string[];
}
