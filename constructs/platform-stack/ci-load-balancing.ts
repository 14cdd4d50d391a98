import type { AdoptedBalancer, Ground } from '../../lib/model/ground.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import { arnOf } from '../resource.js';
import { allow } from '../roles/role.js';
import { ours, unlessForeign } from './ci-names.js';

const arns = (...kinds: readonly string[]): Json[] => kinds.map((kind) => arnOf('elasticloadbalancing', `${kind}/*`));
const actions = (...words: readonly string[]): string[] => words.map((word) => `elasticloadbalancing:${word}`);

const BALANCERS = ['loadbalancer/app', 'loadbalancer/net'];
const LISTENERS = ['listener/app', 'listener/net'];
const RULES = ['listener-rule/app', 'listener-rule/net'];
const EVERYTHING = [...BALANCERS, ...LISTENERS, ...RULES, 'targetgroup'];

/** Load balancers of apps, and their part of the shared ones. Their names have no room for the stack's, so tags say whose they are. */
export function loadBalancing(input: Ground): JsonObject[] {
  const { platform } = input;
  return [
    allow(actions('CreateLoadBalancer', 'CreateTargetGroup'), arns(...BALANCERS, 'targetgroup')),
    allow(
      actions(
        ...['CreateListener', 'CreateRule', 'DeleteListener', 'DeleteLoadBalancer', 'DeleteRule', 'DeleteTargetGroup'],
        ...['AddListenerCertificates', 'ModifyListener', 'ModifyListenerAttributes', 'ModifyLoadBalancerAttributes', 'ModifyRule'],
        ...['ModifyTargetGroup', 'ModifyTargetGroupAttributes', 'RemoveListenerCertificates', 'SetRulePriorities'],
        ...['SetIpAddressType', 'SetSecurityGroups', 'SetSubnets'],
      ),
      arns(...EVERYTHING),
      ours(platform),
    ),
    ...adoptedListeners(input),
    allow(actions('AddTags', 'RemoveTags'), arns(...EVERYTHING), unlessForeign(platform)),
    // AWS knows no resource for these.
    allow(
      actions(
        ...['DescribeListenerAttributes', 'DescribeListenerCertificates', 'DescribeListeners', 'DescribeLoadBalancerAttributes'],
        ...['DescribeLoadBalancers', 'DescribeTags', 'DescribeTargetGroupAttributes', 'DescribeTargetGroups'],
      ),
      '*',
    ),
  ];
}

/** Somebody else's listeners carry no tag of ours: named one by one. */
function adoptedListeners({ internalBalancer, publicBalancer }: Ground): JsonObject[] {
  const adopted = [internalBalancer, publicBalancer].flatMap((one): AdoptedBalancer[] => (one.kind === 'given' ? [one.value] : []));
  const listeners = adopted.flatMap((balancer) => Object.values(balancer.listeners));
  if (listeners.length === 0) return [];
  return [allow(actions('AddListenerCertificates', 'CreateRule', 'RemoveListenerCertificates'), listeners)];
}
