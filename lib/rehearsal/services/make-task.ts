import type { JsonObject } from '../../model/json.js';
import type { RehearsalWorld } from '../gate.js';
import { behaviourOf } from '../registry.js';
import type { ImageBehaviour } from '../state.js';
import { containersOf, mainContainer } from './definitions.js';
import { CRASH, PROVISION, WORK } from './durations.js';
import { nextId } from './identifiers.js';
import { exitCodeOf } from './one-off.js';
import { flagIn, textIn, wordsIn } from './properties.js';
import type { SimulatedDefinition, SimulatedTask } from './state.js';

export interface NewTask {
  readonly definition: SimulatedDefinition;
  readonly cluster: string;
  readonly service: string | null;
  readonly deployment: string | null;
  readonly group: string;
  readonly startedBy: string;
  /** Of the main container's overrides; none: the definition's. */
  readonly command: readonly string[];
}

/** A task begins by getting its network interface. */
export function makeTask(world: RehearsalWorld, input: NewTask): SimulatedTask {
  const id = nextId(world, 'task');
  const { command: override, definition, ...rest } = input;
  const found = culpritOf(world, definition);
  const command = override.length > 0 ? override : wordsIn(mainContainer(definition), 'Command');
  const task: SimulatedTask = {
    ...rest,
    ...blankTask(),
    ...placeOf(world),
    arn: `arn:${world.partition}:ecs:${world.region}:${world.account}:task/${input.cluster}/${id}`,
    id,
    definition: definition.arn,
    createdAt: world.now,
    containers: containersOf(definition).map((container) => pendingContainer(container)),
    ...found,
    command: command.join(' '),
    end: endOf(input, found.behaviour, command.join(' ')),
    next: { at: world.now + PROVISION, step: 'pull' },
  };
  world.state.services.tasks[task.arn] = task;
  return task;
}

/** What every task begins with. */
const blankTask = () => ({
  startedAt: null,
  stoppedAt: null,
  status: 'PROVISIONING' as const,
  desired: 'RUNNING' as const,
  stopCode: null,
  stoppedReason: null,
  targets: [],
  health: { state: 'UNKNOWN' as const, fails: 0, nextAt: null },
  streams: [],
  counted: false,
});

/** Two zones, and an address of the private subnets. */
function placeOf({ region, state }: RehearsalWorld): { readonly zone: string; readonly address: string } {
  const { sequence } = state.services;
  return {
    zone: `${region}${sequence % 2 === 0 ? 'a' : 'b'}`,
    address: `10.0.${128 + (Math.floor(sequence / 250) % 100)}.${4 + (sequence % 250)}`,
  };
}

const pendingContainer = (container: JsonObject): SimulatedTask['containers'][number] => ({
  name: textIn(container, 'Name', ''),
  status: 'PENDING',
  exitCode: null,
  reason: null,
});

/** The process named `release`, which is run before anything else changes. */
export const isRelease = (definition: SimulatedDefinition): boolean => definition.family.endsWith('_release');

/** A service never ends by itself, unless its image crashes; a one-off task does its work. */
function endOf({ service, definition }: NewTask, behaviour: ImageBehaviour, command: string): SimulatedTask['end'] {
  if (behaviour === 'crash') return { after: CRASH, exitCode: 1 };
  if (service !== null) return null;
  return { after: WORK, exitCode: behaviour === 'norelease' && isRelease(definition) ? 1 : exitCodeOf(command) };
}

interface Culprit {
  readonly behaviour: ImageBehaviour;
  readonly culprit: string;
}

/** One essential container that behaves badly is enough; otherwise it is the main one. */
function culpritOf(world: RehearsalWorld, definition: SimulatedDefinition): Culprit {
  const found = containersOf(definition)
    .filter((container) => flagIn(container, 'Essential', true))
    .map((container) => ({
      behaviour: behaviourOf(world.state, textIn(container, 'Image', '')),
      culprit: textIn(container, 'Name', ''),
    }));
  const bad = found.find(({ behaviour }) => behaviour !== 'good');
  return bad ?? { behaviour: 'good', culprit: textIn(mainContainer(definition), 'Name', '') };
}
