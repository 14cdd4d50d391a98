import type { App, CronProcess, Image, Process, ServiceProcess, Workload } from '../../lib/model/app.js';
import type { Given } from '../../lib/model/given.js';
import type { Platform } from '../../lib/model/platform.js';
import type { ReleasePlace } from '../../lib/model/release.js';

/** Hand-made models for tests of the rooms behind `parse`. */
export const NONE = { kind: 'none' } as const;
export const given = <T>(value: T): Given<T> => ({ kind: 'given', value });

export const IMAGE: Image = {
  kind: 'tagged',
  registry: { kind: 'hub' },
  repository: 'remind101/acme-inc',
  credentials: NONE,
  tag: 'v1',
};

export const PLATFORM: Platform = {
  environment: 'default',
  prefix: 'empire',
  zone: 'empire',
  region: NONE,
  account: NONE,
  network: { kind: 'made', cidr: '10.0.0.0/16' },
  nat: 'one',
  capacity: 'fargate',
  arch: 'x86_64',
  instanceType: 't3.medium',
  minSize: 1,
  maxSize: 3,
  loadBalancers: 'per-app',
  publicZones: [],
  logRetentionDays: 30,
  earlySuccess: false,
  bucket: NONE,
  permissionsBoundary: NONE,
  tags: [],
};

/** Where `acme-inc` is released. */
export const PLACE: ReleasePlace = {
  app: 'acme-inc',
  environment: 'default',
  prefix: 'empire',
  account: '123456789012',
  region: 'us-east-1',
  partition: 'aws',
  stack: 'empire-acme-inc',
  bucket: 'empire-default-releases-123456789012-us-east-1',
};

export const workload = (name: string, changes: Partial<Workload> = {}): Workload => ({
  name,
  command: { kind: 'words', words: ['./run', name] },
  environment: [],
  size: { asked: { cpu: 256, memoryMiB: 512, nproc: given(256) }, runs: { cpu: 256, memoryMiB: 512, nproc: NONE } },
  arch: 'x86_64',
  capacity: 'fargate',
  stop: { timeoutSeconds: 30 },
  containerHealth: NONE,
  sidecars: [],
  volumes: [],
  user: NONE,
  readOnly: false,
  init: true,
  ulimits: [],
  linux: { capAdd: [], capDrop: [], sharedMemoryMiB: NONE, tmpfs: [] },
  exec: true,
  placementConstraints: [],
  placementStrategy: [],
  raw: { task: {}, service: {}, targetGroup: {} },
  ...changes,
});

export const service = (name: string, changes: Partial<ServiceProcess> = {}): ServiceProcess => ({
  ...workload(name),
  kind: 'service',
  count: { kind: 'fixed', tasks: 1 },
  exposure: NONE,
  graceSeconds: 120,
  deployment: { kind: 'rolling', minHealthyPercent: 100, maxPercent: 200 },
  ...changes,
});

/** `web` on port 80, container port 8080. */
export const web = (changes: Partial<ServiceProcess> = {}): ServiceProcess =>
  service('web', {
    exposure: {
      kind: 'http',
      ports: [{ balancer: 80, container: 8080, protocol: 'http' }],
      health: { path: '/', codes: '200-499', intervalSeconds: 5, timeoutSeconds: 4, healthy: 2, unhealthy: 2 },
      drainSeconds: 30,
      idleTimeoutSeconds: 60,
      sticky: NONE,
      domains: [],
    },
    ...changes,
  });

export const cron = (name: string, changes: Partial<CronProcess> = {}): CronProcess => ({
  ...workload(name),
  kind: 'cron',
  schedules: [{ written: '0 4 * * *', expression: 'cron(0 4 * * ? *)', timezone: 'UTC' }],
  tasks: 1,
  ...changes,
});

