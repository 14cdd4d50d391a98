import type { PinnedImage, TaggedImage } from './app.js';
import type { Folder } from './folder.js';
import type { Given } from './given.js';
import type { JsonObject } from './json.js';

/**
 * The outside, one window per service. There are two implementations: `lib/windows/aws` and `lib/rehearsal`.
 *
 * Ordinary outcomes (nothing there, refused by a condition) are returned. Everything else is thrown as a `Failure` whose code is
 * one of `OUTSIDE_CODES`; anything not a `Failure` is a defect of ours.
 */
export interface Windows {
  /** `rehearsal`: nothing of it is real, and every screen says so. */
  readonly kind: 'aws' | 'rehearsal';
  readonly clock: Clock;
  readonly identity: IdentityWindow;
  readonly stacks: StacksWindow;
  readonly store: StoreWindow;
  readonly registry: RegistryWindow;
  readonly services: ServicesWindow;
  readonly balancers: BalancersWindow;
  readonly logs: LogsWindow;
  readonly parameters: ParametersWindow;
  readonly secrets: SecretsWindow;
  readonly certificates: CertificatesWindow;
  readonly network: NetworkWindow;
  readonly roles: RolesWindow;
}

/**
 * Why a call to the outside could not be answered. The last three may pass by themselves; a call that changes something may have
 * been carried out all the same.
 */
export type OutsideCode =
  | 'credentials-missing'
  | 'credentials-expired'
  | 'region-missing'
  | 'permission-denied'
  | 'outside-refused'
  | 'throttled'
  | 'outside-broken'
  | 'network';

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** In a rehearsal the clock runs faster. Ends early, without an error, when the signal fires. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

// ---- STS

export interface IdentityWindow {
  caller(): Promise<Caller>;
}

export interface Caller {
  /** Twelve digits. */
  readonly account: string;
  /** ARN of the caller. */
  readonly arn: string;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
}

// ---- CloudFormation

export interface StacksWindow {
  /** By name or ARN. A deleted stack is none. */
  describe(stack: string): Promise<Given<StackState>>;
  /** Stacks whose name begins so, deleted ones left out, sorted by name. */
  list(prefix: string): Promise<readonly StackState[]>;
  /** The template body as it was sent. */
  template(stack: string): Promise<string>;
  resources(stack: string): Promise<readonly StackResource[]>;
  /** Oldest first; at most the newest `limit`. With `after`, only those newer than that event. */
  events(stack: string, query: { readonly after: Given<string>; readonly limit: number }): Promise<readonly StackEvent[]>;
  /** Gives the ARN. `exists`: this stack has a change set of this name already. */
  createChangeSet(input: ChangeSetInput): Promise<{ readonly kind: 'created' | 'exists'; readonly id: string }>;
  /** None: there is no such change set (any more). */
  changeSet(stack: string, id: string): Promise<Given<ChangeSetState>>;
  /** `token` (the ClientRequestToken) comes back in every event of the operation. */
  executeChangeSet(input: { readonly stack: string; readonly id: string; readonly token: string }): Promise<void>;
  /** A change set that is not there is no error. */
  deleteChangeSet(stack: string, id: string): Promise<void>;
  cancelUpdate(stack: string, token: string): Promise<void>;
  continueRollback(input: { readonly stack: string; readonly skip: readonly string[]; readonly token: string }): Promise<void>;
  /** `retain` only for DELETE_FAILED. A stack that is not there is no error. */
  delete(input: { readonly stack: string; readonly retain: readonly string[]; readonly token: string }): Promise<void>;
}

/** As CloudFormation names them. */
export type StackStatus =
  | 'REVIEW_IN_PROGRESS'
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_COMPLETE'
  | 'ROLLBACK_FAILED'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_FAILED'
  | 'UPDATE_ROLLBACK_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED'
  | 'IMPORT_IN_PROGRESS'
  | 'IMPORT_COMPLETE'
  | 'IMPORT_ROLLBACK_IN_PROGRESS'
  | 'IMPORT_ROLLBACK_FAILED'
  | 'IMPORT_ROLLBACK_COMPLETE';

