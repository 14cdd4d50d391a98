import type { World } from '../world.js';
import type { Work } from './apply.js';
import { conclude, turnBack } from './phases.js';
import type { Operation, SimulatedStack, Step } from './state.js';
import { isOver, isRunning } from './steps.js';
import { cancelStep, startStep, wakeStep } from './work.js';

/** When the stack moves next; Infinity when it rests or is stuck. */
export function nextOf({ operation }: SimulatedStack): number {
  if (operation === null || operation.phase === 'update-rollback-failed') return Number.POSITIVE_INFINITY;
  const running = operation.steps.filter(isRunning);
  if (running.length === 0) return operation.resumesAt;
  return Math.min(...running.map(({ wakesAt }) => wakesAt));
}

/** Does everything that is due in a stack, until nothing more is. */
export function advance(world: World, stack: SimulatedStack): void {
  while (nextOf(stack) <= world.now) {
    const operation = stack.operation as Operation;
    const works = operation.steps.map((step): Work => ({ world, stack, operation, step }));
    wakeDue(works);
    startReady(works);
    if (goesForward(operation) && operation.steps.some(({ state }) => state === 'failed')) {
      works.filter(({ step }) => !isOver(step)).forEach(cancelStep);
      turnBack(world, stack, operation);
    } else if (operation.steps.every(isOver)) {
      conclude(world, stack, operation);
    }
  }
}

const goesForward = ({ phase }: Operation): boolean => phase === 'create' || phase === 'update';

function wakeDue(works: readonly Work[]): void {
  for (const work of works) if (isRunning(work.step) && work.step.wakesAt <= work.world.now) wakeStep(work);
}

/** Starts what has everything it needs, until nothing more does: a resource with nothing to do is done at once. */
function startReady(works: readonly Work[]): void {
  const waiting = works.filter(({ step }) => step.state === 'waiting');
  const before = (step: Step) => step.after.map((at) => works[at]?.step.state);
  for (const work of waiting) {
    const states = before(work.step);
    if (states.some((state) => state === 'failed' || state === 'cancelled')) work.step.state = 'cancelled';
    else if (states.every((state) => state === 'done')) startStep(work);
  }
  if (waiting.some(({ step }) => step.state !== 'waiting')) startReady(works);
}
