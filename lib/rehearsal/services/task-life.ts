import type { JsonObject } from '../../model/json.js';
import type { RehearsalWorld } from '../gate.js';
import { containersOf, findDefinition, logPlace, mainContainer } from './definitions.js';
import { ACTIVATE, PULL, SETTLE } from './durations.js';
import { say } from './events.js';
import { bootTime, containerCheck } from './health.js';
import { startFailure } from './image-failure.js';
import { attachmentsOf, checkingOf } from './load-balancing.js';
import { isRelease } from './make-task.js';
import { commandFailure } from './one-off.js';
import { listIn, numberIn, textIn } from './properties.js';
import type { SimulatedDefinition, SimulatedStream, SimulatedTask } from './state.js';
import { exit, failToStart, stopped, terminate } from './stop-task.js';

/**
 * The next step in the life of a task.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
export function step(world: RehearsalWorld, task: SimulatedTask): void {
  switch (task.next?.step) {
    case 'pull':
      task.status = 'PENDING';
      task.next = { at: world.now + PULL, step: 'prepare' };
      return;
    case 'prepare':
      prepare(world, task);
      return;
    case 'run':
      run(world, task);
      return;
    case 'settle':
    case undefined:
      task.next = null;
      return;
    case 'exit':
      exit(world, task, task.end?.exitCode ?? 0);
      return;
    case 'drained':
      terminate(world, task);
      return;
    case 'stopped':
      stopped(world, task);
      return;
  }
}

/** The image is there, or not; then the task enters its target groups. */
function prepare(world: RehearsalWorld, task: SimulatedTask): void {
  const definition = findDefinition(world, task.definition);
  const failure =
    definition === undefined ? 'the task definition is gone' : (startFailure(world, definition) ?? commandFailure(task));
  if (failure !== undefined) {
    failToStart(world, task, failure);
    return;
  }
  task.status = 'ACTIVATING';
  task.next = { at: world.now + ACTIVATE, step: 'run' };
  register(world, task);
}

function register(world: RehearsalWorld, task: SimulatedTask): void {
  const service = world.state.services.services[task.service ?? ''];
  const deployment = service?.deployments.find(({ id }) => id === task.deployment);
  if (service === undefined || deployment === undefined) return;
  task.targets = attachmentsOf(service, deployment.side).map(({ group, port }) => ({
    group,
    port,
    state: 'initial',
    code: 'Elb.RegistrationInProgress',
    description: 'Target registration is in progress',
    passes: 0,
    fails: 0,
    nextAt: world.now + checkingOf(world, group).interval,
  }));
  for (const { group } of task.targets) say(world, service, `registered 1 targets in (target-group ${group})`);
}

function run(world: RehearsalWorld, task: SimulatedTask): void {
  task.status = 'RUNNING';
  task.startedAt = world.now;
  for (const container of task.containers) container.status = 'RUNNING';
  for (const target of task.targets) {
    target.code = 'Elb.InitialHealthChecking';
    target.description = 'Initial health checks in progress';
  }
  const check = containerCheck(world, task);
  if (Object.keys(check).length > 0) task.health.nextAt = world.now + numberIn(check, 'Interval', 30) * 1000;
  const end = task.end === null ? null : ({ at: world.now + task.end.after, step: 'exit' } as const);
  task.next = end ?? { at: world.now + SETTLE, step: 'settle' };
  openStreams(world, task);
}

/** One stream per container: `<prefix>/<container>/<task id>`. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html */
function openStreams(world: RehearsalWorld, task: SimulatedTask): void {
  const definition = findDefinition(world, task.definition);
  if (definition === undefined) return;
  for (const container of containersOf(definition)) {
    const { group, prefix } = logPlace(container);
    if (group === '' || prefix === '') continue;
    world.state.services.streams[group] ??= {};
    const name = `${prefix}/${textIn(container, 'Name', '')}/${task.id}`;
    task.streams.push([group, name]);
    world.state.services.streams[group][name] = streamOf(world, task, definition, container);
  }
}

function streamOf(
  world: RehearsalWorld,
  task: SimulatedTask,
  definition: SimulatedDefinition,
  container: JsonObject,
): SimulatedStream {
  const main = container === mainContainer(definition);
  const port = numberIn(listIn(container, 'PortMappings')[0] ?? {}, 'ContainerPort', 0);
  return {
    task: task.id,
    container: textIn(container, 'Name', ''),
    kind: streamKind(task, main, port, isRelease(definition)),
    command: task.command === '' ? textIn(container, 'Name', '') : task.command,
    port: port === 0 ? null : port,
    startedAt: world.now,
    boot: bootTime(task),
    endedAt: null,
    answers: task.behaviour === 'unhealthy' ? 503 : 200,
  };
}

function streamKind(task: SimulatedTask, main: boolean, port: number, release: boolean): SimulatedStream['kind'] {
  if (!main || task.end === null) return port === 0 ? 'works' : 'serves';
  if (release) return task.end.exitCode === 0 ? 'migrates' : 'migration-fails';
  return task.behaviour === 'crash' ? 'crashes' : 'runs';
}
