import type { Given } from './given.js';
import type { JsonObject } from './json.js';

/** One app in one environment, complete: every default filled in, every overlay resolved. */
export interface App {
  readonly name: string;
  /** `default`, or the name of a `platform.<environment>` file. */
  readonly environment: string;
  readonly image: Image;
  /** From `env`, sorted by name. Compile adds the injected ones. */
  readonly variables: readonly Variable[];
  /** From `secrets`, sorted by name. */
  readonly secrets: readonly Secret[];
  /** Sorted by name. */
  readonly processes: readonly Process[];
  /** The IAM policy document for the task role. */
  readonly policy: Given<JsonObject>;
  /** Given: the app is in maintenance and the value is the page. */
  readonly maintenance: Given<string>;
}

export interface Variable {
  readonly name: string;
  readonly value: string;
}

// ---- image

export type Image = TaggedImage | PinnedImage;

interface ImageName {
  readonly registry: Registry;
  /** The repository inside its registry, e.g. `remind101/acme-inc`. */
  readonly repository: string;
  /** Credentials for a private registry other than ECR: a Secrets Manager secret. */
  readonly credentials: Given<SecretsManagerReference>;
}

export interface TaggedImage extends ImageName {
  readonly kind: 'tagged';
  readonly tag: string;
}

/** The digest decides; the tag is for people. */
export interface PinnedImage extends ImageName {
  readonly kind: 'pinned';
  readonly tag: Given<string>;
  /** `sha256:…`, 64 hexadecimal digits. */
  readonly digest: string;
}

export type Registry =
  /** Docker Hub: no registry was written. */
  | { readonly kind: 'hub' }
  | { readonly kind: 'ecr'; readonly host: string; readonly account: string; readonly region: string; readonly partition: string }
  | { readonly kind: 'other'; readonly host: string };

// ---- secrets

export interface Secret {
  readonly name: string;
  readonly reference: SecretReference;
}

export type SecretReference = SsmReference | SecretsManagerReference;

/** `ssm:/path/name`, or the full ARN of a parameter. */
export type SsmReference =
  | { readonly kind: 'ssm'; readonly parameter: string }
  | { readonly kind: 'ssm-arn'; readonly arn: string };

/** `secretsmanager:name[#key]`, or a full ARN with optional key, stage and version. */
export type SecretsManagerReference =
  | { readonly kind: 'secretsmanager'; readonly secret: string; readonly key: Given<string> }
  | {
      readonly kind: 'secretsmanager-arn';
      /** The ARN of the secret alone, without key, stage and version. */
      readonly arn: string;
      readonly key: Given<string>;
      readonly stage: Given<string>;
      readonly version: Given<string>;
    };

// ---- processes

export type Process = ServiceProcess | CronProcess | RunOnlyProcess | ReleaseProcess | OffProcess;

/** Everything a task definition needs; common to all processes that have one. */
export interface Workload {
  readonly name: string;
  readonly command: Command;
  /** From the Procfile, sorted by name; wins over the app's variables and secrets. */
  readonly environment: readonly Variable[];
  readonly size: ProcessSize;
  readonly arch: Arch;
  readonly capacity: Capacity;
  readonly stop: { readonly timeoutSeconds: number };
  /** The container's own health check. */
  readonly containerHealth: Given<ContainerHealth>;
  /** Sorted by name. */
  readonly sidecars: readonly Sidecar[];
  readonly volumes: readonly Volume[];
  readonly user: Given<string>;
  readonly readOnly: boolean;
  readonly init: boolean;
  readonly ulimits: readonly Ulimit[];
  readonly linux: LinuxSettings;
  /** Whether `empire exec` is allowed. */
  readonly exec: boolean;
  /** EC2 only; on the task definition. */
  readonly placementConstraints: readonly PlacementConstraint[];
  /** EC2 only; on the service. */
  readonly placementStrategy: readonly PlacementStrategy[];
  /** Raw CloudFormation properties, merged last. */
  readonly raw: { readonly task: JsonObject; readonly service: JsonObject; readonly targetGroup: JsonObject };
}

/** A process that keeps running. */
export interface ServiceProcess extends Workload {
  readonly kind: 'service';
  readonly count: Count;
  readonly exposure: Exposure;
  /** How long ECS ignores failing health checks of a new task, in seconds. */
  readonly graceSeconds: number;
  readonly deployment: Deployment;
}

/** A scheduled process. */
export interface CronProcess extends Workload {
  readonly kind: 'cron';
  readonly schedules: readonly CronSchedule[];
  /** Tasks per tick, 0 to 10; 0 disables the schedule. */
  readonly tasks: number;
}

/** Runs only when asked: `empire run <name>`. */
export interface RunOnlyProcess extends Workload {
  readonly kind: 'run-only';
}

/** The process named `release`: run once before a release changes a running process. */
export interface ReleaseProcess extends Workload {
  readonly kind: 'release';
}

/** `scale` says `off`: no resources. */
export interface OffProcess {
  readonly kind: 'off';
  readonly name: string;
}

/** `image`: the image's own command. */
export type Command = { readonly kind: 'image' } | { readonly kind: 'words'; readonly words: readonly string[] };

export type Arch = 'x86_64' | 'arm64';
export type Capacity = 'fargate' | 'spot' | 'ec2';

export interface Size {
  /** CPU units; 1024 are one vCPU. */
  readonly cpu: number;
  readonly memoryMiB: number;
  /** The nproc ulimit. */
  readonly nproc: Given<number>;
}

/** `asked` is what `scale` says; `runs` is what AWS gets (on Fargate rounded up to the next pair, without nproc). */
export interface ProcessSize {
  readonly asked: Size;
  readonly runs: Size;
}

