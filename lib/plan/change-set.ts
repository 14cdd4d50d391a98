import type { Plan } from '../model/plan.js';
import type { ChangeSetState } from '../model/windows.js';

/**
 * What a change set would do that the plan did not say, a sentence each; empty when it does what was planned, or less.
 *
 * CloudFormation also lists, as modified or perhaps replaced, what only refers to something that changes: that is no surprise.
 */
export function confirmChangeSet(plan: Plan, changeSet: ChangeSetState): readonly string[] {
  const planned = new Map(plan.resources.map((change) => [change.id, change]));
  return changeSet.changes.flatMap(({ id, type, action, replacement, policy }) => {
    const said = planned.get(id);
    if (action === 'Add' && said?.action !== 'add') return [`${id} (${type}) would be made, which was not planned`];
    if (action === 'Remove' && said?.action !== 'remove') return [`${id} (${type}) would be removed, which was not planned`];
    if (action === 'Remove' && said?.retained === true && policy === 'Delete')
      return [`${id} (${type}) would be deleted, and it was to stay behind`];
    if (action !== 'Modify' || replacement !== 'True') return [];
    if (said === undefined || said.action !== 'modify' || said.replacement === 'none')
      return [`${id} (${type}) would be replaced, which was not planned`];
    return said.retained && policy === 'Delete' ? [`the old ${id} (${type}) would be deleted, and it was to stay behind`] : [];
  });
}
