import type { Given } from './given.js';
import type { PhaseName, ReleaseRecord } from './release.js';

/** What the engine says while it works. `lib/view` draws it: in place on a terminal, a line per change elsewhere. */
export type ProgressEvent =
  /** A number was claimed. */
  | { readonly kind: 'claimed'; readonly record: ReleaseRecord }
  /** Somebody else's release is in front of ours. */
  | { readonly kind: 'waiting'; readonly for: ReleaseRecord }
  | { readonly kind: 'phase'; readonly name: PhaseName; readonly at: number; readonly text: string }
  | { readonly kind: 'phase-end'; readonly name: PhaseName; readonly at: number; readonly seconds: number }
  /** The state of the processes, each time it was looked at and something differs. */
  | { readonly kind: 'processes'; readonly at: number; readonly processes: readonly ProcessProgress[] }
  /** A CloudFormation or ECS event worth a line. */
  | {
      readonly kind: 'event';
      readonly at: number;
      readonly resource: string;
      readonly place: Given<string>;
      readonly text: string;
      readonly bad: boolean;
    }
  /** A line of the release process. */
  | { readonly kind: 'output'; readonly at: number; readonly text: string }
  | { readonly kind: 'note'; readonly text: string };

export interface ProcessProgress {
  readonly name: string;
  readonly old: { readonly running: number };
  readonly next: { readonly wanted: number; readonly running: number; readonly healthy: number; readonly failed: number };
  readonly done: boolean;
  /** What is being waited for: `pulling the image`, `health check: 502 from /`, `no capacity`; empty when nothing. */
  readonly waitingFor: string;
}

/** Where progress goes. Never throws, never waits. */
export type Report = (event: ProgressEvent) => void;
