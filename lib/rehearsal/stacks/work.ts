import { ask, performApply, startApply, type Work } from './apply.js';
import { durationOf, LOOKING, MOST_FOR_A_SERVICE } from './durations.js';
import { handlerReason, setStatus } from './events.js';
import { changeThing, removeThing, SERVICE } from './handlers.js';
import { leaveNames } from './names.js';
import type { SimulatedResource } from './state.js';

/** Events of resources begin with these. */
const WORDS = {
  nothing: 'UPDATE',
  create: 'CREATE',
  replace: 'UPDATE',
  import: 'IMPORT',
  update: 'UPDATE',
  restore: 'UPDATE',
  delete: 'DELETE',
} as const;

/** The resource that a step works on, as it is now; for deletions, the thing that goes. */
function subject({ stack, step }: Work): SimulatedResource {
  if (step.action === 'delete' && step.resource !== null) {
    const now = stack.resources[step.id];
    return now?.physicalId === step.resource.physicalId ? now : step.resource;
  }
  return stack.resources[step.id] as SimulatedResource;
}

export function startStep(work: Work): void {
  if (work.step.action === 'apply') startApply(work);
  else if (work.step.action === 'restore') startRestore(work);
  else startDelete(work);
}

/** Something that was replaced is only pointed at again; what was changed in place is changed back. */
function startRestore(work: Work): void {
  const { world, stack, step } = work;
  const previous = step.resource as SimulatedResource;
  const current = subject(work);
  if (current.physicalId !== previous.physicalId) {
    stack.resources[step.id] = structuredClone(previous);
    finish(work);
    return;
  }
  ask(work, 'restore');
  step.failure = world.script.resourceFailure(stack.name, step.id, 'rollback', world.now) ?? '';
  setStatus(world, stack, current, 'UPDATE_IN_PROGRESS');
}

function startDelete(work: Work): void {
  const { world, stack, step } = work;
  const thing = subject(work);
  if (step.retain) {
    leaveNames(world, thing.type, { stack: stack.name, id: thing.id, physicalId: thing.physicalId });
    setStatus(world, stack, thing, 'DELETE_SKIPPED');
    forget(work);
    step.state = 'done';
    return;
  }
  ask(work, 'delete');
  step.failure = world.script.resourceFailure(stack.name, step.id, 'delete', world.now) ?? '';
  setStatus(world, stack, thing, 'DELETE_IN_PROGRESS');
}

/** The thing is no longer the stack's. */
function forget({ stack, step }: Work): void {
  if (stack.resources[step.id]?.physicalId === step.resource?.physicalId) delete stack.resources[step.id];
}

/** Called when a step's time has come. */
export function wakeStep(work: Work): void {
  const { step } = work;
  if (step.state === 'asked') {
    const refusal = perform(work);
    if (refusal !== undefined) fail(work, refusal);
    return;
  }
  const outcome = look(work);
  if (outcome.kind === 'failed') fail(work, outcome.reason);
  else if (outcome.kind === 'done') finish(work);
  else step.wakesAt = work.world.now + LOOKING;
}

/** A handler that will fail does not get as far as changing anything. */
function perform(work: Work): string | undefined {
  const { world, stack, step } = work;
  const resource = subject(work);
  if (step.action === 'delete') wait(work, 'delete', resource.type);
  else wait(work, step.doing === 'create' || step.doing === 'replace' ? 'create' : 'update', resource.type);
  if (step.failure !== '') return undefined;
  if (step.action === 'apply') return performApply(work);
  if (step.action === 'delete') {
    removeThing(world, resource, stack.name);
    return undefined;
  }
  const refusal = changeThing(world, resource, (step.resource as SimulatedResource).properties, stack.name);
  return refusal === undefined ? undefined : handlerReason(world, refusal, 'AlreadyExists');
}

function wait({ world, step }: Work, what: 'create' | 'update' | 'delete', type: string): void {
  step.state = 'working';
  step.wakesAt = world.now + durationOf(type, what);
}

type Outcome = { readonly kind: 'done' } | { readonly kind: 'later' } | { readonly kind: 'failed'; readonly reason: string };

function look(work: Work): Outcome {
  const { world, step } = work;
  if (step.failure !== '') return { kind: 'failed', reason: handlerReason(world, step.failure, 'GeneralServiceException') };
  return subject(work).type === SERVICE ? lookAtService(work) : { kind: 'done' };
}

function lookAtService(work: Work): Outcome {
  const { world, step } = work;
  const state = world.services.serviceState(subject(work).physicalId);
  const wanted = step.action === 'delete' ? 'gone' : 'steady';
  if (state.kind === wanted) return { kind: 'done' };
  if (state.kind === 'gone') return { kind: 'failed', reason: handlerReason(world, 'Service was not found', 'NotFound') };
  if (state.kind === 'failed' && wanted === 'steady') {
    const message = `Error occurred during operation '${state.reason}'.`;
    return { kind: 'failed', reason: handlerReason(world, message, 'GeneralServiceException') };
  }
  if (world.now - step.startedAt < MOST_FOR_A_SERVICE) return { kind: 'later' };
  return { kind: 'failed', reason: handlerReason(world, 'Exceeded attempts to wait', 'NotStabilized') };
}

function finish(work: Work): void {
  const { world, stack, step } = work;
  step.state = 'done';
  const resource = subject(work);
  if (step.doing === 'restore') Object.assign(resource, restored(step.resource as SimulatedResource));
  setStatus(world, stack, resource, `${WORDS[step.doing]}_COMPLETE`);
  if (step.action === 'delete') forget(work);
}

const restored = ({ properties, attributes, retain, retainReplaced, dependsOn }: SimulatedResource): Partial<SimulatedResource> =>
  structuredClone({ properties, attributes, retain, retainReplaced, dependsOn });

function fail(work: Work, reason: string): void {
  work.step.state = 'failed';
  setStatus(work.world, work.stack, subject(work), `${WORDS[work.step.doing]}_FAILED`, reason);
}

/** Stops a step on its way, as CloudFormation does when another one failed or a person says so. */
export function cancelStep(work: Work): void {
  const { world, stack, step } = work;
  const running = step.state === 'asked' || step.state === 'working';
  step.state = 'cancelled';
  if (!running) return;
  const creating = step.doing === 'create' || step.doing === 'import';
  const reason = creating ? 'Resource creation cancelled' : 'Resource update cancelled';
  setStatus(world, stack, subject(work), `${WORDS[step.doing]}_FAILED`, reason);
}
