import type { Deployment, Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { ServiceDeployment, ServiceState, TaskDefinitionState, TaskState } from '../../model/windows.js';
import { given } from './session.js';

/** What ECS says of a service, in the model's words. */
export function serviceState(service: Service): ServiceState {
  const deployments = (service.deployments ?? []).map(deployment);
  return {
    arn: service.serviceArn ?? '',
    name: service.serviceName ?? '',
    status: oneOf(['ACTIVE', 'DRAINING', 'INACTIVE'], service.status, 'INACTIVE'),
    taskDefinition: service.taskDefinition ?? '',
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    pending: service.pendingCount ?? 0,
    deployments: [...deployments.filter(isPrimary), ...deployments.filter((one) => !isPrimary(one))],
    events: (service.events ?? []).map(({ id = '', createdAt, message = '' }) => ({ id, at: timeOf(createdAt), message })),
    targetGroups: targetGroupsOf(service),
  };
}

const isPrimary = ({ status }: ServiceDeployment): boolean => status === 'PRIMARY';

function deployment(one: Deployment): ServiceDeployment {
  return {
    id: one.id ?? '',
    status: oneOf(['PRIMARY', 'ACTIVE', 'INACTIVE'], one.status, 'ACTIVE'),
    rollout: oneOf(['IN_PROGRESS', 'COMPLETED', 'FAILED'], one.rolloutState, 'IN_PROGRESS'),
    reason: given(one.rolloutStateReason),
    taskDefinition: one.taskDefinition ?? '',
    desired: one.desiredCount ?? 0,
    running: one.runningCount ?? 0,
    pending: one.pendingCount ?? 0,
    failed: one.failedTasks ?? 0,
    createdAt: timeOf(one.createdAt),
  };
}

/** Traffic-shifting strategies have a second group. */
function targetGroupsOf({ loadBalancers = [] }: Service): string[] {
  const groups = loadBalancers.flatMap(({ targetGroupArn, advancedConfiguration }) => [
    targetGroupArn ?? [],
    advancedConfiguration?.alternateTargetGroupArn ?? [],
  ]);
  return [...new Set(groups.flat())];
}

export function taskState(task: Task): TaskState {
  const arn = task.taskArn ?? '';
  return {
    arn,
    id: arn.slice(arn.lastIndexOf('/') + 1),
    taskDefinition: task.taskDefinitionArn ?? '',
    group: task.group ?? '',
    startedBy: given(task.startedBy),
    status: task.lastStatus ?? '',
    desired: task.desiredStatus ?? '',
    health: task.healthStatus ?? 'UNKNOWN',
    cpu: Number(task.cpu ?? 0),
    memoryMiB: Number(task.memory ?? 0),
    createdAt: timeOf(task.createdAt),
    startedAt: given(task.startedAt?.getTime()),
    stoppedAt: given(task.stoppedAt?.getTime()),
    stopCode: given(task.stopCode),
    stoppedReason: given(task.stoppedReason),
    zone: given(task.availabilityZone),
    command: (task.overrides?.containerOverrides ?? []).flatMap(({ command = [] }) => command).join(' '),
    containers: (task.containers ?? []).map((container) => ({
      name: container.name ?? '',
      status: container.lastStatus ?? '',
      exitCode: given(container.exitCode),
      reason: given(container.reason),
    })),
  };
}

export function taskDefinitionState(definition: TaskDefinition): TaskDefinitionState {
  return {
    arn: definition.taskDefinitionArn ?? '',
    family: definition.family ?? '',
    revision: definition.revision ?? 0,
    containers: (definition.containerDefinitions ?? []).map(({ name = '', image = '', command = [], logConfiguration }) => ({
      name,
      image,
      command,
      logGroup: given(logConfiguration?.options?.['awslogs-group']),
      streamPrefix: given(logConfiguration?.options?.['awslogs-stream-prefix']),
    })),
    cpu: given(definition.cpu),
    memory: given(definition.memory),
  };
}

const timeOf = (date: Date | undefined): number => date?.getTime() ?? 0;

/** Words of AWS that came after this was written become the one that is nearest. */
function oneOf<T extends string>(known: readonly T[], value: string | undefined, otherwise: T): T {
  return known.find((one) => one === value) ?? otherwise;
}
