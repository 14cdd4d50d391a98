import type { SecretReference, SecretsManagerReference } from '../../lib/model/app.js';
import type { Given } from '../../lib/model/given.js';
import type { Json } from '../../lib/model/json.js';
import { arnOf, literalSub } from '../resource.js';

/** ECS's `ValueFrom`: the ARN, for Secrets Manager with key, stage and version when one of them was given. */
export function secretValueFrom(reference: SecretReference): Json {
  switch (reference.kind) {
    case 'ssm':
    case 'ssm-arn':
      return parameterArn(reference);
    case 'secretsmanager': {
      const key = reference.key.kind === 'given' ? `:${reference.key.value}::` : '';
      return arnOf('secretsmanager', literalSub(`secret:${reference.secret}${key}`));
    }
    case 'secretsmanager-arn':
      return `${reference.arn}${selector(reference)}`;
  }
}

/** ARN of a parameter, in the stack's own account and region when only its name was written. */
export function parameterArn(reference: Extract<SecretReference, { kind: 'ssm' | 'ssm-arn' }>): Json {
  if (reference.kind === 'ssm-arn') return reference.arn;
  return arnOf('ssm', literalSub(`parameter/${reference.parameter.replace(/^\//, '')}`));
}

/** The secret as the container's repository credentials name it: without key. */
export function credentialsArn(reference: SecretsManagerReference): Json {
  return reference.kind === 'secretsmanager-arn'
    ? reference.arn
    : arnOf('secretsmanager', literalSub(`secret:${reference.secret}`));
}

/**
 * What IAM must allow for a secret: its ARN ends in six random characters, which a name, or an ARN without them, does not say.
 * A last part that is six lower-case letters may be either, so both are allowed.
 */
export function secretResources(reference: SecretsManagerReference): Json[] {
  if (reference.kind === 'secretsmanager') return [arnOf('secretsmanager', literalSub(`secret:${reference.secret}-??????`))];
  const { arn } = reference;
  const last = /-([A-Za-z0-9]{6})$/.exec(arn)?.[1];
  if (last === undefined) return [`${arn}-??????`];
  return /^[a-z]+$/.test(last) ? [arn, `${arn}-??????`] : [arn];
}

function selector({ key, stage, version }: Extract<SecretsManagerReference, { kind: 'secretsmanager-arn' }>): string {
  const parts = [key, stage, version].map(textOf);
  return parts.some((part) => part !== '') ? `:${parts.join(':')}` : '';
}

const textOf = (given: Given<string>): string => (given.kind === 'given' ? given.value : '');
