import type {
  ElasticLoadBalancingV2,
  LoadBalancer,
  Rule,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Given } from '../../model/given.js';
import type { BalancerState, BalancersWindow, TargetHealth } from '../../model/windows.js';
import { type AwsSession, given, once } from './session.js';

type Weights = Given<Readonly<Record<string, number>>>;

/** Elastic Load Balancing v2. */
export function openBalancers(session: AwsSession): BalancersWindow {
  const client = once(() => {
    const { ElasticLoadBalancingV2 } =
      require('@aws-sdk/client-elastic-load-balancing-v2') as typeof import('@aws-sdk/client-elastic-load-balancing-v2');
    return new ElasticLoadBalancingV2(session.settings());
  });
  return {
    async targetHealth(targetGroup) {
      return await session.call<readonly TargetHealth[]>(
        { action: 'elasticloadbalancing:DescribeTargetHealth', resource: `target group ${targetGroup}` },
        async () => {
          const { TargetHealthDescriptions = [] } = await client().describeTargetHealth({ TargetGroupArn: targetGroup });
          return TargetHealthDescriptions.map(healthOf);
        },
        (error) => (/^TargetGroupNotFound/.test(error.name) ? [] : undefined),
      );
    },

    async ruleWeights(rule) {
      return await session.call<Weights>(
        { action: 'elasticloadbalancing:DescribeRules', resource: `listener rule ${rule}` },
        async () => {
          const { Rules: [found] = [] } = await client().describeRules({ RuleArns: [rule] });
          return found === undefined ? { kind: 'none' } : { kind: 'given', value: weightsOf(found) };
        },
        (error) => (/^RuleNotFound/.test(error.name) ? { kind: 'none' } : undefined),
      );
    },

    async balancer(arn) {
      return await session.call<Given<BalancerState>>(
        { action: 'elasticloadbalancing:DescribeLoadBalancers', resource: `load balancer ${arn}` },
        async () => {
          const { LoadBalancers: [found] = [] } = await client().describeLoadBalancers({ LoadBalancerArns: [arn] });
          if (found === undefined) return { kind: 'none' };
          return { kind: 'given', value: balancerState(found, await listenersOf(client(), arn)) };
        },
        (error) => (/^LoadBalancerNotFound/.test(error.name) ? { kind: 'none' } : undefined),
      );
    },
  };
}

/** A balancer has at most 50 listeners, and a page holds as many. */
async function listenersOf(client: ElasticLoadBalancingV2, arn: string): Promise<BalancerState['listeners']> {
  const { Listeners = [] } = await client.describeListeners({ LoadBalancerArn: arn });
  return Listeners.map(({ ListenerArn = '', Port = 0 }) => ({ arn: ListenerArn, port: Port }));
}

function balancerState(found: LoadBalancer, listeners: BalancerState['listeners']): BalancerState {
  return {
    type: found.Type ?? '',
    scheme: found.Scheme === 'internal' ? 'internal' : 'internet-facing',
    vpc: found.VpcId ?? '',
    dnsName: found.DNSName ?? '',
    zone: found.CanonicalHostedZoneId ?? '',
    securityGroups: found.SecurityGroups ?? [],
    listeners,
  };
}

function healthOf({ Target, TargetHealth: health }: TargetHealthDescription): TargetHealth {
  const state = health?.State ?? 'unavailable';
  return {
    target: Target?.Id ?? '',
    state: state === 'unhealthy.draining' ? 'draining' : state,
    code: given(health?.Reason),
    description: given(health?.Description),
  };
}

/** A rule with one group may name it without a weight: all requests go there. */
function weightsOf({ Actions = [] }: Rule): Record<string, number> {
  const forward = Actions.find(({ Type }) => Type === 'forward');
  const groups = forward?.ForwardConfig?.TargetGroups ?? [];
  if (groups.length === 0 && forward?.TargetGroupArn !== undefined) return { [forward.TargetGroupArn]: 1 };
  return Object.fromEntries(groups.map(({ TargetGroupArn = '', Weight = 1 }) => [TargetGroupArn, Weight]));
}
