import type { JsonObject } from '../model/json.js';
import type { BalancersWindow, TargetHealth } from '../model/windows.js';
import type { Gate } from './gate.js';
import { listIn, numberIn, objectIn, textIn } from './services/properties.js';

/** Target groups and listener rules. */
export function rehearsedBalancers(gate: Gate): BalancersWindow {
  return {
    targetHealth: (group) =>
      gate.call('balancers.targetHealth', ({ state }) =>
        Object.values(state.services.tasks).flatMap(({ address, targets }) =>
          targets
            .filter((target) => target.group === group)
            .map(({ state: health, code, description }): TargetHealth => {
              return { target: address, state: health, code: given(code), description: given(description) };
            }),
        ),
      ),
    ruleWeights: (rule) =>
      gate.call('balancers.ruleWeights', ({ state }) => {
        const properties = state.services.rules[rule];
        if (properties === undefined) return { kind: 'none' as const };
        return { kind: 'given' as const, value: state.services.weights[rule] ?? writtenWeights(properties) };
      }),
  };
}

/** As the template says them, while ECS has not touched them. */
function writtenWeights(rule: JsonObject): Record<string, number> {
  const weights: Record<string, number> = {};
  for (const action of listIn(rule, 'Actions')) {
    for (const group of listIn(objectIn(action, 'ForwardConfig'), 'TargetGroups')) {
      weights[textIn(group, 'TargetGroupArn', '')] = numberIn(group, 'Weight', 1);
    }
    const single = textIn(action, 'TargetGroupArn', '');
    if (single !== '') weights[single] = 1;
  }
  return weights;
}

const given = (value: string | null): TargetHealth['code'] => (value === null ? { kind: 'none' } : { kind: 'given', value });
