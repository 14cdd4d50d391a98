import type { JsonObject } from '../../lib/model/json.js';
import type { ServiceState } from '../../lib/model/windows.js';
import { openRehearsal, type Rehearsal } from '../../lib/rehearsal/index.js';
import { NONE, PLATFORM } from './model-apps.js';

export const START = Date.parse('2026-06-04T14:27:00Z');

export { PLATFORM };

export const openInMemory = (): Rehearsal =>
  openRehearsal({ platform: PLATFORM, root: NONE, speed: Number.POSITIVE_INFINITY, start: { kind: 'given', value: START } });

export const GROUP = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef';
export const ALTERNATE = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web-alternate/0123456789abcdef';
export const RULE = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/acme/1/2/3';

const TARGET_GROUP: JsonObject = {
  HealthCheckIntervalSeconds: 5,
  HealthyThresholdCount: 2,
  UnhealthyThresholdCount: 2,
  Matcher: { HttpCode: '200-499' },
  TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
};

/** Properties of a task definition as a template has them. */
export const definition = (process: string, image: string, container: JsonObject = {}): JsonObject => ({
  Family: `empire-acme_${process}`,
  Cpu: '256',
  Memory: '512',
  ContainerDefinitions: [
    {
      Name: process,
      Image: image,
      Essential: true,
      Command: [`bin/${process}`],
      StopTimeout: 30,
      ...(process === 'web' ? { PortMappings: [{ ContainerPort: 8080 }] } : {}),
      LogConfiguration: {
        LogDriver: 'awslogs',
        Options: { 'awslogs-group': '/empire/default/acme', 'awslogs-stream-prefix': process },
      },
      ...container,
    },
  ],
});

const BREAKER: JsonObject = { Enable: true, Rollback: true, ThresholdConfiguration: { Type: 'COUNT', Value: 3 } };

/** Properties of a service as a template has them: rolling, 100 % and 200 %, with the circuit breaker. */
export const service = (taskDefinition: string, desired: number, rest: JsonObject = {}): JsonObject => ({
  Cluster: 'empire-default',
  TaskDefinition: taskDefinition,
  DesiredCount: desired,
  DeploymentConfiguration: {
    Strategy: 'ROLLING',
    MinimumHealthyPercent: 100,
    MaximumPercent: 200,
    DeploymentCircuitBreaker: BREAKER,
  },
  ...rest,
});

/** Behind a load balancer. */
export const balanced = (taskDefinition: string, desired: number, rest: JsonObject = {}): JsonObject =>
  service(taskDefinition, desired, {
    LoadBalancers: [{ ContainerName: 'web', ContainerPort: 8080, TargetGroupArn: GROUP }],
    HealthCheckGracePeriodSeconds: 120,
    ...rest,
  });

/** A rehearsed account in which CloudFormation's place is taken by the test. */
export class RehearsedServices {
  readonly rehearsal = openInMemory();

  constructor() {
    this.world.services.setTargetGroup(GROUP, TARGET_GROUP);
    this.world.services.setTargetGroup(ALTERNATE, TARGET_GROUP);
  }

  get world(): Rehearsal['world'] {
    return this.rehearsal.world;
  }

  /** Seconds since the start. */
  get seconds(): number {
    return (this.world.now - START) / 1000;
  }

  register(process: string, image: string, container: JsonObject = {}): string {
    return this.world.services.registerTaskDefinition(definition(process, image, container), this.world.now);
  }

  create(properties: JsonObject): string {
    return this.world.services.createService(properties, this.world.now, 'empire-acme', 'WebService');
  }

  update(arn: string, properties: JsonObject): void {
    this.world.services.updateService(arn, properties, this.world.now);
  }

  /** From event to event, with a look after each, until the service no longer deploys. */
  settle(arn: string, look: () => void = () => undefined): string {
    for (let events = 0; this.world.services.serviceState(arn).kind === 'deploying'; events += 1) {
      if (events > 5000 || this.world.nextAt() === Number.POSITIVE_INFINITY) throw new Error('the service never settles');
      this.world.settle(this.world.nextAt());
      look();
    }
    return this.world.services.serviceState(arn).kind;
  }

  wait(seconds: number): void {
    this.world.settle(this.world.now + seconds * 1000);
  }

  async view(arn: string): Promise<ServiceState> {
    const [found] = await this.rehearsal.services.services('empire-default', [arn]);
    if (found === undefined) throw new Error(`there is no ${arn}`);
    return found;
  }

  /** Messages of the service, oldest first, without its name. */
  async messages(arn: string): Promise<string[]> {
    return (await this.view(arn)).events.map(({ message }) => message.replace(/^\(service \S+\) /, '')).reverse();
  }

  /** Ids of the tasks that are wanted and run. */
  running(arn: string): string[] {
    return Object.values(this.world.state.services.tasks)
      .filter((task) => task.service === arn && task.status === 'RUNNING' && task.desired === 'RUNNING')
      .map(({ id }) => id)
      .sort();
  }

  /** How many tasks serve: healthy targets, or running tasks of a service without any. */
  serving(arn: string): number {
    return Object.values(this.world.state.services.tasks).filter(
      (task) =>
        task.service === arn &&
        task.status === 'RUNNING' &&
        (task.targets.length === 0 || task.targets.every(({ state }) => state === 'healthy')),
    ).length;
  }
}