export interface StackState {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  readonly status: StackStatus;
  readonly reason: Given<string>;
  readonly parameters: readonly StackParameter[];
  readonly outputs: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: Given<number>;
}

export interface StackParameter {
  readonly name: string;
  readonly value: string;
  /** For SSM types: the value that was found. */
  readonly resolved: Given<string>;
}

export interface StackResource {
  readonly id: string;
  readonly physicalId: Given<string>;
  readonly type: string;
  /** `CREATE_COMPLETE`, `UPDATE_FAILED`, … */
  readonly status: string;
  readonly reason: Given<string>;
}

export interface StackEvent {
  readonly id: string;
  readonly at: number;
  /** The stack's own events have the stack's name here and `AWS::CloudFormation::Stack` as type. */
  readonly resource: string;
  readonly physicalId: Given<string>;
  readonly type: string;
  readonly status: string;
  readonly reason: Given<string>;
  readonly token: Given<string>;
}

export interface ChangeSetInput {
  readonly stack: string;
  /** `[a-zA-Z][-a-zA-Z0-9]*`. */
  readonly name: string;
  readonly kind: 'create' | 'update';
  readonly template: { readonly kind: 'body'; readonly body: string } | { readonly kind: 'url'; readonly url: string };
  /** Parameters that are not named take the template's default. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly description: string;
  readonly token: string;
}

export interface ChangeSetState {
  readonly id: string;
  readonly name: string;
  readonly status: 'CREATE_PENDING' | 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'FAILED' | 'DELETED';
  /** Whether it can be executed. */
  readonly execution: 'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_IN_PROGRESS' | 'EXECUTE_COMPLETE' | 'EXECUTE_FAILED' | 'OBSOLETE';
  readonly reason: Given<string>;
  /** FAILED only because there is nothing to change. */
  readonly empty: boolean;
  readonly changes: readonly ChangeSetChange[];
}

export interface ChangeSetChange {
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import' | 'Dynamic';
  readonly id: string;
  readonly type: string;
  readonly physicalId: Given<string>;
  readonly replacement: 'True' | 'False' | 'Conditional';
  /** What becomes of what is replaced or removed. */
  readonly policy: 'Delete' | 'Retain' | 'Snapshot';
  /** Names of the top-level properties that change. */
  readonly properties: readonly string[];
}

// ---- S3

/** Keys are relative to the bucket. */
export interface StoreWindow {
  /** `refused`: the condition did not hold. A missing bucket is a Failure with the code `outside-refused`. */
  put(
    bucket: string,
    key: string,
    body: string,
    condition: PutCondition,
  ): Promise<{ readonly kind: 'written'; readonly etag: string } | { readonly kind: 'refused' }>;
  get(bucket: string, key: string): Promise<Given<StoredObject>>;
  /** In order of the keys; `now` is the store's own clock, for ages. */
  list(
    bucket: string,
    prefix: string,
    query: { readonly limit: number; readonly after: Given<string> },
  ): Promise<{ readonly objects: readonly StoredName[]; readonly more: boolean; readonly now: number }>;
  /** Every version of it. */
  remove(bucket: string, key: string): Promise<void>;
  /** Whether the bucket is there and may be used. */
  exists(bucket: string): Promise<boolean>;
  /** For CloudFormation's TemplateURL. */
  url(bucket: string, key: string): string;
  /** None: there is no such bucket. */
  bucket(bucket: string): Promise<Given<BucketState>>;
  /** The bucket with every version of everything in it; gives how many those were. A bucket that is not there is no error. */
  removeBucket(bucket: string): Promise<number>;
}

export interface BucketState {
  readonly region: string;
  /** Whether it keeps every version of an object. */
  readonly versioned: boolean;
}

