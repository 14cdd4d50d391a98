import type { World } from '../world.js';
import { STARTING } from './durations.js';
import { evaluate } from './evaluate.js';
import { setStackStatus } from './events.js';
import { forgetOld } from './forget.js';
import { stackScope } from './scope.js';
import type { Operation, SimulatedResource, SimulatedStack, Step } from './state.js';
import { deleteSteps, restoreSteps, thingsOf } from './steps.js';
import { parseTemplate } from './template.js';

const KEEP_NOTHING: ReadonlySet<string> = new Set();
const NOT_DELETED = 'Update successful. One or more resources could not be deleted.';

/** The next part of an operation. */
function enter(world: World, operation: Operation, phase: Operation['phase'], steps: Step[]): void {
  Object.assign(operation, { phase, steps, resumesAt: world.now + STARTING });
}

/** Something failed, or a person cancelled: the way back begins. `why`: none, the failed resources are named. */
export function turnBack(world: World, stack: SimulatedStack, operation: Operation, why?: string): void {
  const { before } = operation;
  const reason = why ?? failedReason(stack, operation);
  if (operation.phase === 'create') {
    enter(world, operation, 'create-rollback', deleteSteps(thingsOf(stack), KEEP_NOTHING));
    setStackStatus(world, stack, 'ROLLBACK_IN_PROGRESS', `${reason}Rollback requested by user.`);
    return;
  }
  const touched = operation.steps.filter(({ doing }) => doing !== 'nothing').flatMap(({ id }) => before.resources[id] ?? []);
  enter(world, operation, 'update-rollback', restoreSteps(touched));
  setStackStatus(world, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
}

/** As CloudFormation words it: those that were cancelled are named too. */
function failedReason(stack: SimulatedStack, { steps }: Operation): string {
  const ids = steps.filter(({ doing }) => doing !== 'nothing').map(({ id }) => id);
  const sentence = (word: string): string => {
    const failed = ids.filter((id) => stack.resources[id]?.status === `${word.toUpperCase()}_FAILED`);
    return failed.length === 0 ? '' : `The following resource(s) failed to ${word}: [${failed.join(', ')}]. `;
  };
  return ['create', 'import', 'update', 'delete'].map(sentence).join('');
}

/** Everything of a part of an operation is over. */
export function conclude(world: World, stack: SimulatedStack, operation: Operation): void {
  const failed = operation.steps.some(({ state }) => state === 'failed');
  const reason = failed ? failedReason(stack, operation) : '';
  switch (operation.phase) {
    case 'create':
      setOutputs(world, stack);
      rest(world, stack, 'CREATE_COMPLETE', '');
      break;
    case 'create-rollback':
      rest(world, stack, failed ? 'ROLLBACK_FAILED' : 'ROLLBACK_COMPLETE', reason);
      break;
    case 'update':
      cleanUp(world, stack, operation);
      break;
    case 'update-cleanup':
      rest(world, stack, 'UPDATE_COMPLETE', failed ? NOT_DELETED : '');
      break;
    case 'update-rollback':
      if (failed) stick(world, stack, operation);
      else cleanUpAfterRollback(world, stack, operation);
      break;
    case 'update-rollback-cleanup':
      rest(world, stack, 'UPDATE_ROLLBACK_COMPLETE', '');
      break;
    case 'delete':
      rest(world, stack, failed ? 'DELETE_FAILED' : 'DELETE_COMPLETE', reason);
      break;
    case 'update-rollback-failed':
      break;
  }
}

function setOutputs(world: World, stack: SimulatedStack): void {
  const template = parseTemplate(stack.template);
  const scope = stackScope(world, stack, template);
  stack.outputs = Object.fromEntries([...template.outputs].map(([id, value]) => [id, String(evaluate(value, scope))]));
}

function rest(world: World, stack: SimulatedStack, status: SimulatedStack['status'], reason: string): void {
  setStackStatus(world, stack, status, reason);
  const execution = status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE' ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
  for (const changeSet of stack.changeSets) if (changeSet.execution === 'EXECUTE_IN_PROGRESS') changeSet.execution = execution;
  stack.operation = null;
  forgetOld(world, stack);
}

/** The update went through: what it replaced and what left the template is deleted now. */
function cleanUp(world: World, stack: SimulatedStack, operation: Operation): void {
  const { resources } = parseTemplate(stack.template);
  const removed = thingsOf(stack).filter(({ id }) => !resources.has(id));
  const replaced = operation.replaced.map((thing): SimulatedResource => ({ ...thing, retain: thing.retainReplaced }));
  enter(world, operation, 'update-cleanup', deleteSteps([...replaced, ...structuredClone(removed)], KEEP_NOTHING));
  setOutputs(world, stack);
  setStackStatus(world, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
}

/** The update was undone: what it made is deleted now. */
function cleanUpAfterRollback(world: World, stack: SimulatedStack, operation: Operation): void {
  const { before, made } = operation;
  Object.assign(stack, { template: before.template, parameters: before.parameters, outputs: { ...before.outputs } });
  for (const [id, { physicalId }] of Object.entries(stack.resources)) if (physicalId === '') delete stack.resources[id];
  enter(world, operation, 'update-rollback-cleanup', deleteSteps(made, KEEP_NOTHING));
  setStackStatus(world, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
}

/** Not even the way back worked: the stack waits for ContinueUpdateRollback. */
function stick(world: World, stack: SimulatedStack, operation: Operation): void {
  setStackStatus(world, stack, 'UPDATE_ROLLBACK_FAILED', failedReason(stack, operation));
  operation.phase = 'update-rollback-failed';
}
