import type { JsonObject } from '../model/json.js';
import type { StacksState } from './stacks/state.js';

/** What happens by itself as time goes by. */
export interface Subsystem {
  /** When something happens next, in milliseconds since 1970; Infinity when nothing will. */
  nextAt(): number;
  /** Does everything that is due at `now`. Must move `nextAt()` forward. */
  tick(now: number): void;
}

/**
 * Everything of a rehearsed account that changes, as plain JSON, so that it can be written to a file between two events.
 * The account extends it with the parts of its other services.
 */
export interface WorldState {
  now: number;
  stacks: StacksState;
}

/** Where a service is, as CloudFormation's handler asks. */
export type ServiceCondition =
  /** The newest deployment is complete: everything runs and is healthy. */
  | { readonly kind: 'steady' }
  | { readonly kind: 'deploying' }
  /** `reason` without a final period, e.g. `ECS Deployment Circuit Breaker was triggered`. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Deleted, and drained. */
  | { readonly kind: 'gone' };

/** What CloudFormation asks of the services behind it. Properties have no intrinsic functions left and are as in the template (PascalCase). */
export interface SimulatedServices extends Subsystem {
  /** Gives the ARN with its revision. */
  registerTaskDefinition(properties: JsonObject, now: number): string;
  deregisterTaskDefinition(arn: string, now: number): void;
  /** Gives the ARN. Throws nothing: what is wrong shows in `serviceState`. */
  createService(properties: JsonObject, now: number, stackName: string, logicalId: string): string;
  /** All properties, not only those that differ. The same again starts no deployment. */
  updateService(arn: string, properties: JsonObject, now: number): void;
  /** Drains first: `gone` when nothing runs. */
  deleteService(arn: string, now: number): void;
  serviceState(arn: string): ServiceCondition;
  /** Made or changed. */
  setTargetGroup(arn: string, properties: JsonObject): void;
  removeTargetGroup(arn: string): void;
  /** Made or changed; with the rule's live weights in mind. */
  setListenerRule(arn: string, properties: JsonObject): void;
  removeListenerRule(arn: string): void;
  /** Made or changed. */
  setSchedule(name: string, properties: JsonObject): void;
  removeSchedule(name: string): void;
  /** Leaves out what would leave no trace at this time. */
  passOver(until: number): void;
}

/** What a stack does to one resource; `rollback` is the way back of an update. */
export type ResourceOperation = 'create' | 'update' | 'delete' | 'rollback';

/** Failures that somebody asked for. */
export interface Script {
  /** Asked once, when the operation on the resource begins. The message with which it will fail, or nothing. */
  resourceFailure(stack: string, logicalId: string, operation: ResourceOperation, now: number): string | undefined;
}

/** What CloudFormation looks up while it reads a template, and the buckets that it makes. */
export interface Lookups {
  /** The value of an SSM parameter. */
  parameter(name: string): string | undefined;
  /** The text behind the URL of an object in the store. */
  object(url: string): string | undefined;
  /** Whether there is a bucket that somebody used or made. */
  hasBucket(name: string): boolean;
  makeBucket(name: string): void;
  /** With everything in it. */
  removeBucket(name: string): void;
}

export interface WorldIdentity {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** The parts of a world; they are made with the world, since they call each other. */
export interface WorldParts {
  readonly stacks: Subsystem;
  readonly services: SimulatedServices;
  readonly script: Script;
  readonly lookups: Lookups;
}

/** More events than any rehearsal needs between two calls: something does not move forward. */
const RUNAWAY = 1_000_000;

/** A rehearsed AWS account: its state, and the subsystems that move it through time. */
export class World<State extends WorldState = WorldState> {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  private readonly parts: WorldParts;

  constructor(
    /** Plain JSON, all of it. */
    readonly state: State,
    identity: WorldIdentity,
    /** Called once, with this world. */
    makeParts: (world: World<State>) => WorldParts,
  ) {
    this.account = identity.account;
    this.region = identity.region;
    this.partition = identity.partition;
    this.parts = makeParts(this);
  }

  get now(): number {
    return this.state.now;
  }

  get services(): SimulatedServices {
    return this.parts.services;
  }

  get script(): Script {
    return this.parts.script;
  }

  parameter(name: string): string | undefined {
    return this.parts.lookups.parameter(name);
  }

  object(url: string): string | undefined {
    return this.parts.lookups.object(url);
  }

  /** Buckets of the store. */
  get buckets(): Pick<Lookups, 'hasBucket' | 'makeBucket' | 'removeBucket'> {
    return this.parts.lookups;
  }

  /** When anything happens next; Infinity when nothing will. */
  nextAt(): number {
    return Math.min(this.parts.stacks.nextAt(), this.parts.services.nextAt());
  }

  /** Lets everything happen that happens up to and including `until`, in order. Called before every call of a window. */
  settle(until: number): void {
    this.parts.services.passOver(until);
    for (let events = 0; this.nextAt() <= until; events += 1) {
      if (events > RUNAWAY) throw new Error('the rehearsed world stands still: a subsystem does not move its next event forward');
      const now = Math.max(this.state.now, this.nextAt());
      this.state.now = now;
      // Services first: a stack that looks at a service at the same moment sees what it is by then.
      if (this.parts.services.nextAt() <= now) this.parts.services.tick(now);
      if (this.parts.stacks.nextAt() <= now) this.parts.stacks.tick(now);
    }
    this.state.now = Math.max(this.state.now, until);
  }
}