export type PutCondition =
  | { readonly kind: 'always' }
  /** If-None-Match: *. */
  | { readonly kind: 'absent' }
  /** If-Match. */
  | { readonly kind: 'unchanged'; readonly etag: string };

export interface StoredObject {
  readonly body: string;
  readonly etag: string;
  readonly modifiedAt: number;
}

export interface StoredName {
  readonly key: string;
  readonly etag: string;
  readonly modifiedAt: number;
}

// ---- registries: ECR and OCI

export interface RegistryWindow {
  /** What a tag or digest is at this moment. */
  resolve(image: TaggedImage | PinnedImage): Promise<ResolvedImage>;
  /** Tags a digest in ECR so that no lifecycle rule takes it. Other registries: skipped. */
  keep(
    image: PinnedImage,
    tag: string,
  ): Promise<{ readonly kind: 'kept' } | { readonly kind: 'skipped'; readonly reason: string }>;
}

export type ResolvedImage =
  | {
      readonly kind: 'found';
      readonly digest: string;
      /** Of the image or of its index; empty when the registry does not say. */
      readonly architectures: readonly ('x86_64' | 'arm64')[];
      /** Found only with this computer's login: a task has none. */
      readonly login: 'anonymous' | 'ecr' | 'local';
    }
  | { readonly kind: 'missing'; readonly what: 'repository' | 'tag' | 'digest' }
  | { readonly kind: 'denied'; readonly reason: string };

// ---- ECS

export interface ServicesWindow {
  /** By ARN. Missing ones are left out. */
  services(cluster: string, services: readonly string[]): Promise<readonly ServiceState[]>;
  tasks(cluster: string, query: TaskQuery): Promise<readonly TaskState[]>;
  /** None: no such task definition. */
  taskDefinition(arn: string): Promise<Given<TaskDefinitionState>>;
  runTask(
    input: RunTaskInput,
  ): Promise<{ readonly kind: 'started'; readonly task: TaskState } | { readonly kind: 'not-placed'; readonly reason: string }>;
  /** A task that is gone is no error. */
  stopTask(cluster: string, task: string, reason: string): Promise<void>;
  /** Begins a command in a container that runs: ECS Exec. The command is one text, which the agent splits as a shell would. */
  execute(input: {
    readonly cluster: string;
    readonly task: string;
    readonly container: string;
    readonly command: string;
  }): Promise<ExecAnswer>;
  /** By name. None: there is no such cluster, or it was deleted. */
  cluster(name: string): Promise<Given<ClusterState>>;
}

export interface ClusterState {
  /** `ACTIVE`, … */
  readonly status: string;
  readonly capacityProviders: readonly string[];
}

export type ExecAnswer =
  | { readonly kind: 'session'; readonly session: ExecSession }
  /** `off`: not allowed for this task. `not-ready`: its agent does not run, or not yet. */
  | { readonly kind: 'off' | 'not-ready' | 'gone'; readonly reason: string };

/** What Session Manager's plugin needs to connect. The token is a secret that is of use for this session only. */
export interface ExecSession {
  readonly id: string;
  readonly url: string;
  readonly token: string;
  /** `ecs:<cluster>_<task>_<runtime id>`. */
  readonly target: string;
  readonly region: string;
}

export type TaskQuery =
  | { readonly by: 'service'; readonly service: string; readonly status: 'RUNNING' | 'STOPPED' }
  | { readonly by: 'startedBy'; readonly startedBy: string; readonly status: 'RUNNING' | 'STOPPED' }
  | { readonly by: 'family'; readonly family: string; readonly status: 'RUNNING' | 'STOPPED' }
  | { readonly by: 'arn'; readonly tasks: readonly string[] };

export interface ServiceState {
  readonly arn: string;
  readonly name: string;
  readonly status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  readonly taskDefinition: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** The primary one first. */
  readonly deployments: readonly ServiceDeployment[];
  /** Newest first, at most 100. */
  readonly events: readonly { readonly id: string; readonly at: number; readonly message: string }[];
  readonly targetGroups: readonly string[];
}

