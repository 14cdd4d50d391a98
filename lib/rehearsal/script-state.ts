import type { OutsideCode } from '../model/windows.js';
import type { ImageBehaviour } from './state.js';
import type { ResourceOperation } from './world.js';

/** What somebody asked to happen, and what of it is in force. */
export interface ScriptState {
  /** Those that wait for their time or for an occasion. */
  rules: ScriptRule[];
  /** Things that were taken away: `secret acme/db`. */
  removed: string[];
  noCapacity: boolean;
}

/** One step of a script, from the moment `at` on (milliseconds since 1970). */
export interface ScriptRule {
  at: number;
  step: ScriptStep;
}

/** Things that a script can take away. */
export type Removable = 'secret' | 'parameter' | 'certificate' | 'image' | 'bucket' | 'piece';
export const REMOVABLE: readonly Removable[] = ['secret', 'parameter', 'certificate', 'image', 'bucket', 'piece'];

/** How often a failure happens: `null` is always. */
export type Times = number | null;

export type ScriptStep =
  /** CloudFormation fails at a resource. `stack` and `resource` may be `*`. */
  | { kind: 'fail'; operation: ResourceOperation; stack: string; resource: string; reason: string; times: Times }
  /** A call to the outside is refused: `window.method`, e.g. `stacks.createChangeSet`. */
  | { kind: 'refuse'; call: string; code: OutsideCode; times: Times }
  /** A tag is pushed again: another digest, and maybe another behaviour. */
  | { kind: 'push'; image: string; behaviour: ImageBehaviour }
  | { kind: 'remove' | 'restore'; what: Removable; name: string }
  /** Tasks die: one by its id, or all of a process. */
  | { kind: 'stop-task'; task: string; reason: string }
  | { kind: 'capacity'; available: boolean };
