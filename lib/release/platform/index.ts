/** WRITES: the shared ground that apps stand on. */

export { deployPlatform, type PlatformChange, type PlatformResult } from './deploy.js';
export { type DestroyedPlatform, destroyPlatform } from './destroy.js';
export { refuseStanding, tornFailure, tornFromApps } from './in-use.js';
export { platformAtRest } from './ready.js';
export { isMoving, type PlatformSituation, readPlatformSituation } from './situation.js';
export { PlatformWatch } from './watch.js';