export interface ServiceDeployment {
  readonly id: string;
  readonly status: 'PRIMARY' | 'ACTIVE' | 'INACTIVE';
  readonly rollout: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  readonly reason: Given<string>;
  readonly taskDefinition: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly failed: number;
  readonly createdAt: number;
}

export interface TaskState {
  readonly arn: string;
  /** The last segment of the ARN. */
  readonly id: string;
  readonly taskDefinition: string;
  /** `service:…`, `family:…`. */
  readonly group: string;
  readonly startedBy: Given<string>;
  /** PROVISIONING, PENDING, ACTIVATING, RUNNING, DEACTIVATING, STOPPING, DEPROVISIONING, STOPPED. */
  readonly status: string;
  readonly desired: string;
  readonly health: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN';
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly createdAt: number;
  readonly startedAt: Given<number>;
  readonly stoppedAt: Given<number>;
  readonly stopCode: Given<string>;
  readonly stoppedReason: Given<string>;
  readonly zone: Given<string>;
  /** Words of the overrides, joined by spaces; empty: the definition's own command. */
  readonly command: string;
  readonly containers: readonly ContainerState[];
}

export interface ContainerState {
  readonly name: string;
  readonly status: string;
  readonly exitCode: Given<number>;
  readonly reason: Given<string>;
}

export interface TaskDefinitionState {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly containers: readonly {
    readonly name: string;
    readonly image: string;
    readonly command: readonly string[];
    readonly logGroup: Given<string>;
    readonly streamPrefix: Given<string>;
  }[];
  readonly cpu: Given<string>;
  readonly memory: Given<string>;
}

