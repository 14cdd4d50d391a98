import type { Given } from '../model/given.js';
import type { Plan } from '../model/plan.js';
import type { ReleaseContent, ReleaseReason, RollbackGuard } from '../model/release.js';
import type { QueueMode } from './queue.js';

/** A release as a command wants it. */
export interface Submission {
  readonly reason: ReleaseReason;
  readonly rollbackTo: Given<number>;
  readonly content: ReleaseContent;
  /** Only those that the command changes: `<Process>Restart`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Resolved values of the platform's SSM parameters, by template parameter. */
  readonly platform: Readonly<Record<string, string>>;
  /** What was shown and approved. */
  readonly plan: Plan;
  /** The plan against another running template: after waiting in the queue there may be one. */
  readonly replan: (running: Given<string>) => Promise<Plan>;
  /** `--allow` and `--force` as given. */
  readonly allowed: readonly string[];
  readonly guard: Given<RollbackGuard>;
  /** What the record is to say beside. */
  readonly notes: readonly string[];
  readonly queue: QueueMode;
  /** Bounds the release process; the update is bounded by who follows it. */
  readonly timeoutSeconds: number;
  /** `KEEP_IMAGES`. */
  readonly keepImages: boolean;
}
