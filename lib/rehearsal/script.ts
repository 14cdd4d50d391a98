import type { Given } from '../model/given.js';
import type { OutsideCode } from '../model/windows.js';
import type { RehearsalWorld } from './gate.js';
import { pushImage } from './registry.js';
import { removedName } from './removed.js';
import type { ScriptRule, ScriptStep } from './script-state.js';
import { schedule } from './services/scheduler.js';
import { stopTask } from './services/window.js';
import type { RehearsalState } from './state.js';
import type { ResourceOperation, Script } from './world.js';

/** Steps that happen at their time; the others wait for an occasion. */
type TimedStep = Exclude<ScriptStep, { kind: 'fail' | 'refuse' }>;

const isTimed = (step: ScriptStep): step is TimedStep => step.kind !== 'fail' && step.kind !== 'refuse';

/** The scripted failures as CloudFormation meets them. */
export class ScriptedFailures implements Script {
  constructor(private readonly world: RehearsalWorld) {}

  resourceFailure(stack: string, logicalId: string, operation: ResourceOperation, now: number): string | undefined {
    const rule = takeRule(this.world.state, (step, at) => {
      if (step.kind !== 'fail' || step.operation !== operation || at > now) return false;
      return [stack, '*'].includes(step.stack) && [logicalId, '*'].includes(step.resource);
    });
    return rule?.kind === 'fail' ? rule.reason : undefined;
  }
}

/** Whether a call is to be refused, and with which code. */
export function refusalOf(state: RehearsalState, call: string): Given<OutsideCode> {
  const rule = takeRule(
    state,
    (step, at) => step.kind === 'refuse' && at <= state.now && (step.call === call || step.call === '*'),
  );
  return rule?.kind === 'refuse' ? { kind: 'given', value: rule.code } : { kind: 'none' };
}

/** The first rule that fits, one of its times used up. */
function takeRule(state: RehearsalState, fits: (step: ScriptStep, at: number) => boolean): ScriptStep | undefined {
  const rule = state.script.rules.find(({ step, at }) => fits(step, at));
  if (rule === undefined || isTimed(rule.step)) return undefined;
  if (rule.step.times !== null) {
    rule.step.times -= 1;
    if (rule.step.times <= 0) state.script.rules = state.script.rules.filter((each) => each !== rule);
  }
  return rule.step;
}

/** Puts steps into force; those without a time happen now. */
export function addRules(world: RehearsalWorld, rules: readonly ScriptRule[]): void {
  world.state.script.rules.push(...rules);
  applyDue(world, world.now);
}

/** When the script next does something by itself. */
export function nextStepAt(state: RehearsalState): number {
  return Math.min(...state.script.rules.filter(({ step }) => isTimed(step)).map(({ at }) => at), Number.POSITIVE_INFINITY);
}

export function applyDue(world: RehearsalWorld, now: number): void {
  const { script } = world.state;
  const due = script.rules.filter(({ at, step }) => isTimed(step) && at <= now).sort((a, b) => a.at - b.at);
  if (due.length === 0) return;
  script.rules = script.rules.filter((rule) => !due.includes(rule));
  for (const { step } of due) if (isTimed(step)) apply(world, step);
}

function apply(world: RehearsalWorld, step: TimedStep): void {
  const { state } = world;
  switch (step.kind) {
    case 'push':
      pushImage(state, step.image, step.behaviour);
      return;
    case 'remove':
      state.script.removed.push(removedName(step.what, step.name));
      return;
    case 'restore':
      state.script.removed = state.script.removed.filter((removed) => removed !== removedName(step.what, step.name));
      return;
    case 'capacity':
      setCapacity(world, step.available);
      return;
    case 'stop-task':
      stopTasksOf(world, step.task, step.reason);
      return;
  }
}

/** Services that wait for a place look again at once. */
function setCapacity(world: RehearsalWorld, available: boolean): void {
  world.state.script.noCapacity = !available;
  if (!available) return;
  for (const service of Object.values(world.state.services.services)) {
    if (service.status !== 'ACTIVE') continue;
    service.placeAt = 0;
    schedule(world, service);
  }
}

/** A task by its id, or all tasks of a process (the family ends in its name). */
function stopTasksOf(world: RehearsalWorld, name: string, reason: string): void {
  for (const task of Object.values(world.state.services.tasks)) {
    const family = task.definition.split('/').at(-1)?.split(':')[0] ?? '';
    if (task.id === name || family === name || family.endsWith(`_${name}`)) stopTask(world, task.id, reason);
  }
}
