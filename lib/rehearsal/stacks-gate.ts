import type { StacksWindow } from '../model/windows.js';
import type { Gate } from './gate.js';
import { stacksWindow } from './stacks/index.js';

/** The simulated CloudFormation, each call through the gate. */
export function rehearsedStacks(gate: Gate): StacksWindow {
  const through = <Result>(method: string, action: (stacks: StacksWindow) => Promise<Result>): Promise<Result> =>
    gate.call(`stacks.${method}`, (world) => action(stacksWindow(world)));
  return {
    describe: (stack) => through('describe', (stacks) => stacks.describe(stack)),
    list: (prefix) => through('list', (stacks) => stacks.list(prefix)),
    template: (stack) => through('template', (stacks) => stacks.template(stack)),
    resources: (stack) => through('resources', (stacks) => stacks.resources(stack)),
    events: (stack, query) => through('events', (stacks) => stacks.events(stack, query)),
    createChangeSet: (input) => through('createChangeSet', (stacks) => stacks.createChangeSet(input)),
    changeSet: (stack, id) => through('changeSet', (stacks) => stacks.changeSet(stack, id)),
    executeChangeSet: (input) => through('executeChangeSet', (stacks) => stacks.executeChangeSet(input)),
    deleteChangeSet: (stack, id) => through('deleteChangeSet', (stacks) => stacks.deleteChangeSet(stack, id)),
    cancelUpdate: (stack, token) => through('cancelUpdate', (stacks) => stacks.cancelUpdate(stack, token)),
    continueRollback: (input) => through('continueRollback', (stacks) => stacks.continueRollback(input)),
    delete: (input) => through('delete', (stacks) => stacks.delete(input)),
  };
}