export interface RunTaskInput {
  readonly cluster: string;
  readonly taskDefinition: string;
  /** At most 128 characters; finds the task again. */
  readonly startedBy: string;
  /** At most 64 characters: the same token starts one task only. */
  readonly token: string;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly publicAddress: boolean;
  readonly capacityProvider: string;
  /** Overrides as ECS takes them; `{}` for none. */
  readonly overrides: JsonObject;
  /** Whether one may enter the task: ECS Exec. */
  readonly exec: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

// ---- Elastic Load Balancing

export interface BalancersWindow {
  targetHealth(targetGroup: string): Promise<readonly TargetHealth[]>;
  /** Live weights of a listener rule, by target group ARN. None: no such rule. */
  ruleWeights(rule: string): Promise<Given<Readonly<Record<string, number>>>>;
  /** By ARN, with its listeners. None: there is no such load balancer. */
  balancer(arn: string): Promise<Given<BalancerState>>;
}

export interface BalancerState {
  /** `application`, `network`, … */
  readonly type: string;
  readonly scheme: 'internal' | 'internet-facing';
  readonly vpc: string;
  readonly dnsName: string;
  /** Hosted zone of its own name. */
  readonly zone: string;
  readonly securityGroups: readonly string[];
  readonly listeners: readonly { readonly arn: string; readonly port: number }[];
}

export interface TargetHealth {
  /** Address of the task. */
  readonly target: string;
  readonly state: 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused' | 'unavailable';
  /** `Target.ResponseCodeMismatch`, `Target.Timeout`, … */
  readonly code: Given<string>;
  readonly description: Given<string>;
}

// ---- CloudWatch Logs

export interface LogsWindow {
  /** The next lines of one stream, oldest first. A stream or group that does not exist (yet) has no lines. */
  read(input: {
    readonly group: string;
    readonly stream: string;
    readonly from:
      | { readonly kind: 'start' }
      | { readonly kind: 'last'; readonly lines: number }
      | { readonly kind: 'token'; readonly token: string };
  }): Promise<{ readonly lines: readonly LogLine[]; readonly token: Given<string> }>;
  /**
   * One page of the lines of a whole group, by their time, all streams mixed. A page without lines may have a next one; without a token it
   * was the last one. A line that arrives late stands where its time says, so that whoever follows must look back.
   */
  filter(input: LogQuery): Promise<LogPage>;
  /** Deletes a whole group with all its lines. False: there was none. */
  removeGroup(group: string): Promise<boolean>;
}

export interface LogLine {
  readonly at: number;
  readonly text: string;
}

export interface LogQuery {
  readonly group: string;
  /** Only streams whose names begin so; empty: all. */
  readonly prefix: string;
  /** Lines of this time or later. */
  readonly from: number;
  /** Where the page before ended. */
  readonly token: Given<string>;
}

export type LogPage =
  | { readonly kind: 'page'; readonly lines: readonly StreamLine[]; readonly token: Given<string> }
  /** There is no such group (yet). */
  | { readonly kind: 'missing' };

/** A line of one of the streams of a group. */
export interface StreamLine extends LogLine {
  /** The same whenever this line is read, and no other line has it. */
  readonly id: string;
  readonly stream: string;
  /** When it arrived, by the clock of CloudWatch; `at` is of the clock where it was written. */
  readonly arrivedAt: number;
}

// ---- SSM, Secrets Manager, ACM

export interface ParametersWindow {
  /** Which of these names exist. Never reads a value, so whoever may only plan can ask it. */
  existing(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** Values by name; those that do not exist are left out. SecureStrings are not decrypted. */
  values(names: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** As a SecureString; gives the new version. */
  putSecret(name: string, value: string): Promise<number>;
  remove(name: string): Promise<void>;
}

export interface SecretsWindow {
  /** By name or ARN; never reads a value. */
  exists(secret: string): Promise<boolean>;
}

export interface CertificatesWindow {
  /** None: no such certificate. */
  describe(arn: string): Promise<Given<{ readonly status: string; readonly names: readonly string[] }>>;
}

// ---- EC2 and Route 53: what a platform may adopt

export interface NetworkWindow {
  /** None: there is no such VPC. */
  vpc(id: string): Promise<Given<VpcState>>;
  /** Those that do not exist are left out. */
  subnets(ids: readonly string[]): Promise<readonly SubnetState[]>;
  /** The VPC of a security group. None: there is no such group. */
  groupVpc(id: string): Promise<Given<string>>;
  /** None: there is no such hosted zone. */
  zone(id: string): Promise<Given<ZoneState>>;
}

export interface VpcState {
  readonly cidrs: readonly string[];
  /** Whether names are resolved in it and given out: private zones need both. */
  readonly dns: boolean;
}

export interface SubnetState {
  readonly id: string;
  readonly vpc: string;
  /** `us-east-1a`. */
  readonly zone: string;
}

export interface ZoneState {
  /** Without the final dot. */
  readonly name: string;
  readonly private: boolean;
  /** VPCs that a private zone is associated with. */
  readonly vpcs: readonly string[];
}

// ---- IAM

export interface RolesWindow {
  /** Whether there is a role of this name. */
  exists(name: string): Promise<boolean>;
  /** Of an AWS service (`ecs.amazonaws.com`). One that is there already is no error. */
  createServiceLinked(service: string): Promise<void>;
  /** Whether there is a managed policy of this ARN. */
  policyExists(arn: string): Promise<boolean>;
  /** For whom an OpenID Connect provider's tokens are (`sts.amazonaws.com`); none: there is no such provider. */
  providerAudiences(arn: string): Promise<Given<readonly string[]>>;
}

// ---- git, on this computer: not a part of `Windows`, since there is nothing to rehearse

export interface GitWindow {
  /** None: not a git repository, or no commit yet. `dirty`: files under `path` differ from the commit. */
  head(root: string, path: string): Given<{ readonly commit: string; readonly dirty: boolean; readonly branch: Given<string> }>;
  /** Files that differ between a ref and the working tree, untracked ones included; relative to the root. */
  changedSince(root: string, ref: string): readonly string[];
  /** The folder as it was at a ref. */
  folderAt(root: string, ref: string, appsPath: string): Folder;
}
