import type { SimulatedResource } from './stacks/state.js';
import type { WorldIdentity, WorldState } from './world.js';

/**
 * The shared ground of an environment in a rehearsed account. It is there from the beginning, so that an app can be deployed at once;
 * once its stack was deployed or destroyed, it is what that stack makes of it and nothing else.
 *
 * @returns `empire-production` for the stack `empire-production--platform`, `empire-default` for `empire-platform`
 */
export function groundOfStack(name: string): string | undefined {
  const other = /^(.+)--platform$/.exec(name)?.[1];
  if (other !== undefined) return other;
  const prefix = /^(.+)-platform$/.exec(name)?.[1];
  return prefix === undefined ? undefined : `${prefix}-default`;
}

/** `/empire/production/vpc-id` is of `empire-production`. */
export function groundOfParameter(name: string): string | undefined {
  const [, prefix, environment] = /^\/?([^/]+)\/([^/]+)\/[^/]+$/.exec(name) ?? [];
  return prefix === undefined ? undefined : `${prefix}-${environment}`;
}

export const releasesOf = (ground: string, { account, region }: Pick<WorldIdentity, 'account' | 'region'>): string =>
  `${ground}-releases-${account}-${region}`;

/** Whose bucket of releases it is, by its name. */
export const groundOfBucket = (bucket: string): string | undefined => /^(.+)-releases-[0-9]{12}-[a-z0-9-]+$/.exec(bucket)?.[1];

/** Whether only the stack decides what there is. */
export const isOfStack = ({ stacks }: WorldState, ground: string | undefined): boolean =>
  ground !== undefined && stacks.grounds.includes(ground);

/** From now on only the stack decides. */
export function leaveToStack({ stacks }: WorldState, ground: string): void {
  if (!stacks.grounds.includes(ground)) stacks.grounds.push(ground);
}

/** The value of an SSM parameter that a stack made. */
export function madeParameter({ stacks }: WorldState, name: string): string | undefined {
  const found = stacks.stacks.flatMap(({ status, resources }) => (status === 'DELETE_COMPLETE' ? [] : Object.values(resources)));
  const parameter = found.find((one) => isParameter(one, name));
  return parameter === undefined ? undefined : String(parameter.properties['Value']);
}

const isParameter = ({ type, physicalId, properties }: SimulatedResource, name: string): boolean =>
  type === 'AWS::SSM::Parameter' && physicalId !== '' && properties['Name'] === `/${name.replace(/^\//, '')}`;