export const app = (processes: readonly Process[], changes: Partial<App> = {}): App => ({
  name: 'acme-inc',
  environment: 'default',
  image: IMAGE,
  variables: [],
  secrets: [],
  processes: [...processes].sort((a, b) => (a.name < b.name ? -1 : 1)),
  policy: NONE,
  maintenance: NONE,
  ...changes,
});

/** An app that uses most of what the model can say. */
export const LARGE: App = app(
  [
    web({
      count: {
        kind: 'range',
        min: 2,
        max: 10,
        autoscale: { cpu: given(70), memory: given(80), requests: given(500), queue: NONE, schedule: [] },
      },
      sidecars: [
        {
          name: 'nginx',
          image: {
            kind: 'pinned',
            registry: { kind: 'hub' },
            repository: 'nginx',
            credentials: NONE,
            tag: NONE,
            digest: `sha256:${'a'.repeat(64)}`,
          },
          command: { kind: 'image' },
          environment: [{ name: 'LEVEL', value: 'info' }],
          ports: [8080],
          health: given({ command: ['CMD', 'true'], intervalSeconds: 10, timeoutSeconds: 5, retries: 3, startSeconds: 0 }),
          essential: true,
          cpu: NONE,
          memoryMiB: NONE,
          dependsOn: [{ container: 'web', condition: 'START' }],
        },
      ],
      volumes: [
        {
          kind: 'efs',
          path: '/data',
          fileSystem: 'fs-0123456789abcdef0',
          directory: NONE,
          accessPoint: given('fsap-0123456789abcdef0'),
        },
        { kind: 'ephemeral', path: '/scratch', sizeGiB: given(30) },
      ],
    }),
    service('worker', {
      capacity: 'spot',
      arch: 'arm64',
      count: {
        kind: 'range',
        min: 0,
        max: 5,
        autoscale: {
          cpu: NONE,
          memory: NONE,
          requests: NONE,
          queue: given({ name: 'jobs', perTask: 20 }),
          schedule: [{ expression: 'cron(0 8 * * ? *)', timezone: 'Europe/Berlin', min: 2, max: 5 }],
        },
      },
      environment: [
        { name: 'DATABASE_URL', value: 'plain' },
        { name: 'EMPIRE_APPNAME', value: 'other' },
        { name: 'RAILS_ENV', value: 'worker' },
      ],
      ulimits: [{ name: 'nofile', soft: 1024, hard: 2048 }],
      linux: { capAdd: [], capDrop: ['NET_RAW'], sharedMemoryMiB: NONE, tmpfs: [] },
    }),
    cron('nightly', {
      schedules: [
        { written: '0 4 * * *', expression: 'cron(0 4 * * ? *)', timezone: 'UTC' },
        { written: 'rate(5 minutes)', expression: 'rate(5 minutes)', timezone: 'UTC' },
      ],
    }),
    { ...workload('release'), kind: 'release' },
    { ...workload('console'), kind: 'run-only' },
    { kind: 'off', name: 'old' },
  ],
  {
    image: {
      kind: 'tagged',
      registry: {
        kind: 'ecr',
        host: '123456789012.dkr.ecr.us-east-1.amazonaws.com',
        account: '123456789012',
        region: 'us-east-1',
        partition: 'aws',
      },
      repository: 'acme/inc',
      credentials: NONE,
      tag: 'v1',
    },
    variables: [
      { name: 'RAILS_ENV', value: `production \${not} a sub` },
      { name: '__proto__', value: 'x' },
    ],
    secrets: [
      { name: 'API_KEY', reference: { kind: 'secretsmanager', secret: 'acme/api', key: given('token') } },
      { name: 'DATABASE_URL', reference: { kind: 'ssm', parameter: '/acme/database' } },
      {
        name: 'MASTER',
        reference: {
          kind: 'secretsmanager-arn',
          arn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:acme-AbC123',
          key: NONE,
          stage: given('AWSCURRENT'),
          version: NONE,
        },
      },
    ],
    policy: given({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme/*' }],
    }),
  },
);
