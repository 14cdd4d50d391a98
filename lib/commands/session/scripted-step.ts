import type { ScriptStep } from '../../rehearsal/script-state.js';

/** A step as a script says it, without what it leaves to the defaults. */
export function scriptedStep(step: ScriptStep): object {
  switch (step.kind) {
    case 'fail': {
      const { operation, stack, resource, times } = step;
      return {
        fail: operation,
        ...(stack === '*' ? {} : { stack }),
        ...(resource === '*' ? {} : { resource }),
        ...timesOf(times),
      };
    }
    case 'refuse':
      return { refuse: step.call, code: step.code, ...timesOf(step.times) };
    case 'push':
      return { push: step.image, behaviour: step.behaviour };
    case 'remove':
      return { remove: step.what, name: step.name };
    case 'restore':
      return { restore: step.what, name: step.name };
    case 'stop-task':
      return { 'stop-task': step.task, reason: step.reason };
    case 'capacity':
      return { capacity: step.available ? 'enough' : 'none' };
  }
}

const timesOf = (times: number | null): object => (times === 1 ? {} : { times: times ?? 'always' });
