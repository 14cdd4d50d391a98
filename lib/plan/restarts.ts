import type { ResourceChange } from '../model/plan.js';
import type { ProcessFacts } from './process-facts.js';

/**
 * Properties of a service whose change makes ECS start a deployment; the others change in place.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html ("triggers a new service deployment")
 */
const DEPLOYS = new Set([
  'TaskDefinition',
  'ForceNewDeployment',
  'LoadBalancers',
  'NetworkConfiguration',
  'PlatformVersion',
  'CapacityProviderStrategy',
  'ServiceRegistries',
  'ServiceConnectConfiguration',
  'VolumeConfigurations',
  'VpcLatticeConfigurations',
]);

/** Whether new tasks take the place of the old ones. A service whose task definition is byte-identical keeps its tasks. */
export function restarts(before: ProcessFacts, after: ProcessFacts, resources: readonly ResourceChange[]): boolean {
  if (before.service === undefined || after.service === undefined || before.count === '0' || after.count === '0') return false;
  return resources.some(
    ({ type, action, replacement, properties }) =>
      type === 'AWS::ECS::Service' &&
      action === 'modify' &&
      (replacement === 'replace' || properties.some(({ path }) => DEPLOYS.has(path.split('/')[0] as string))),
  );
}
