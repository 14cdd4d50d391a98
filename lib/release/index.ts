/** WRITES: the release engine. */

export { type Aborted, abort } from './abort.js';
export { type Destroyed, destroy } from './destroy.js';
export type { Engine } from './engine.js';
export { type FollowOptions, followOwn } from './follow.js';
export { followOther } from './follow-other.js';
export { guardsInForce, putsBack, refuseGuarded } from './guard.js';
export { History } from './history.js';
export { type Hold, HoldLost } from './hold.js';
export { needsRelease } from './needs-release.js';
export type { QueueMode } from './queue.js';
export { reconcile } from './reconcile.js';
export { type RollbackProposal, type RollbackRequest, type RollbackResult, rollback } from './rollback.js';
export { readSituation, type Situation } from './situation.js';
export type { StoredRecord } from './stored-record.js';
export type { Submission } from './submission.js';
export { submit } from './submit.js';