export type Count =
  | { readonly kind: 'fixed'; readonly tasks: number }
  | { readonly kind: 'range'; readonly min: number; readonly max: number; readonly autoscale: Autoscale };

/** Target tracking and scheduled ranges. At least one is given. */
export interface Autoscale {
  /** Percent. */
  readonly cpu: Given<number>;
  /** Percent. */
  readonly memory: Given<number>;
  /** Requests per task and minute. */
  readonly requests: Given<number>;
  readonly queue: Given<{ readonly name: string; readonly perTask: number }>;
  readonly schedule: readonly ScheduledRange[];
}

export interface ScheduledRange {
  /** In the scheduler's dialect: `cron(…)` or `rate(…)`. */
  readonly expression: string;
  readonly timezone: string;
  readonly min: number;
  readonly max: number;
}

export interface CronSchedule {
  /** As written in the Procfile. */
  readonly written: string;
  /** In EventBridge Scheduler's dialect: `cron(m h dom mon dow year)` or `rate(n unit)`. */
  readonly expression: string;
  readonly timezone: string;
}

// ---- exposure

export type Exposure = { readonly kind: 'none' } | HttpExposure | TcpExposure;

/** On an Application Load Balancer. */
export interface HttpExposure {
  readonly kind: 'http';
  /** Sorted by load-balancer port; never empty. */
  readonly ports: readonly HttpPort[];
  readonly health: HttpHealth;
  /** Connection draining, seconds. */
  readonly drainSeconds: number;
  /** Idle timeout of the app's balancer, seconds. */
  readonly idleTimeoutSeconds: number;
  /** Given: a load-balancer cookie that lives so many seconds. */
  readonly sticky: Given<number>;
  /** Public names, sorted. None: internal only. */
  readonly domains: readonly Domain[];
}

/** On a Network Load Balancer. */
export interface TcpExposure {
  readonly kind: 'tcp';
  readonly ports: readonly TcpPort[];
  /** None: a TCP connection is the health check. */
  readonly health: Given<HttpHealth>;
  /** Health-check timing also for a TCP check. */
  readonly timing: HealthTiming;
  readonly drainSeconds: number;
  readonly domains: readonly Domain[];
}

export interface HttpPort {
  readonly balancer: number;
  readonly container: number;
  readonly protocol: 'http' | 'https';
}

export interface TcpPort {
  readonly balancer: number;
  readonly container: number;
  readonly protocol: 'tcp' | 'tls';
}

export interface HealthTiming {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthy: number;
  readonly unhealthy: number;
}

export interface HttpHealth extends HealthTiming {
  readonly path: string;
  /** `200-499`, `200,204`. */
  readonly codes: string;
}

export interface ContainerHealth {
  readonly command: readonly string[];
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly startSeconds: number;
}

/** One public name of one process. */
export interface Domain {
  /** Lower case, punycode, possibly `*.` in front. */
  readonly name: string;
  /** `none`: plain HTTP; `made`: DNS-validated in the managed zone; `arn`: given. */
  readonly certificate: { readonly kind: 'none' } | { readonly kind: 'made' } | { readonly kind: 'arn'; readonly arn: string };
  /** The managed public zone of the name: the record is made there. */
  readonly zone: Given<PublicZone>;
}

/** A public hosted zone that the platform manages. */
export interface PublicZone {
  readonly name: string;
  readonly id: string;
}

// ---- deployment

export type Deployment =
  | { readonly kind: 'rolling'; readonly minHealthyPercent: number; readonly maxPercent: number }
  /** Stops the old tasks before the new ones start. */
  | { readonly kind: 'recreate' }
  | { readonly kind: 'blue-green'; readonly bakeMinutes: number }
  | { readonly kind: 'canary'; readonly percent: number; readonly stepMinutes: number; readonly bakeMinutes: number }
  | { readonly kind: 'linear'; readonly percent: number; readonly stepMinutes: number; readonly bakeMinutes: number };

// ---- container settings

export interface Sidecar {
  readonly name: string;
  readonly image: Image;
  readonly command: Command;
  readonly environment: readonly Variable[];
  /** Container ports. */
  readonly ports: readonly number[];
  readonly health: Given<ContainerHealth>;
  readonly essential: boolean;
  readonly cpu: Given<number>;
  readonly memoryMiB: Given<number>;
  /** Containers that come first. */
  readonly dependsOn: readonly { readonly container: string; readonly condition: 'START' | 'HEALTHY' | 'COMPLETE' | 'SUCCESS' }[];
}

export type Volume =
  | {
      readonly kind: 'efs';
      readonly path: string;
      readonly fileSystem: string;
      readonly directory: Given<string>;
      readonly accessPoint: Given<string>;
    }
  /** `sizeGiB` given: the ephemeral storage of the whole task. */
  | { readonly kind: 'ephemeral'; readonly path: string; readonly sizeGiB: Given<number> };

export interface Ulimit {
  readonly name: string;
  readonly soft: number;
  readonly hard: number;
}

export interface LinuxSettings {
  readonly capAdd: readonly string[];
  readonly capDrop: readonly string[];
  /** EC2 only. */
  readonly sharedMemoryMiB: Given<number>;
  /** EC2 only. */
  readonly tmpfs: readonly { readonly path: string; readonly sizeMiB: number }[];
}

export interface PlacementConstraint {
  readonly type: 'memberOf' | 'distinctInstance';
  readonly expression: Given<string>;
}

export interface PlacementStrategy {
  readonly type: 'spread' | 'binpack' | 'random';
  readonly field: Given<string>;
}
