import type { JsonObject } from '../../model/json.js';
import type { ChangeSetChange, ChangeSetState, StackStatus } from '../../model/windows.js';

/** Everything that the simulated CloudFormation remembers: plain JSON. */
export interface StacksState {
  /** Ids are hashes of it. */
  counter: number;
  /** Deleted ones too: their ARN still leads to their events. */
  stacks: SimulatedStack[];
  /** Things with a name that can be there once only, by type and name. */
  names: { [typeAndName: string]: NameHolder };
  /** Platforms that are what their stack made of them (`empire-default`): the others are there all the same. */
  grounds: string[];
}

export interface NameHolder {
  /** Name of the stack; empty for what a stack left behind. */
  stack: string;
  /** Logical id. */
  readonly id: string;
  readonly physicalId: string;
}

export interface SimulatedStack {
  readonly id: string;
  readonly name: string;
  status: StackStatus;
  reason: string;
  readonly createdAt: number;
  /** 0: never. */
  updatedAt: number;
  /** What GetTemplate gives: while an update goes forward the new one, after it was undone the one before. */
  template: string;
  parameters: SimulatedParameter[];
  outputs: { [name: string]: string };
  /** By logical id, in template order. */
  resources: { [id: string]: SimulatedResource };
  /** Oldest first. */
  events: SimulatedEvent[];
  changeSets: SimulatedChangeSet[];
  /** Nothing when the stack rests; kept while it is stuck in UPDATE_ROLLBACK_FAILED. */
  operation: Operation | null;
  /** Tokens of the operations that were accepted: the same one again is a retry. */
  tokens: string[];
}

export interface SimulatedParameter {
  readonly name: string;
  readonly value: string;
  /** For SSM types: the value that was found. Otherwise null. */
  readonly resolved: string | null;
}

export interface SimulatedResource {
  readonly id: string;
  readonly type: string;
  /** Empty: not there (yet). */
  physicalId: string;
  attributes: { [name: string]: string };
  /** With every function evaluated; what CloudFormation believes it is. */
  properties: JsonObject;
  status: string;
  reason: string;
  /** DeletionPolicy Retain. */
  retain: boolean;
  /** UpdateReplacePolicy Retain. */
  retainReplaced: boolean;
  /** Logical ids that it needs. */
  dependsOn: readonly string[];
}

export interface SimulatedEvent {
  readonly id: string;
  readonly at: number;
  readonly resource: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly token: string;
}

export interface SimulatedChangeSet {
  readonly id: string;
  readonly name: string;
  readonly kind: 'create' | 'update';
  status: ChangeSetState['status'];
  execution: ChangeSetState['execution'];
  reason: string;
  empty: boolean;
  changes: readonly ChangeSetChange[];
  /** Forgotten when it was executed or is obsolete. */
  template: string;
  readonly parameters: SimulatedParameter[];
  /** Logical ids of what is there already and is taken into the stack. */
  imports: string[];
  /** When its status changes by itself; 0: never. */
  wakesAt: number;
}

export type Phase =
  | 'create'
  | 'create-rollback'
  | 'update'
  | 'update-cleanup'
  | 'update-rollback'
  | 'update-rollback-cleanup'
  | 'update-rollback-failed'
  | 'delete';

/** What a stack is doing. */
export interface Operation {
  phase: Phase;
  token: string;
  readonly changeSet: string;
  /** How the stack was before. */
  readonly before: StackSnapshot;
  readonly imports: readonly string[];
  /** Nothing starts before. */
  resumesAt: number;
  steps: Step[];
  /** What to delete when the update is through: what it replaced and removed. */
  replaced: SimulatedResource[];
  /** What to delete when the update is undone: what it made. */
  made: SimulatedResource[];
}

export interface StackSnapshot {
  readonly template: string;
  readonly parameters: SimulatedParameter[];
  readonly outputs: { readonly [name: string]: string };
  readonly resources: { readonly [id: string]: SimulatedResource };
}

/** One resource within an operation. */
export interface Step {
  readonly id: string;
  readonly action: 'apply' | 'restore' | 'delete';
  /** For deletions: what goes. For restores: what it was. */
  readonly resource: SimulatedResource | null;
  /** Leaves the thing there, as DeletionPolicy or RetainResources say. */
  readonly retain: boolean;
  /** Positions in the list of steps that come first. */
  readonly after: readonly number[];
  state: 'waiting' | 'asked' | 'working' | 'done' | 'failed' | 'cancelled';
  doing: 'nothing' | 'create' | 'replace' | 'import' | 'update' | 'restore' | 'delete';
  startedAt: number;
  /** When to look at it again. */
  wakesAt: number;
  /** A failure that will come; empty: none. */
  failure: string;
}

/** An account without stacks. */
export function emptyStacks(): StacksState {
  return { counter: 0, stacks: [], names: {}, grounds: [] };
}
