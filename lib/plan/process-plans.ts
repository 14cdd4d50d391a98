import type { Plan, ProcessPlan, ResourceChange } from '../model/plan.js';
import { introduced, processChanges } from './process-changes.js';
import { factsOf, type ProcessFacts } from './process-facts.js';
import { idPrefix } from './process-of.js';
import { restarts } from './restarts.js';
import type { Sides } from './sides.js';

/** What happens to each process; what belongs to none is under the name `''`, first. */
export function processPlans(resources: readonly ResourceChange[], parameters: Plan['parameters'], sides: Sides): ProcessPlan[] {
  return ['', ...sides.owners.processes].flatMap((name) => {
    const own = resources.filter(({ process }) => process === name);
    const restarted = parameters.some((parameter) => name !== '' && parameter.name === `${idPrefix(name)}Restart`);
    if (own.length === 0 && !restarted) return [];
    return name === '' ? [appPlan(own)] : [processPlan(name, own, restarted, sides)];
  });
}

function appPlan(resources: readonly ResourceChange[]): ProcessPlan {
  const kinds = new Set(resources.map(({ action }) => action));
  const only = kinds.size === 1 ? [...kinds][0] : 'modify';
  const change = only === 'add' ? 'added' : only === 'remove' ? 'removed' : 'changed';
  const changes = change === 'changed' ? processChanges(NOTHING, NOTHING, resources, NO_WORDS) : [];
  return { name: '', change, restarts: false, changes };
}

const NOTHING: ProcessFacts = { containers: [], size: '', count: '', schedule: '', service: undefined, targetGroups: [] };
const NO_WORDS = { hides: () => false, references: { before: [], after: [] } };

function processPlan(name: string, own: readonly ResourceChange[], restarted: boolean, sides: Sides): ProcessPlan {
  const [before, after] = [sides.before, sides.after].map(({ template }) => factsOf(name, template, sides.owners));
  if (after === undefined) return { name, change: 'removed', restarts: false, changes: [] };
  if (before === undefined) return { name, change: 'added', restarts: false, changes: introduced(after, sides.words) };
  const changes = processChanges(before, after, own, sides.words);
  return {
    name,
    change: 'changed',
    restarts: restarts(before, after, own),
    changes: restarted ? [{ kind: 'restart' }, ...changes] : changes,
  };
}
