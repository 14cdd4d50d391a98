import type { Given } from '../model/given.js';
import type { Ground } from '../model/ground.js';
import type { JsonObject } from '../model/json.js';
import type { BalancerState, BalancersWindow, TargetHealth } from '../model/windows.js';
import type { Gate } from './gate.js';
import { isRemoved } from './removed.js';
import { listIn, numberIn, objectIn, textIn } from './services/properties.js';

/** Target groups and listener rules. */
export function rehearsedBalancers(gate: Gate, ground: Given<Ground>): BalancersWindow {
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
    balancer: (arn) =>
      gate.call('balancers.balancer', ({ state }) => {
        const found = isRemoved(state, 'piece', arn) ? undefined : adoptedBalancer(ground, arn);
        return found === undefined ? { kind: 'none' as const } : { kind: 'given' as const, value: found };
      }),
  };
}

/** As the platform file says that it is. */
function adoptedBalancer(ground: Given<Ground>, arn: string): BalancerState | undefined {
  if (ground.kind === 'none') return undefined;
  const { internalBalancer, publicBalancer, platform } = ground.value;
  const ours = [internalBalancer, publicBalancer].flatMap((one) => (one.kind === 'given' ? [one.value] : []));
  const found = ours.find((one) => one.arn === arn);
  if (found === undefined) return undefined;
  const isInternal = internalBalancer.kind === 'given' && internalBalancer.value.arn === arn;
  return {
    type: 'application',
    scheme: isInternal ? 'internal' : 'internet-facing',
    vpc: platform.network.kind === 'existing' ? platform.network.vpcId : '',
    dnsName: found.dnsName,
    zone: found.zoneId,
    securityGroups: [found.securityGroup],
    listeners: Object.entries(found.listeners).map(([port, listener]) => ({ arn: listener, port: Number(port) })),
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
