import type { JsonObject } from '../../model/json.js';
import type { RehearsalWorld } from '../gate.js';
import { applyDue, nextStepAt } from '../script.js';
import type { ServiceCondition, SimulatedServices } from '../world.js';
import { isSteady } from './completion.js';
import { registerDefinition } from './definitions.js';
import { sameDeployment, startDeployment } from './deployments.js';
import { STOPPED_VISIBLE } from './durations.js';
import { checkContainer, checkTarget } from './health.js';
import { mindHealth } from './health-consequences.js';
import { nextId } from './identifiers.js';
import { numberIn, textIn } from './properties.js';
import { schedule } from './scheduler.js';
import { nextScheduleAt, passOver, setSchedule, tickSchedules } from './schedules.js';
import type { SimulatedService, SimulatedTask } from './state.js';
import { step } from './task-life.js';

/** ECS and the load balancers' target groups of a rehearsed account: discrete events over plain JSON. */
export class Services implements SimulatedServices {
  constructor(private readonly world: RehearsalWorld) {}

  nextAt(): number {
    const { services, tasks } = this.world.state.services;
    let next = Math.min(nextStepAt(this.world.state), nextScheduleAt(this.world.state.services.schedules));
    for (const { lookAt } of Object.values(services)) next = Math.min(next, lookAt ?? Infinity);
    for (const task of Object.values(tasks)) next = Math.min(next, nextOf(task));
    return next;
  }

  tick(now: number): void {
    applyDue(this.world, now);
    tickSchedules(this.world, now);
    const touched = new Set<string>();
    for (const task of Object.values(this.world.state.services.tasks)) {
      if (nextOf(task) <= now) this.moveTask(task, now, touched);
    }
    for (const service of Object.values(this.world.state.services.services)) {
      if ((service.lookAt ?? Infinity) <= now || touched.has(service.arn)) schedule(this.world, service);
    }
    this.forgetStopped(now);
  }

  private moveTask(task: SimulatedTask, now: number, touched: Set<string>): void {
    for (const target of task.targets) if ((target.nextAt ?? Infinity) <= now) checkTarget(this.world, task, target);
    if ((task.health.nextAt ?? Infinity) <= now) checkContainer(this.world, task);
    if ((task.next?.at ?? Infinity) <= now) step(this.world, task);
    const service = this.world.state.services.services[task.service ?? ''];
    if (service === undefined) return;
    touched.add(service.arn);
    mindHealth(this.world, service, task);
  }

  /** Stopped tasks disappear after an hour. */
  private forgetStopped(now: number): void {
    const { tasks } = this.world.state.services;
    for (const { arn, stoppedAt } of Object.values(tasks)) {
      if (stoppedAt !== null && stoppedAt < now - STOPPED_VISIBLE) delete tasks[arn];
    }
  }

  registerTaskDefinition(properties: JsonObject): string {
    return registerDefinition(this.world, properties);
  }

  deregisterTaskDefinition(arn: string): void {
    const definition = this.world.state.services.definitions[arn];
    if (definition !== undefined) definition.active = false;
  }

  createService(properties: JsonObject, _now: number, stackName: string, logicalId: string): string {
    const suffix = nextId(this.world, 'service').slice(0, 12);
    const name = textIn(properties, 'ServiceName', `${stackName}-${logicalId}-${suffix}`);
    const cluster = textIn(properties, 'Cluster', 'default').split('/').at(-1) ?? 'default';
    const { partition, region, account } = this.world;
    const service: SimulatedService = {
      arn: `arn:${partition}:ecs:${region}:${account}:service/${cluster}/${name}`,
      name,
      cluster,
      status: 'ACTIVE',
      properties,
      desired: numberIn(properties, 'DesiredCount', 1),
      deployments: [],
      events: [],
      failure: null,
      steady: false,
      lookAt: null,
      placeAt: 0,
    };
    this.world.state.services.services[service.arn] = service;
    startDeployment(this.world, service);
    schedule(this.world, service);
    return service.arn;
  }

  updateService(arn: string, properties: JsonObject): void {
    const service = this.world.state.services.services[arn];
    if (service === undefined) return;
    const deploys = !sameDeployment(this.world, service, properties);
    service.properties = properties;
    service.desired = numberIn(properties, 'DesiredCount', service.desired);
    service.failure = null;
    service.placeAt = 0;
    if (deploys) startDeployment(this.world, service);
    schedule(this.world, service);
  }

  deleteService(arn: string): void {
    const service = this.world.state.services.services[arn];
    if (service === undefined || service.status === 'INACTIVE') return;
    service.status = 'DRAINING';
    service.lookAt = null;
    schedule(this.world, service);
  }

  serviceState(arn: string): ServiceCondition {
    const service = this.world.state.services.services[arn];
    if (service === undefined || service.status === 'INACTIVE') return { kind: 'gone' };
    if (service.failure !== null) return { kind: 'failed', reason: service.failure };
    return { kind: isSteady(this.world, service) ? 'steady' : 'deploying' };
  }

  setTargetGroup(arn: string, properties: JsonObject): void {
    this.world.state.services.targetGroups[arn] = properties;
  }

  removeTargetGroup(arn: string): void {
    delete this.world.state.services.targetGroups[arn];
  }

  setListenerRule(arn: string, properties: JsonObject): void {
    this.world.state.services.rules[arn] = properties;
  }

  removeListenerRule(arn: string): void {
    delete this.world.state.services.rules[arn];
    delete this.world.state.services.weights[arn];
  }

  setSchedule(name: string, properties: JsonObject): void {
    setSchedule(this.world, name, properties);
  }

  removeSchedule(name: string): void {
    delete this.world.state.services.schedules[name];
  }

  passOver(until: number): void {
    passOver(this.world, until);
  }
}

/** When anything about a task happens next. */
function nextOf(task: SimulatedTask): number {
  if (task.stoppedAt !== null) return Number.POSITIVE_INFINITY;
  const checks = task.targets.map(({ nextAt }) => nextAt ?? Infinity);
  return Math.min(task.next?.at ?? Infinity, task.health.nextAt ?? Infinity, ...checks);
}
