import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import { arnOf, stackName, sub } from '../resource.js';

/** Stacks of this environment, and what is named after them, begin so. */
export const stackPattern = ({ prefix, environment }: Platform): string =>
  environment === 'default' ? `${prefix}-*` : `${prefix}-${environment}--*`;

/**
 * The names that `stackPattern` fits and that are not an app's: the platform's own stack, and in the default environment those of the
 * others, which alone have `--` in their names.
 */
export function foreignPatterns(platform: Platform): string[] {
  const own = stackName(platform, 'platform');
  return platform.environment === 'default' ? [`${own}*`, `${platform.prefix}-*--*`] : [`${own}*`];
}

/** Characters of a stack's name that CloudFormation keeps when a name may have 64. */
const KEPT = 24;

/** The pattern of generated names that have no room for the whole of the stack's name. */
export function shortPattern(platform: Platform): string {
  const head = stackPattern(platform).slice(0, -1);
  return `${head.slice(0, KEPT)}*`;
}

export const stackArn = (pattern: string): Json => arnOf('cloudformation', `stack/${pattern}/*`);

/** IAM has no regions. */
export const roleArn = (pattern: string): Json => sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${pattern}`);

export const deny = (Action: Json, Resource: Json, Condition?: JsonObject): JsonObject => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});

/** Only what carries the tag of this environment. */
export const ours = ({ environment }: Platform): JsonObject => ({
  StringEquals: { 'aws:ResourceTag/empire:environment': environment },
});

/** What has no tag yet may get ours; what another environment tagged stays as it is. */
export const unlessForeign = ({ environment }: Platform): JsonObject => ({
  StringEqualsIfExists: { 'aws:ResourceTag/empire:environment': environment },
});
