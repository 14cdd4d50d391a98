import type { JsonObject } from '../../model/json.js';
import type { RehearsalWorld } from '../gate.js';
import { flagIn, listIn, objectIn, textIn } from './properties.js';
import type { SimulatedDefinition } from './state.js';

/**
 * Revisions count from 1 in each family and are never used again.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export function registerDefinition(world: RehearsalWorld, properties: JsonObject): string {
  const state = world.state.services;
  state.sequence += 1;
  const family = textIn(properties, 'Family', `task-${state.sequence}`);
  const revision = (state.revisions[family] ?? 0) + 1;
  state.revisions[family] = revision;
  const arn = `arn:${world.partition}:ecs:${world.region}:${world.account}:task-definition/${family}:${revision}`;
  state.definitions[arn] = { arn, family, revision, active: true, properties };
  return arn;
}

/** By ARN, `family:revision` or family; undefined when there is none. An inactive one still runs what runs. */
export function findDefinition(world: RehearsalWorld, name: string): SimulatedDefinition | undefined {
  const { definitions, revisions } = world.state.services;
  const short = name.split('/').at(-1) ?? name;
  const full = short.includes(':') ? short : `${short}:${revisions[short] ?? 0}`;
  return definitions[`arn:${world.partition}:ecs:${world.region}:${world.account}:task-definition/${full}`];
}

export const containersOf = (definition: SimulatedDefinition): readonly JsonObject[] =>
  listIn(definition.properties, 'ContainerDefinitions');

/** The one whose end is the end of the task. */
export function mainContainer(definition: SimulatedDefinition): JsonObject {
  const containers = containersOf(definition);
  const process = definition.family.split('_').at(-1) ?? '';
  return (
    containers.find((container) => textIn(container, 'Name', '') === process) ??
    containers.find((container) => flagIn(container, 'Essential', true)) ??
    {}
  );
}

/** Group and prefix of the awslogs driver. */
export function logPlace(container: JsonObject): { readonly group: string; readonly prefix: string } {
  const configuration = objectIn(container, 'LogConfiguration');
  const options = objectIn(configuration, 'Options');
  const awslogs = textIn(configuration, 'LogDriver', '') === 'awslogs';
  return {
    group: awslogs ? textIn(options, 'awslogs-group', '') : '',
    prefix: awslogs ? textIn(options, 'awslogs-stream-prefix', '') : '',
  };
}
