import type { Given } from '../model/given.js';
import type { Plan } from '../model/plan.js';
import type { PinnedReference, ReleaseReason, ReleaseRecord } from '../model/release.js';
import type { PlanWords } from '../plan/input.js';
import type { Hold } from './hold.js';

/** A rollback as a command wants it. */
export interface RollbackRequest {
  /** None: the release before. */
  readonly target: Given<number>;
  /** Also bring back the scale of then. */
  readonly withScale: boolean;
  /** Who and why; kind and description are the rollback's own. */
  readonly reason: Pick<ReleaseReason, 'message' | 'by' | 'commit' | 'run'>;
  /** What the plan may say. */
  readonly words: (before: Given<ReleaseRecord>, after: readonly PinnedReference[]) => PlanWords;
  /** Shows what will happen and asks when that is due; gives what was allowed. Throws when it may not be. */
  readonly approve: (proposal: RollbackProposal) => Promise<readonly string[]>;
  readonly timeoutSeconds: number;
  readonly keepImages: boolean;
}

export interface RollbackProposal {
  readonly target: ReleaseRecord;
  /** What runs now. */
  readonly current: Given<ReleaseRecord>;
  readonly plan: Plan;
  /** What will not come back, and what of the scale could not be kept: a line each. */
  readonly notes: readonly string[];
}

/** What a rollback came to. */
export type RollbackResult =
  /** The target serves: no release was made. */
  | { readonly kind: 'serves'; readonly record: ReleaseRecord; readonly target: ReleaseRecord; readonly text: string }
  /** What CloudFormation itself went back to is the target: that is the rollback. The record is finished, unless one stopped following. */
  | { readonly kind: 'restored'; readonly record: ReleaseRecord; readonly target: ReleaseRecord }
  /** No release ever served: the one that ran was stopped; a stack that was being created is gone. */
  | { readonly kind: 'stopped'; readonly record: ReleaseRecord }
  /** The update to the target has begun: follow it. */
  | { readonly kind: 'submitted'; readonly hold: Hold; readonly target: ReleaseRecord };

/** `Rollback to v12`, as the history says it. */
export const rollbackReason = (request: RollbackRequest, target: number): ReleaseReason => ({
  kind: 'rollback',
  description: `Rollback to v${target}`,
  ...request.reason,
});
