import type { Given } from './given.js';
import type { Json } from './json.js';

/** What a deploy would do to what runs: a value; `lib/view` gives it words. */
export interface Plan {
  readonly kind: 'create' | 'update' | 'none';
  /** By process, sorted by name; what belongs to no process is under the name `''`, first. */
  readonly processes: readonly ProcessPlan[];
  /** Sorted by process, then in template order. */
  readonly resources: readonly ResourceChange[];
  readonly parameters: readonly { readonly name: string; readonly before: Given<string>; readonly after: Given<string> }[];
  readonly findings: readonly PlanFinding[];
  /** Predicted wall time, seconds: of the update, and of what comes before it. */
  readonly predictedSeconds: number;
  /** What takes time too and is not in `predictedSeconds`, since nobody knows how long: `the release process`. */
  readonly unpredicted: readonly string[];
}

export interface ProcessPlan {
  readonly name: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** New tasks take the place of the old ones. */
  readonly restarts: boolean;
  readonly changes: readonly ProcessChange[];
}

/** An empty `before`: there was none, as for everything of a new process. */
export type ProcessChange =
  | { readonly kind: 'image'; readonly container: string; readonly before: string; readonly after: string }
  | {
      readonly kind: 'variables';
      readonly added: readonly string[];
      readonly changed: readonly string[];
      readonly removed: readonly string[];
    }
  | {
      readonly kind: 'secrets';
      readonly added: readonly string[];
      readonly changed: readonly string[];
      readonly removed: readonly string[];
    }
  | { readonly kind: 'command'; readonly before: string; readonly after: string }
  | { readonly kind: 'size'; readonly before: string; readonly after: string }
  | { readonly kind: 'count'; readonly before: string; readonly after: string }
  | { readonly kind: 'schedule'; readonly before: string; readonly after: string }
  | { readonly kind: 'restart' }
  /** Anything else, in the words of CloudFormation. */
  | { readonly kind: 'other'; readonly resource: string; readonly property: string };

export interface ResourceChange {
  readonly id: string;
  readonly type: string;
  /** `''`: the app as a whole. */
  readonly process: string;
  readonly action: 'add' | 'modify' | 'remove';
  /** `replace`: a new thing takes the place of the old one. */
  readonly replacement: 'none' | 'maybe' | 'replace';
  /** The thing stays behind when it leaves the stack. */
  readonly retained: boolean;
  /** The manifest line that made it: `apps/api/Procfile:3:1`. */
  readonly place: Given<string>;
  readonly properties: readonly PropertyChange[];
}

export interface PropertyChange {
  /** `ContainerDefinitions/0/Image`. */
  readonly path: string;
  readonly before: Given<Json>;
  readonly after: Given<Json>;
  readonly replacement: 'none' | 'maybe' | 'replace';
  readonly place: Given<string>;
}

/** What needs `--allow`, or at least an eye. */
export interface PlanFinding {
  readonly kind: 'data-loss' | 'broader-permissions' | 'broader-network' | 'downtime' | 'note';
  /** Logical id. */
  readonly resource: string;
  /** A sentence, lower case, without final period. */
  readonly text: string;
}
