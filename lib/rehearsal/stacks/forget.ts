import type { World } from '../world.js';
import { isUnfinished } from './change-set.js';
import type { SimulatedStack } from './state.js';

const MOST_EVENTS = 2000;
const MOST_CHANGE_SETS = 10;
const MOST_TOKENS = 100;
const MOST_DELETED = 20;

/** Keeps the state small: AWS forgets too, if later. Called when a stack comes to rest. */
export function forgetOld(world: World, stack: SimulatedStack): void {
  const open = stack.changeSets.filter((changeSet) => changeSet.execution === 'AVAILABLE' || isUnfinished(changeSet));
  const closed = stack.changeSets.filter((changeSet) => !open.includes(changeSet)).slice(-MOST_CHANGE_SETS);
  for (const changeSet of closed) changeSet.template = '';
  stack.changeSets = [...closed, ...open];
  stack.events = stack.events.slice(-MOST_EVENTS);
  stack.tokens = stack.tokens.slice(-MOST_TOKENS);
  const { stacks } = world.state;
  const deleted = stacks.stacks.filter(({ status }) => status === 'DELETE_COMPLETE').slice(0, -MOST_DELETED);
  stacks.stacks = stacks.stacks.filter((one) => !deleted.includes(one));
}
