import type { Given } from './given.js';

export type ReleaseKind = 'deploy' | 'rollback' | 'scale' | 'config' | 'domains' | 'restart' | 'maintenance' | 'external';

/**
 * `failed`: rolled back, the release before it still serves. `cancelled`: never started, or stopped by a person. `superseded`: ended
 * by `--supersede` or a rollback before it finished.
 */
export type ReleaseStatus = 'pending' | 'running' | FinishedStatus;
export type FinishedStatus = 'succeeded' | 'failed' | 'cancelled' | 'superseded';

/** Where the releases of one app are, and where it runs. Known before the first call that changes anything. */
export interface ReleasePlace {
  readonly app: string;
  readonly environment: string;
  readonly prefix: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly stack: string;
  /** The platform's bucket. */
  readonly bucket: string;
}

/** Who and why: the same in every command that makes a release. */
export interface ReleaseReason {
  readonly kind: ReleaseKind;
  /** In a person's words: `Deploy remind101/acme-inc:latest`, `Set A, B`, `Rollback to v1`. */
  readonly description: string;
  /** `-m`. */
  readonly message: Given<string>;
  /** ARN of the caller. */
  readonly by: string;
  readonly commit: Given<{ readonly sha: string; readonly dirty: boolean }>;
  /** URL of the CI run. */
  readonly run: Given<string>;
}

/** A reference as it was written, and the digest it had. */
export interface PinnedReference {
  /** `remind101/acme-inc:latest`. */
  readonly reference: string;
  /** `remind101/acme-inc@sha256:…` as the template has it. */
  readonly pinned: string;
  readonly digest: string;
}

/** What one process had in this release: for `apps`, `scale`, and a rollback that keeps it. */
export interface ReleasedProcess {
  readonly name: string;
  readonly kind: 'service' | 'cron' | 'run-only' | 'release' | 'off';
  /** `2`, `2-10`, `off`; empty when it cannot be scaled. */
  readonly count: string;
  readonly size: { readonly cpu: number; readonly memoryMiB: number; readonly nproc: number; readonly name: string };
  readonly command: readonly string[];
}

/** The exact thing that is released. Everything here is content: equal for equal directories and settings. */
export interface ReleaseContent {
  /** The template's bytes as compiled. */
  readonly template: string;
  /** The source map's bytes. */
  readonly sourceMap: string;
  /** The app directory as it was, and the platform files: path relative to the root → text. */
  readonly files: Readonly<Record<string, string>>;
  readonly images: readonly PinnedReference[];
  readonly processes: readonly ReleasedProcess[];
}

/** One release. Kept as JSON in the bucket; never edited once finished. */
export interface ReleaseRecord {
  /** Of this JSON. */
  readonly format: 1;
  readonly app: string;
  readonly environment: string;
  readonly number: number;
  /** UUIDv5 of account, region, environment, app, number. */
  readonly id: string;
  /** Random; tells our own claim when its answer was lost. */
  readonly nonce: string;
  readonly stack: string;
  /** None until the stack exists. */
  readonly stackId: Given<string>;
  readonly account: string;
  readonly region: string;
  readonly reason: ReleaseReason;
  /** `Rollback to v12`: 12. */
  readonly rollbackTo: Given<number>;
  /** The release that served when this one was claimed. */
  readonly previous: Given<number>;
  /** SHA-256 of the stored bytes, all of them under `objects/`. */
  readonly content: {
    readonly template: string;
    readonly sourceMap: string;
    readonly files: string;
    /** What CloudFormation was given: the template, or the template with settings for this one update. None until submitted. */
    readonly submitted: Given<string>;
    /** The template of the `prepare` update. */
    readonly prepared: Given<string>;
  };
  readonly images: readonly PinnedReference[];
  readonly processes: readonly ReleasedProcess[];
  readonly parameters: Readonly<Record<string, string>>;
  /** Values of the platform's SSM parameters, by template parameter. */
  readonly platform: Readonly<Record<string, string>>;
  /** ARN per process, from the stack; empty until it succeeded. */
  readonly taskDefinitions: Readonly<Record<string, string>>;
  /** Version of empire. */
  readonly compiler: string;
  /** `--allow` and `--force` as given. */
  readonly allowed: readonly string[];
  readonly status: ReleaseStatus;
  /**
   * Who works on it, and how often they wrote it; none when it is finished, or when anybody may go on with it. Every renewal counts up,
   * so that a condition on a store's ETag, which may be a hash of the bytes, tells one renewal from the next.
   */
  readonly held: Given<{ readonly by: string; readonly beat: number }>;
  /** Why it ended so, in one line; for `running`, what it is at. */
  readonly summary: string;
  /** Milliseconds since 1970, as all times here. */
  readonly createdAt: number;
  readonly finishedAt: Given<number>;
  readonly phases: readonly ReleasePhase[];
  /** Seconds the deploy was predicted to take. */
  readonly predictedSeconds: Given<number>;
  readonly releaseProcess: Given<ReleaseProcessRun>;
  /** Why it failed. */
  readonly dossier: Given<Dossier>;
  /** Resources whose definition differs between the release left and the one returned to (rollback only); a guard until cleared. */
  readonly guard: Given<RollbackGuard>;
  /** What else should be known: an image tag that could not be kept, resources that were skipped. */
  readonly notes: readonly string[];
}

export interface ReleasePhase {
  readonly name: PhaseName;
  readonly startedAt: number;
  readonly endedAt: Given<number>;
}

export type PhaseName = 'waiting' | 'prepare' | 'change set' | 'release process' | 'update' | 'restore' | 'verify';

export interface ReleaseProcessRun {
  readonly task: string;
  readonly exitCode: Given<number>;
  /** SHA-256 of the stored output. */
  readonly output: Given<string>;
}

/** A deploy that gives every one of these resources its bad definition again needs `--force`. */
export interface RollbackGuard {
  readonly from: number;
  readonly to: number;
  /** Logical id → SHA-256 of the definition in the release that was left, scale ignored; `absent` when it had none. */
  readonly bad: Readonly<Record<string, string>>;
  /** The same of the release returned to. */
  readonly good: Readonly<Record<string, string>>;
}

/** Why a release failed: first the cause, then what shows it. */
export interface Dossier {
  /** One sentence: the first cause, not the last event. */
  readonly cause: string;
  /** The process it is about. */
  readonly process: Given<string>;
  /** Logical id. */
  readonly resource: Given<string>;
  /** The manifest line: `apps/api/Procfile:3:1`. */
  readonly place: Given<string>;
  readonly evidence: readonly Evidence[];
  /** What changed since the last good release, in words. */
  readonly changes: readonly string[];
  /** What to do. */
  readonly advice: readonly string[];
}

export interface Evidence {
  readonly from: 'cloudformation' | 'service' | 'task' | 'health' | 'log' | 'release process';
  readonly at: Given<number>;
  readonly text: string;
}
