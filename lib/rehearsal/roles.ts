import type { RolesWindow } from '../model/windows.js';
import type { Gate } from './gate.js';
import { isRemoved } from './removed.js';
import type { RehearsalState } from './state.js';

/** IAM, as far as a platform needs it: a new account has none of the service-linked roles. */
export function rehearsedRoles(gate: Gate): RolesWindow {
  return {
    exists: (name) => gate.call('roles.exists', ({ state }) => state.serviceRoles.some((service) => ROLES[service] === name)),
    createServiceLinked: (service) =>
      gate.call('roles.createServiceLinked', ({ state }) => {
        if (!state.serviceRoles.includes(service)) state.serviceRoles.push(service);
      }),
    policyExists: (arn) => gate.call('roles.policyExists', ({ state }) => isThere(state, arn)),
    providerAudiences: (arn) =>
      gate.call('roles.providerAudiences', ({ state, region }) => {
        if (!isThere(state, arn)) return { kind: 'none' as const };
        return { kind: 'given' as const, value: [`sts.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`] };
      }),
  };
}

/** What a platform file names is there, unless its name ends in `-missing` or a script took it away as a `piece`. */
const isThere = (state: RehearsalState, arn: string): boolean => !arn.endsWith('-missing') && !isRemoved(state, 'piece', arn);

/**
 * Names that the services give their roles. Those who use them know them too; each is a check of the other.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-service-linked-role.html
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html
 */
const ROLES: Readonly<Record<string, string>> = {
  'ecs.amazonaws.com': 'AWSServiceRoleForECS',
  'elasticloadbalancing.amazonaws.com': 'AWSServiceRoleForElasticLoadBalancing',
  'autoscaling.amazonaws.com': 'AWSServiceRoleForAutoScaling',
  'ecs.application-autoscaling.amazonaws.com': 'AWSServiceRoleForApplicationAutoScaling_ECSService',
};
