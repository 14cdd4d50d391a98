import type { Given } from '../model/given.js';
import type { Plan } from '../model/plan.js';
import { changedValues, valuesOf } from './changed-values.js';
import { findingsOf } from './findings.js';
import { CAREFUL, type PlanInput, type PlanWords } from './input.js';
import { predictSeconds } from './predict-seconds.js';
import { Owners } from './process-of.js';
import { processPlans } from './process-plans.js';
import { resourceChanges } from './resource-changes.js';
import type { Sides } from './sides.js';
import { withValues } from './substitute.js';
import { NO_TEMPLATE, parseTemplate, sameTemplate } from './template-json.js';

export { confirmChangeSet } from './change-set.js';
export type { PlanInput, PlanWords } from './input.js';
export { type Prediction, predictSeconds } from './predict-seconds.js';
export { sameTemplate } from './template-json.js';

/**
 * What a release would do to what runs. Pure: nothing is asked of the outside. Values of secrets are nowhere in it, and values of
 * variables only where `words` does not hide them.
 *
 * @throws Failure `template-not-json` when the running template is not JSON
 */
export async function planChanges(input: PlanInput, words: PlanWords = CAREFUL): Promise<Plan> {
  const sides = sidesOf(input, words);
  const { parameters } = sides;
  const kind = sides.before.template === NO_TEMPLATE ? 'create' : parameters.length === 0 && same(input) ? 'none' : 'update';
  if (kind === 'none')
    return { kind, processes: [], resources: [], parameters, findings: [], predictedSeconds: 0, unpredicted: [] };
  const { resources, processes, predictedSeconds } = changesOf(sides);
  const findings = findingsOf(kind, resources, processes, sides);
  return { kind, processes, resources, parameters, findings, predictedSeconds, unpredicted: [] };
}

/** The `predictedSeconds` of an update from one template to another one, without the rest of its plan. */
export function updateSeconds(before: Given<string>, after: string): number {
  const same = { before: {}, after: {} };
  const sourceMap = { stack: '', resources: {} };
  const input = { before, after, sourceMap, sourceMapBefore: { kind: 'none' } as const, parameters: same, platform: same };
  return changesOf(sidesOf(input, CAREFUL)).predictedSeconds;
}

function changesOf(sides: ReturnType<typeof sidesOf>): Pick<Plan, 'resources' | 'processes' | 'predictedSeconds'> {
  const { before, after, parameters } = sides;
  const resources = resourceChanges(sides);
  const processes = processPlans(resources, parameters, sides);
  const predictedSeconds = predictSeconds(before.template, after.template, { resources, processes }).typical;
  return { resources, processes, predictedSeconds };
}

const same = ({ before, after }: PlanInput): boolean => before.kind === 'given' && sameTemplate(before.value, after);

function sidesOf(input: PlanInput, words: PlanWords): Sides & { readonly parameters: Plan['parameters'] } {
  const before = input.before.kind === 'given' ? parseTemplate(input.before.value) : NO_TEMPLATE;
  const after = parseTemplate(input.after);
  const parameters = changedValues(input, before, after);
  return {
    before: { template: before, valued: withValues(before.raw, valuesOf(parameters, 'before')), map: input.sourceMapBefore },
    after: {
      template: after,
      valued: withValues(after.raw, valuesOf(parameters, 'after')),
      map: { kind: 'given', value: input.sourceMap },
    },
    owners: new Owners([before, after]),
    words,
    parameters,
  };
}
