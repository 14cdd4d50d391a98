import type { JsonObject } from '../../model/json.js';
import type { World } from '../world.js';
import { ASKING } from './durations.js';
import { evaluate } from './evaluate.js';
import { handlerReason, setStatus } from './events.js';
import { changeThing, makeThing } from './handlers.js';
import { adoptName, nameRefusal } from './names.js';
import { changedProperties, replaces } from './replacement.js';
import { stackScope } from './scope.js';
import type { Operation, SimulatedResource, SimulatedStack, Step } from './state.js';
import { parseTemplate, type ResourceDefinition } from './template.js';

/** What one step works on. */
export interface Work {
  readonly world: World;
  readonly stack: SimulatedStack;
  readonly operation: Operation;
  readonly step: Step;
}

const NEW_THING = 'Requested update requires the creation of a new physical resource; hence creating one.';

function definitionOf({ stack, step }: Work): ResourceDefinition {
  const definition = parseTemplate(stack.template).resources.get(step.id);
  if (definition === undefined) throw new Error(`no resource ${step.id} in the template of ${stack.name}`);
  return definition;
}

function propertiesOf({ world, stack }: Work, definition: ResourceDefinition): JsonObject {
  return evaluate(definition.properties, stackScope(world, stack, parseTemplate(stack.template))) as JsonObject;
}

/** Decides what a resource needs, and asks for it. Nothing to do: done, without an event. */
export function startApply(work: Work): void {
  const { stack, step, operation } = work;
  const definition = definitionOf(work);
  const properties = propertiesOf(work, definition);
  const existing = stack.resources[step.id];
  if (existing === undefined || existing.physicalId === '') {
    stack.resources[step.id] = unborn(step.id, definition, properties);
    begin(work, operation.imports.includes(step.id) ? 'import' : 'create');
    return;
  }
  Object.assign(existing, {
    retain: definition.retain,
    retainReplaced: definition.retainReplaced,
    dependsOn: definition.dependsOn,
  });
  const changed = changedProperties(existing.properties, properties);
  if (changed.length === 0) step.state = 'done';
  else begin(work, changed.some((name) => replaces(existing.type, name)) ? 'replace' : 'update');
}

function unborn(id: string, definition: ResourceDefinition, properties: JsonObject): SimulatedResource {
  const { type, retain, retainReplaced, dependsOn } = definition;
  return { id, type, physicalId: '', attributes: {}, properties, status: '', reason: '', retain, retainReplaced, dependsOn };
}

function begin(work: Work, doing: 'create' | 'import' | 'replace' | 'update'): void {
  const { world, stack, step } = work;
  const resource = stack.resources[step.id] as SimulatedResource;
  ask(work, doing);
  const asked = doing === 'replace' || doing === 'update' ? 'update' : 'create';
  step.failure = world.script.resourceFailure(stack.name, step.id, asked, world.now) ?? '';
  const statuses = { create: 'CREATE', import: 'IMPORT', replace: 'UPDATE', update: 'UPDATE' };
  setStatus(world, stack, resource, `${statuses[doing]}_IN_PROGRESS`, doing === 'replace' ? NEW_THING : '');
}

/** The handler has the work; it will say so in a moment. */
export function ask({ world, step }: Work, doing: Step['doing']): void {
  Object.assign(step, { state: 'asked', doing, startedAt: world.now, wakesAt: world.now + ASKING });
}

/** The handler begins: from now on the thing is there, or changes. Gives why it could not. */
export function performApply(work: Work): string | undefined {
  const { world, stack, step } = work;
  const resource = stack.resources[step.id] as SimulatedResource;
  const properties = propertiesOf(work, definitionOf(work));
  if (step.doing === 'import') return adopt(work, resource, properties);
  if (step.doing === 'update') {
    const refusal = changeThing(world, resource, properties, stack.name);
    if (refusal === undefined) resource.properties = properties;
    return refusal === undefined ? undefined : handlerReason(world, refusal, 'AlreadyExists');
  }
  return make(work, resource, properties);
}

function make({ world, stack, operation, step }: Work, resource: SimulatedResource, properties: JsonObject): string | undefined {
  const refusal = nameRefusal(world, resource.type, properties);
  if (refusal !== undefined) return handlerReason(world, refusal, 'AlreadyExists');
  if (step.doing === 'replace') operation.replaced.push(structuredClone(resource));
  const birth = { world, stack: stack.name, id: step.id, properties };
  Object.assign(resource, makeThing(world, resource.type, birth), { properties });
  operation.made.push(structuredClone(resource));
  setStatus(
    world,
    stack,
    resource,
    step.doing === 'replace' ? 'UPDATE_IN_PROGRESS' : 'CREATE_IN_PROGRESS',
    'Resource creation Initiated',
  );
  return undefined;
}

/** Takes in what a stack left behind: its name says what it is. */
function adopt({ world, stack, operation, step }: Work, resource: SimulatedResource, properties: JsonObject): undefined {
  const made = makeThing(world, resource.type, { world, stack: stack.name, id: step.id, properties });
  Object.assign(resource, made, { properties });
  adoptName(world, resource.type, { stack: stack.name, id: step.id, physicalId: resource.physicalId }, properties);
  operation.made.push(structuredClone(resource));
  return undefined;
}
