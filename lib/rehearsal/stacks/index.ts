import type { Subsystem, World } from '../world.js';
import { advance, nextOf } from './advance.js';
import { moveChangeSet } from './change-set.js';
import type { SimulatedStack } from './state.js';

export { stacksWindow } from './window.js';

/** CloudFormation as time goes by: change sets are worked out, stacks move. */
export class SimulatedStacks implements Subsystem {
  constructor(private readonly world: World) {}

  nextAt(): number {
    return Math.min(...this.alive().flatMap((stack) => [nextOf(stack), ...pending(stack)]), Number.POSITIVE_INFINITY);
  }

  tick(now: number): void {
    for (const stack of this.alive()) {
      for (const changeSet of stack.changeSets)
        if (changeSet.wakesAt > 0 && changeSet.wakesAt <= now) moveChangeSet(changeSet, now);
      advance(this.world, stack);
    }
  }

  private alive(): SimulatedStack[] {
    return this.world.state.stacks.stacks.filter(({ status }) => status !== 'DELETE_COMPLETE');
  }
}

const pending = ({ changeSets }: SimulatedStack): number[] =>
  changeSets.map(({ wakesAt }) => (wakesAt > 0 ? wakesAt : Number.POSITIVE_INFINITY));
