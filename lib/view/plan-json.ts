import type { Given } from '../model/given.js';
import type { Plan } from '../model/plan.js';
import { summarizePlan } from './plan-summary.js';

const orNull = <T>(value: Given<T>): T | null => (value.kind === 'given' ? value.value : null);

/** A plan for programs; what is not there is null. Only ever added to. */
export function planJson(plan: Plan, summary = summarizePlan(plan)): object {
  const { kind, processes, findings, predictedSeconds, unpredicted } = plan;
  return {
    kind,
    summary,
    predictedSeconds,
    unpredicted,
    processes: processes.map(({ name, change, restarts, changes }) => ({ process: name, change, restarts, changes })),
    resources: plan.resources.map(({ properties, place, ...resource }) => ({
      ...resource,
      place: orNull(place),
      properties: properties.map((property) => ({
        path: property.path,
        before: orNull(property.before),
        after: orNull(property.after),
        replacement: property.replacement,
        place: orNull(property.place),
      })),
    })),
    parameters: plan.parameters.map(({ name, before, after }) => ({ name, before: orNull(before), after: orNull(after) })),
    findings,
  };
}
