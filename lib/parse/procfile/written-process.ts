import type {
  Arch,
  Capacity,
  Command,
  Deployment,
  Image,
  PlacementConstraint,
  PlacementStrategy,
  Ulimit,
  Volume,
} from '../../model/app.js';
import type { Given } from '../../model/given.js';
import type { JsonObject } from '../../model/json.js';
import type { Place } from '../../model/problem.js';

/** A value and where it was written. */
export interface Written<T> {
  readonly value: T;
  readonly place: Place;
}

/** A map of known keys as it was written: what is absent was not written. */
export type WrittenFields<T> = { readonly [K in keyof T]?: Written<T[K]> };

/** One process of the Procfile, before `scale`, `domains` and the platform are known. */
export interface WrittenProcess {
  readonly name: string;
  readonly place: Place;
  readonly keys: WrittenKeys;
}

export type WrittenKeys = WrittenFields<KeyValues>;
export type KeyName = keyof KeyValues;

/** What each process key is once its text is understood. Durations are seconds. */
export interface KeyValues {
  command: Command;
  ports: readonly WrittenPort[];
  health: WrittenHealth;
  cron: readonly WrittenCron[];
  timezone: string;
  noservice: boolean;
  environment: readonly WrittenVariable[];
  autoscale: WrittenAutoscale;
  deploy: Deployment;
  stop: WrittenFields<{ timeout: number; signal: string }>;
  drain: number;
  idle_timeout: number;
  /** Lifetime of the cookie in seconds, or none. */
  sticky: Given<number>;
  sidecars: readonly WrittenSidecar[];
  volumes: readonly Written<Volume>[];
  arch: Arch;
  capacity: Capacity;
  user: string;
  read_only: boolean;
  init: boolean;
  ulimits: readonly Written<Ulimit>[];
  linux: WrittenLinux;
  exec: boolean;
  ecs: WrittenEcs;
}

export type Protocol = 'http' | 'https' | 'tcp' | 'tls';

export interface WrittenPort {
  readonly balancer: number;
  readonly container: number;
  readonly protocol: Protocol;
  readonly place: Place;
}

export type WrittenHealth = WrittenFields<{
  path: string;
  codes: string;
  interval: number;
  timeout: number;
  healthy: number;
  unhealthy: number;
  grace: number;
  /** As ECS wants it, `CMD` or `CMD-SHELL` first. */
  command: readonly string[];
}>;

export interface WrittenCron {
  readonly written: string;
  readonly expression: string;
  readonly place: Place;
}

export interface WrittenVariable {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

export type WrittenAutoscale = WrittenFields<{
  cpu: number;
  memory: number;
  requests: number;
  queue: { readonly name: string; readonly perTask: number };
  schedule: readonly { readonly expression: string; readonly min: number; readonly max: number }[];
}>;

export type DependencyCondition = 'START' | 'HEALTHY' | 'COMPLETE' | 'SUCCESS';

export interface WrittenDependency {
  readonly container: string;
  readonly condition: DependencyCondition;
  readonly place: Place;
}

export interface WrittenSidecar {
  readonly name: string;
  readonly place: Place;
  readonly keys: WrittenFields<SidecarValues>;
}

export interface SidecarValues {
  image: Image;
  command: Command;
  environment: readonly WrittenVariable[];
  ports: readonly Written<number>[];
  health: WrittenHealth;
  essential: boolean;
  cpu: number;
  memory: number;
  depends_on: readonly WrittenDependency[];
}

export type WrittenLinux = WrittenFields<{
  cap_add: readonly Written<string>[];
  cap_drop: readonly Written<string>[];
  shm_size: number;
  tmpfs: readonly { readonly path: string; readonly sizeMiB: number }[];
}>;

export type WrittenEcs = WrittenFields<{
  placement_constraints: readonly PlacementConstraint[];
  placement_strategy: readonly PlacementStrategy[];
  task: JsonObject;
  service: JsonObject;
  target_group: JsonObject;
}>;
