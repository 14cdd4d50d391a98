import type { Json, JsonObject } from '../../model/json.js';
import type { ImageBehaviour } from '../state.js';

/** Everything that the simulated ECS remembers: plain JSON. `null` is none. */
export interface ServicesState {
  /** Ids are hashes of it. */
  sequence: number;
  /** The last revision, by family. */
  revisions: Record<string, number>;
  /** By ARN, as all of these. */
  definitions: Record<string, SimulatedDefinition>;
  services: Record<string, SimulatedService>;
  /** Those that run, and those that stopped within the last hour. */
  tasks: Record<string, SimulatedTask>;
  targetGroups: Record<string, JsonObject>;
  rules: Record<string, JsonObject>;
  /** Schedules of EventBridge, by name. */
  schedules: Record<string, SimulatedSchedule>;
  /** Live weights of the rules that ECS shifts traffic with. */
  weights: Record<string, Record<string, number>>;
  /** Task by client token. */
  runTokens: Record<string, string>;
  /** Log streams, by group and name. */
  streams: Record<string, Record<string, SimulatedStream>>;
}

export interface SimulatedDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  active: boolean;
  readonly properties: JsonObject;
}

export interface SimulatedService {
  readonly arn: string;
  readonly name: string;
  readonly cluster: string;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  properties: JsonObject;
  desired: number;
  /** The primary one first. */
  deployments: SimulatedDeployment[];
  /** Newest first. */
  events: { id: string; at: number; message: string }[];
  /** Why the last change of the service failed. */
  failure: string | null;
  /** Whether the steady state was announced. */
  steady: boolean;
  /** When to look again, beside when a task changes. */
  lookAt: number | null;
  /** No task is placed before: there was no capacity, or too many failed. */
  placeAt: number;
}

export interface SimulatedDeployment {
  readonly id: string;
  readonly definition: string;
  /** What, beside the task definition, makes a deployment another one. */
  readonly settings: Json;
  readonly createdAt: number;
  rollout: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  reason: string;
  /** It was complete once, so it can be rolled back to. */
  completed: boolean;
  /** Tasks that failed since the last healthy one: what the circuit breaker counts. */
  failures: number;
  failed: number;
  /** Which of the two target groups, when traffic is shifted between two. */
  side: 'production' | 'alternate';
  shift: TrafficShift;
}

/** Where a deployment that shifts traffic is. `until` is null while it waits for tasks. */
export interface TrafficShift {
  stage: 'scale-up' | 'step' | 'bake' | 'clean-up';
  percent: number;
  until: number | null;
}

export interface SimulatedTask {
  readonly arn: string;
  readonly id: string;
  readonly cluster: string;
  readonly definition: string;
  readonly service: string | null;
  readonly deployment: string | null;
  readonly group: string;
  readonly startedBy: string;
  readonly createdAt: number;
  startedAt: number | null;
  stoppedAt: number | null;
  status: 'PROVISIONING' | 'PENDING' | 'ACTIVATING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPING' | 'DEPROVISIONING' | 'STOPPED';
  desired: 'RUNNING' | 'STOPPED';
  stopCode: string | null;
  stoppedReason: string | null;
  readonly zone: string;
  readonly address: string;
  containers: { name: string; status: string; exitCode: number | null; reason: string | null }[];
  readonly behaviour: ImageBehaviour;
  /** The container whose image behaves so. */
  readonly culprit: string;
  /** Command of the overrides, for the log. */
  readonly command: string;
  /** When its container ends by itself, once it runs, and how. */
  end: { after: number; exitCode: number } | null;
  /** The next step of its life. */
  next: { at: number; step: TaskStep } | null;
  targets: SimulatedTarget[];
  /** Of its container's own health check. */
  health: { state: 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY'; fails: number; nextAt: number | null };
  /** Its log streams: group and name. */
  streams: [string, string][];
  /** Its failing was counted. */
  counted: boolean;
}

export type TaskStep = 'pull' | 'prepare' | 'run' | 'settle' | 'exit' | 'drained' | 'stopped';

/** A schedule that starts tasks. `null`: it does not tick. */
export interface SimulatedSchedule {
  readonly properties: JsonObject;
  nextAt: number | null;
}

/** A task in a target group. */
export interface SimulatedTarget {
  readonly group: string;
  readonly port: number;
  state: 'initial' | 'healthy' | 'unhealthy' | 'draining';
  code: string | null;
  description: string | null;
  passes: number;
  fails: number;
  nextAt: number | null;
}

/** What a log stream is told from: the lines themselves are computed when somebody reads. */
export interface SimulatedStream {
  readonly task: string;
  readonly container: string;
  readonly kind: 'serves' | 'works' | 'crashes' | 'migrates' | 'migration-fails' | 'runs';
  readonly command: string;
  readonly port: number | null;
  readonly startedAt: number;
  /** Seconds until it is ready. */
  readonly boot: number;
  endedAt: number | null;
  /** The status that it answers with. */
  readonly answers: number;
}
