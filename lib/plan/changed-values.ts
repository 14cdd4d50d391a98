import type { Plan } from '../model/plan.js';
import type { PlanInput, Values } from './input.js';
import { NO_TEMPLATE, type TemplateJson } from './template-json.js';

/** The number of the release: it changes with every release and changes nothing else. */
const NUMBER = 'Release';

/** Parameters, the platform's included, whose value is another after the release. */
export function changedValues(input: PlanInput, before: TemplateJson, after: TemplateJson): Plan['parameters'] {
  const values = [...changed(input.parameters), ...changed(input.platform)];
  return values
    .filter(({ name }) => name !== NUMBER && name in after.parameters && (before === NO_TEMPLATE || name in before.parameters))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function changed({ before, after }: Values): Plan['parameters'] {
  return Object.entries(after).flatMap(([name, value]) => {
    const old = before[name];
    if (old === value) return [];
    return [
      {
        name,
        before: old === undefined ? ({ kind: 'none' } as const) : ({ kind: 'given', value: old } as const),
        after: { kind: 'given', value } as const,
      },
    ];
  });
}

/** Parameters that have a value before and after, with the value of one side. */
export function valuesOf(parameters: Plan['parameters'], side: 'before' | 'after'): Map<string, string> {
  const both = parameters.filter(({ before, after }) => before.kind === 'given' && after.kind === 'given');
  return new Map(both.map((one) => [one.name, one[side].kind === 'given' ? one[side].value : '']));
}
