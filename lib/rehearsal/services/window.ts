import { Failure } from '../../failure.js';
import type { Given } from '../../model/given.js';
import type { Ground } from '../../model/ground.js';
import type { ClusterState, ExecAnswer, RunTaskInput, ServicesWindow, TaskQuery } from '../../model/windows.js';
import type { Gate, RehearsalWorld } from '../gate.js';
import { isRemoved } from '../removed.js';
import type { RehearsalState } from '../state.js';
import { findDefinition, mainContainer } from './definitions.js';
import { NO_CAPACITY } from './events.js';
import { mindHealth } from './health-consequences.js';
import { makeTask } from './make-task.js';
import { flagIn, listIn, textIn, wordsIn } from './properties.js';
import { schedule } from './scheduler.js';
import type { SimulatedTask } from './state.js';
import { beginStop } from './stop-task.js';
import { viewDefinition, viewService, viewTask } from './view.js';

/** ECS as the engine sees it. */
export function rehearsedServices(gate: Gate, ground: Given<Ground>): ServicesWindow {
  return {
    services: (_cluster, arns) =>
      gate.call('services.services', (world) =>
        arns.flatMap((arn) => {
          const service = world.state.services.services[arn];
          return service === undefined ? [] : [viewService(world, service)];
        }),
      ),
    tasks: (cluster, query) =>
      gate.call('services.tasks', (world) => listTasks(world, cluster, query).map((task) => viewTask(world, task))),
    taskDefinition: (arn) =>
      gate.call('services.taskDefinition', (world) => {
        const definition = findDefinition(world, arn);
        return definition === undefined
          ? { kind: 'none' as const }
          : { kind: 'given' as const, value: viewDefinition(definition) };
      }),
    runTask: (input) => gate.call('services.runTask', (world) => runTask(world, input)),
    stopTask: (_cluster, id, reason) => gate.call('services.stopTask', (world) => stopTask(world, id, reason)),
    execute: ({ task }) => gate.call('services.execute', (world) => execute(world, task)),
    cluster: (name) => gate.call('services.cluster', ({ state }) => adoptedCluster(state, ground, name)),
  };
}

/** The cluster that the platform adopts, with the capacity that its file says. */
function adoptedCluster(state: RehearsalState, ground: Given<Ground>, name: string): Given<ClusterState> {
  if (ground.kind === 'none' || isRemoved(state, 'piece', name)) return { kind: 'none' };
  const { cluster, capacityProvider } = ground.value;
  if (cluster.kind === 'none' || cluster.value !== name) return { kind: 'none' };
  const own = capacityProvider.kind === 'given' && !isRemoved(state, 'piece', capacityProvider.value);
  const capacityProviders = ['FARGATE', 'FARGATE_SPOT', ...(own ? [capacityProvider.value] : [])];
  return { kind: 'given', value: { status: 'ACTIVE', capacityProviders } };
}

function listTasks(world: RehearsalWorld, cluster: string, query: TaskQuery): SimulatedTask[] {
  const tasks = Object.values(world.state.services.tasks).filter((task) => task.cluster === shortName(cluster));
  if (query.by === 'arn') return tasks.filter(({ arn, id }) => query.tasks.includes(arn) || query.tasks.includes(id));
  return tasks.filter((task) => task.desired === query.status && belongs(task, query));
}

function belongs(task: SimulatedTask, query: Exclude<TaskQuery, { readonly by: 'arn' }>): boolean {
  switch (query.by) {
    case 'service':
      return task.group === `service:${shortName(query.service)}`;
    case 'startedBy':
      return task.startedBy === query.startedBy;
    case 'family':
      return shortName(task.definition).split(':')[0] === query.family;
  }
}

const shortName = (arn: string): string => arn.split('/').at(-1) ?? arn;

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
function runTask(world: RehearsalWorld, input: RunTaskInput): Awaited<ReturnType<ServicesWindow['runTask']>> {
  const { tasks, runTokens } = world.state.services;
  const before = tasks[runTokens[input.token] ?? ''];
  // ECS-IDEMPOTENCY: the same token again is the same task. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ECS_Idempotency.html
  if (before !== undefined) return { kind: 'started', task: viewTask(world, before) };
  const definition = findDefinition(world, input.taskDefinition);
  if (definition?.active !== true) throw noDefinition(input.taskDefinition);
  if (world.state.script.noCapacity) return { kind: 'not-placed', reason: NO_CAPACITY };
  const main = textIn(mainContainer(definition), 'Name', '');
  const override = listIn(input.overrides, 'containerOverrides').find((each) => textIn(each, 'name', '') === main);
  const task = makeTask(world, {
    definition,
    cluster: shortName(input.cluster),
    service: null,
    deployment: null,
    group: `family:${definition.family}`,
    startedBy: input.startedBy,
    command: wordsIn(override ?? {}, 'command'),
  });
  if (input.token !== '') runTokens[input.token] = task.arn;
  return { kind: 'started', task: viewTask(world, task) };
}

const noDefinition = (name: string): Failure =>
  new Failure(
    name,
    'TaskDefinition is inactive or not found (ClientException)',
    'name a task definition that is there',
    'outside-refused',
  );

/** Whether one could enter, in the words of ECS. Nobody can: there is no container. */
function execute(world: RehearsalWorld, name: string): ExecAnswer {
  const task = Object.values(world.state.services.tasks).find(({ arn, id }) => arn === name || id === name);
  if (task === undefined || task.desired === 'STOPPED') return { kind: 'gone', reason: 'The referenced task was not found' };
  const service = world.state.services.services[task.service ?? ''];
  if (service !== undefined && !flagIn(service.properties, 'EnableExecuteCommand', false)) {
    return { kind: 'off', reason: 'execute command was not enabled when the task was run' };
  }
  throw new Failure(
    'rehearsal',
    'there is no container to enter: nothing is real',
    'leave out --rehearse to enter a real one; `empire run` without -t can be rehearsed',
    'rehearsal-no-container',
  );
}

/** By ARN or id; a service replaces the task. */
export function stopTask(world: RehearsalWorld, name: string, reason: string): void {
  const task = Object.values(world.state.services.tasks).find(({ arn, id }) => arn === name || id === name);
  if (task === undefined) return;
  beginStop(world, task, 'UserInitiated', reason);
  const service = world.state.services.services[task.service ?? ''];
  if (service === undefined) return;
  mindHealth(world, service, task);
  schedule(world, service);
}
