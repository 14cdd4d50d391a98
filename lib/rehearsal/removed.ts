import { parameterName } from './parameter-name.js';
import type { Removable } from './script-state.js';
import type { RehearsalState } from './state.js';

/** Whether a script took it away. */
export const isRemoved = (state: RehearsalState, what: Removable, name: string): boolean =>
  state.script.removed.includes(removedName(what, name));

/** As it is kept. */
export const removedName = (what: Removable, name: string): string =>
  `${what} ${what === 'parameter' ? parameterName(name) : name}`;
