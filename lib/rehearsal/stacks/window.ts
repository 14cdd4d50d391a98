import type { Given } from '../../model/given.js';
import type { ChangeSetInput, StacksWindow } from '../../model/windows.js';
import { groundOfStack, isOfStack, leaveToStack, releasesOf } from '../grounds.js';
import type { World } from '../world.js';
import { isUnfinished, makeChangeSet } from './change-set.js';
import { setStackStatus } from './events.js';
import { mintUuid } from './mint.js';
import { beginCancel, beginChange, beginContinue, beginDelete, refuseBusy } from './operations.js';
import { refused } from './refusal.js';
import type { SimulatedEvent, SimulatedStack } from './state.js';
import { changeSetOf, eventOf, resourceOf, stateOf } from './views.js';

const NONE: Given<never> = { kind: 'none' };

/** The window as the rest of the product sees it. Whoever wires it settles the world before each call. */
export function stacksWindow(world: World): StacksWindow {
  const find = (name: string): SimulatedStack | undefined => findStack(world, name);
  const need = (name: string): SimulatedStack => find(name) ?? refuseMissing(name);
  return {
    describe: async (name) => {
      const stack = find(name);
      return stack === undefined || stack.status === 'DELETE_COMPLETE' ? NONE : { kind: 'given', value: stateOf(stack) };
    },
    list: async (prefix) => listed(world, prefix).map(stateOf),
    // Of a stack in review it is empty (issue envato/stack_master#232 shows one); only GetTemplateSummary refuses.
    template: async (name) => need(name).template,
    resources: async (name) => Object.values(need(name).resources).map(resourceOf),
    events: async (name, { after, limit }) => newer(need(name).events, after, limit).map(eventOf),
    createChangeSet: async (input) => create(world, find(input.stack), input),
    changeSet: async (name, id) => {
      const changeSet = find(name)?.changeSets.find((one) => one.id === id || one.name === id);
      return changeSet === undefined ? NONE : { kind: 'given', value: changeSetOf(changeSet) };
    },
    executeChangeSet: async ({ stack, id, token }) => execute(world, need(stack), id, token),
    deleteChangeSet: async (name, id) => remove(find(name), id),
    cancelUpdate: async (name, token) => once(need(name), token, (stack) => beginCancel(world, stack, token)),
    continueRollback: async ({ stack: name, skip, token }) =>
      once(need(name), token, (stack) => beginContinue(world, stack, skip, token)),
    delete: async ({ stack: name, retain, token }) => {
      const stack = find(name);
      if (stack === undefined) return removeGround(world, name);
      if (stack.status === 'DELETE_COMPLETE') return;
      once(stack, token, () => beginDelete(world, stack, retain, token));
    },
  };
}

/** A platform that is there without a stack goes like one that has a stack; its bucket stays, as it always does. */
function removeGround(world: World, stack: string): void {
  const ground = groundOfStack(stack);
  if (ground === undefined || isOfStack(world.state, ground)) return;
  world.buckets.makeBucket(releasesOf(ground, world));
  leaveToStack(world.state, ground);
}

/** By ARN any stack; by name only one that is not deleted. */
function findStack(world: World, name: string): SimulatedStack | undefined {
  const { stacks } = world.state.stacks;
  return stacks.find((stack) =>
    name.startsWith('arn:') ? stack.id === name : stack.name === name && stack.status !== 'DELETE_COMPLETE',
  );
}

function refuseMissing(name: string): never {
  throw refused(`Stack with id ${name} does not exist`);
}

function listed(world: World, prefix: string): SimulatedStack[] {
  const found = world.state.stacks.stacks.filter(({ name, status }) => name.startsWith(prefix) && status !== 'DELETE_COMPLETE');
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The same token again is a retry of an operation that was accepted. */
function once(stack: SimulatedStack, token: string, begin: (stack: SimulatedStack) => void): void {
  if (stack.tokens.includes(token)) return;
  begin(stack);
  stack.tokens.push(token);
}

function create(
  world: World,
  found: SimulatedStack | undefined,
  input: ChangeSetInput,
): { kind: 'created' | 'exists'; id: string } {
  if (input.kind === 'update' && found === undefined) throw refused(`Stack [${input.stack}] does not exist`);
  if (input.kind === 'create' && found !== undefined && found.status !== 'REVIEW_IN_PROGRESS')
    throw refused(`Stack [${found.name}] already exists and cannot be created again with the changeSet [${input.name}].`);
  const same = found?.changeSets.find(({ name }) => name === input.name);
  if (same !== undefined) return { kind: 'exists', id: same.id };
  if (found !== undefined) refuseBusy(found, input.kind);
  const stack = found ?? reviewed(world, input.stack);
  const changeSet = makeChangeSet(world, stack, input);
  stack.changeSets.push(changeSet);
  if (found === undefined) {
    world.state.stacks.stacks.push(stack);
    setStackStatus(world, stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
  }
  return { kind: 'created', id: changeSet.id };
}

/** A stack that only has a change set. */
function reviewed(world: World, name: string): SimulatedStack {
  const id = `arn:${world.partition}:cloudformation:${world.region}:${world.account}:stack/${name}/${mintUuid(world)}`;
  const empty = {
    reason: '',
    updatedAt: 0,
    template: '',
    parameters: [],
    outputs: {},
    resources: {},
    events: [],
    changeSets: [],
  };
  return { id, name, status: 'REVIEW_IN_PROGRESS', createdAt: world.now, ...empty, operation: null, tokens: [] };
}

/** A stack that is busy or cannot be updated has no change set that is available: each operation made the others obsolete. */
function execute(world: World, stack: SimulatedStack, id: string, token: string): void {
  if (stack.tokens.includes(token)) return;
  const changeSet = stack.changeSets.find((one) => one.id === id || one.name === id);
  if (changeSet === undefined) throw refused(`ChangeSet [${id}] does not exist`, 'ChangeSetNotFoundException');
  const { status, execution } = changeSet;
  if (status !== 'CREATE_COMPLETE')
    throw refused(
      `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${status}]`,
      'InvalidChangeSetStatus',
    );
  if (execution !== 'AVAILABLE')
    throw refused(
      `ChangeSet [${changeSet.id}] cannot be executed in its current execution status of [${execution}]`,
      'InvalidChangeSetStatus',
    );
  once(stack, token, () => beginChange(world, stack, changeSet, token));
}

function remove(stack: SimulatedStack | undefined, id: string): void {
  const found = stack?.changeSets.find((one) => one.id === id || one.name === id);
  if (stack === undefined || found === undefined) return;
  // Issue aws/aws-cdk#26182 quotes it.
  if (isUnfinished(found))
    throw refused(
      'An operation on this ChangeSet is currently in progress. Please attempt this operation again later.',
      'InvalidChangeSetStatus',
    );
  if (found.execution === 'EXECUTE_IN_PROGRESS')
    throw refused(
      `ChangeSet [${found.id}] cannot be deleted in its current execution status of [${found.execution}]`,
      'InvalidChangeSetStatus',
    );
  stack.changeSets = stack.changeSets.filter((one) => one !== found);
}

/** The newest `limit`, oldest first. */
function newer(events: readonly SimulatedEvent[], after: Given<string>, limit: number): readonly SimulatedEvent[] {
  const from = after.kind === 'none' ? 0 : events.findIndex(({ id }) => id === after.value) + 1;
  return limit <= 0 ? [] : events.slice(from).slice(-limit);
}
