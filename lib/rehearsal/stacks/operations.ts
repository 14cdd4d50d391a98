import { groundOfStack, leaveToStack } from '../grounds.js';
import type { World } from '../world.js';
import { isUnfinished } from './change-set.js';
import { STARTING } from './durations.js';
import { setStackStatus, setStatus } from './events.js';
import { turnBack } from './phases.js';
import { refused } from './refusal.js';
import type { Operation, SimulatedChangeSet, SimulatedResource, SimulatedStack } from './state.js';
import { applySteps, deleteSteps, isOver, thingsOf } from './steps.js';
import { parseTemplate } from './template.js';
import { cancelStep } from './work.js';

/** States from which a stack can be updated. User guide, "Stack status codes". */
const UPDATABLE = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);

/** States in which DeleteStack is accepted. */
const DELETABLE = new Set([
  'REVIEW_IN_PROGRESS',
  'CREATE_IN_PROGRESS',
  'CREATE_COMPLETE',
  'CREATE_FAILED',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
  'UPDATE_ROLLBACK_COMPLETE',
  'UPDATE_ROLLBACK_FAILED',
  'DELETE_FAILED',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
  'IMPORT_ROLLBACK_FAILED',
]);

export function refuseBusy(stack: SimulatedStack, kind: 'create' | 'update'): void {
  const fits = kind === 'create' ? stack.status === 'REVIEW_IN_PROGRESS' : UPDATABLE.has(stack.status);
  if (!fits) throw refused(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

function operationOf(world: World, stack: SimulatedStack, token: string, changeSet: string): Operation {
  const { template, parameters, outputs, resources } = structuredClone(stack);
  return {
    phase: 'create',
    token,
    changeSet,
    before: { template, parameters, outputs, resources },
    imports: [],
    resumesAt: world.now + STARTING,
    steps: [],
    replaced: [],
    made: [],
  };
}

/** ExecuteChangeSet: creates or updates the stack. Every other change set of it is worthless from now on. */
export function beginChange(world: World, stack: SimulatedStack, changeSet: SimulatedChangeSet, token: string): void {
  const { kind, imports } = changeSet;
  const steps = applySteps(parseTemplate(changeSet.template));
  stack.operation = { ...operationOf(world, stack, token, changeSet.id), phase: kind, imports, steps };
  Object.assign(stack, { template: changeSet.template, parameters: structuredClone(changeSet.parameters) });
  if (kind === 'update') stack.updatedAt = world.now;
  const ground = groundOfStack(stack.name);
  if (ground !== undefined) leaveToStack(world.state, ground);
  makeObsolete(stack);
  changeSet.execution = 'EXECUTE_IN_PROGRESS';
  setStackStatus(world, stack, kind === 'create' ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS', 'User Initiated');
}

/** Those that are still being worked out, too. */
function makeObsolete({ changeSets }: SimulatedStack): void {
  for (const other of changeSets) {
    const promising = other.execution === 'AVAILABLE' || isUnfinished(other);
    if (promising) other.execution = 'OBSOLETE';
  }
}

/** CancelUpdateStack. */
export function beginCancel(world: World, stack: SimulatedStack, token: string): void {
  const { operation } = stack;
  if (operation === null || stack.status !== 'UPDATE_IN_PROGRESS')
    throw refused('CancelUpdateStack cannot be called from current stack status');
  for (const step of operation.steps) if (!isOver(step)) cancelStep({ world, stack, operation, step });
  operation.token = token;
  turnBack(world, stack, operation, 'User Initiated');
}

/** ContinueUpdateRollback: what failed is tried again, what is skipped counts as restored, though nothing was done. */
export function beginContinue(world: World, stack: SimulatedStack, skip: readonly string[], token: string): void {
  const { operation } = stack;
  if (operation === null || operation.phase !== 'update-rollback-failed')
    throw refused(`Stack:${stack.id} is in ${stack.status} state and can not continue update rollback.`);
  const failed = operation.steps.filter(({ state }) => state === 'failed').map(({ id }) => id);
  const wrong = skip.filter((id) => !failed.includes(id));
  if (wrong.length > 0) throw refused(`ResourcesToSkip contains resources that are not in a failed state: [${wrong.join(', ')}]`);
  Object.assign(operation, { token, phase: 'update-rollback', resumesAt: world.now + STARTING });
  setStackStatus(world, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated');
  for (const step of operation.steps) {
    if (step.state === 'done') continue;
    const skipped = skip.includes(step.id);
    Object.assign(step, { state: skipped ? 'done' : 'waiting', failure: '' });
    if (skipped) believe(world, stack, step.resource as SimulatedResource);
  }
}

function believe(world: World, stack: SimulatedStack, previous: SimulatedResource): void {
  stack.resources[previous.id] = structuredClone(previous);
  setStatus(world, stack, stack.resources[previous.id] as SimulatedResource, 'UPDATE_COMPLETE');
}

/** DeleteStack. A stack that was only reviewed is gone at once. */
export function beginDelete(world: World, stack: SimulatedStack, retain: readonly string[], token: string): void {
  if (stack.status === 'DELETE_IN_PROGRESS') return;
  if (!DELETABLE.has(stack.status)) throw refused(`Stack [${stack.id}] cannot be deleted while in status ${stack.status}`);
  if (retain.length > 0 && stack.status !== 'DELETE_FAILED')
    throw refused(`Invalid operation on stack [${stack.id}]. RetainResources is for stacks in the DELETE_FAILED state`);
  refuseRetained(stack, retain);
  const running = stack.operation;
  for (const step of running?.steps ?? [])
    if (running !== null && !isOver(step)) cancelStep({ world, stack, operation: running, step });
  makeObsolete(stack);
  const things = [...thingsOf(stack), ...leftOf(stack)];
  stack.operation = { ...operationOf(world, stack, token, ''), phase: 'delete', steps: deleteSteps(things, new Set(retain)) };
  setStackStatus(world, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
}

/** What an unfinished update replaced and never deleted. */
function leftOf({ operation, resources }: SimulatedStack): SimulatedResource[] {
  const left = [...(operation?.replaced ?? []), ...(operation?.made ?? [])];
  return left.filter(({ id, physicalId }) => resources[id]?.physicalId !== physicalId);
}

function refuseRetained(stack: SimulatedStack, retain: readonly string[]): void {
  const wrong = retain.filter((id) => stack.resources[id]?.status !== 'DELETE_FAILED');
  if (wrong.length > 0)
    throw refused(`The following resources to retain are not in the DELETE_FAILED state: [${wrong.join(', ')}]`);
}
