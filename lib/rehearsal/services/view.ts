import type { Given } from '../../model/given.js';
import type { ServiceDeployment, ServiceState, TaskDefinitionState, TaskState } from '../../model/windows.js';
import type { RehearsalWorld } from '../gate.js';
import { containersOf, findDefinition, logPlace, mainContainer } from './definitions.js';
import { attachmentsOf } from './load-balancing.js';
import { numberIn, textIn, wordsIn } from './properties.js';
import type { SimulatedDefinition, SimulatedService, SimulatedTask } from './state.js';

const PENDING = new Set(['PROVISIONING', 'PENDING', 'ACTIVATING']);

/** As DescribeServices shows it. */
export function viewService(world: RehearsalWorld, service: SimulatedService): ServiceState {
  const tasks = Object.values(world.state.services.tasks).filter((task) => task.service === service.arn);
  return {
    arn: service.arn,
    name: service.name,
    status: service.status,
    taskDefinition: service.deployments[0]?.definition ?? '',
    desired: service.desired,
    ...countsOf(tasks),
    deployments: service.deployments.map((deployment, index) => {
      const own = tasks.filter((task) => task.deployment === deployment.id);
      const wanted = own.filter(({ desired }) => desired === 'RUNNING').length;
      return viewDeployment(service, deployment, own, index === 0 ? service.desired : wanted);
    }),
    events: service.events,
    targetGroups: attachmentsOf(service, service.deployments[0]?.side ?? 'production').map(({ group }) => group),
  };
}

function viewDeployment(
  service: SimulatedService,
  deployment: SimulatedService['deployments'][number],
  tasks: readonly SimulatedTask[],
  desired: number,
): ServiceDeployment {
  return {
    id: deployment.id,
    status: deployment === service.deployments[0] ? 'PRIMARY' : 'ACTIVE',
    rollout: deployment.rollout,
    reason: given(deployment.reason),
    taskDefinition: deployment.definition,
    desired,
    ...countsOf(tasks),
    failed: deployment.failed,
    createdAt: deployment.createdAt,
  };
}

function countsOf(tasks: readonly SimulatedTask[]): { readonly running: number; readonly pending: number } {
  return {
    running: tasks.filter(({ status }) => status === 'RUNNING').length,
    pending: tasks.filter(({ status }) => PENDING.has(status)).length,
  };
}

/** As DescribeTasks shows it. */
export function viewTask(world: RehearsalWorld, task: SimulatedTask): TaskState {
  const definition = findDefinition(world, task.definition);
  return {
    arn: task.arn,
    id: task.id,
    taskDefinition: task.definition,
    group: task.group,
    startedBy: given(task.startedBy),
    status: task.status,
    desired: task.desired,
    health: task.health.state,
    cpu: numberIn(definition?.properties ?? {}, 'Cpu', 0),
    memoryMiB: numberIn(definition?.properties ?? {}, 'Memory', 0),
    createdAt: task.createdAt,
    startedAt: given(task.startedAt),
    stoppedAt: given(task.stoppedAt),
    stopCode: given(task.stopCode),
    stoppedReason: given(task.stoppedReason),
    zone: given(task.zone),
    command: task.command === ownCommand(definition) ? '' : task.command,
    containers: task.containers.map(({ name, status, exitCode, reason }) => ({
      name,
      status,
      exitCode: given(exitCode),
      reason: given(reason),
    })),
  };
}

const ownCommand = (definition: SimulatedDefinition | undefined): string =>
  definition === undefined ? '' : wordsIn(mainContainer(definition), 'Command').join(' ');

/** As DescribeTaskDefinition shows it. */
export function viewDefinition(definition: SimulatedDefinition): TaskDefinitionState {
  const text = (value: string): Given<string> => given(value === '' ? null : value);
  return {
    arn: definition.arn,
    family: definition.family,
    revision: definition.revision,
    containers: containersOf(definition).map((container) => ({
      name: textIn(container, 'Name', ''),
      image: textIn(container, 'Image', ''),
      command: wordsIn(container, 'Command'),
      logGroup: text(logPlace(container).group),
      streamPrefix: text(logPlace(container).prefix),
    })),
    cpu: text(textIn(definition.properties, 'Cpu', '')),
    memory: text(textIn(definition.properties, 'Memory', '')),
  };
}

const given = <T>(value: T | null): Given<T> => (value === null ? { kind: 'none' } : { kind: 'given', value });
