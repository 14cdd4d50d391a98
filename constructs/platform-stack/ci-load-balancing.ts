import type { AdoptedBalancer, Ground } from '../../lib/model/ground.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import { arnOf } from '../resource.js';
import { allow } from '../roles/role.js';
import { ours, unlessForeign } from './ci-names.js';

const arns = (...kinds: readonly string[]): Json[] => kinds.map((kind) => arnOf('elasticloadbalancing', `${kind}/*`));
const actions = (...words: readonly string[]): string[] => words.map((word) => `elasticloadbalancing:${word}`);

const EVERYTHING = ['listener', 'listener-rule', 'loadbalancer', 'targetgroup'];

/** Load balancers of apps, and their part of the shared ones. Their names have no room for the stack's, so tags say whose they are. */
export function loadBalancing(input: Ground): JsonObject[] {
  const { platform } = input;
  return [
    allow(actions('CreateLoadBalancer', 'CreateTargetGroup'), arns('loadbalancer', 'targetgroup')),
    allow(
      actions('*ListenerCertificates', 'CreateListener', 'CreateRule', 'Delete*', 'Modify*', 'Set*'),
      arns(...EVERYTHING),
      ours(platform),
    ),
    ...adoptedListeners(input),
    allow(actions('AddTags', 'RemoveTags'), arns(...EVERYTHING), unlessForeign(platform)),
    // AWS knows no resource for these.
    allow('elasticloadbalancing:Describe*', '*'),
  ];
}

/** Somebody else's listeners carry no tag of ours: named one by one. */
function adoptedListeners({ internalBalancer, publicBalancer }: Ground): JsonObject[] {
  const adopted = [internalBalancer, publicBalancer].flatMap((one): AdoptedBalancer[] =>
    one.kind === 'given' ? [one.value] : [],
  );
  const listeners = adopted.flatMap((balancer) => Object.values(balancer.listeners));
  if (listeners.length === 0) return [];
  return [allow(actions('AddListenerCertificates', 'CreateRule', 'RemoveListenerCertificates'), listeners)];
}
