import type { SecretReference, SecretsManagerReference } from '../model/app.js';
import type { ReleasePlace } from '../model/release.js';

/** What Secrets Manager calls it: its name, or its ARN without key and version. */
export const secretId = (reference: SecretsManagerReference): string =>
  reference.kind === 'secretsmanager' ? reference.secret : reference.arn;

/** The reference as it is written in `secrets`, without key: never a value. */
export function formatSecret(reference: SecretReference): string {
  switch (reference.kind) {
    case 'ssm':
      return `ssm:${reference.parameter}`;
    case 'secretsmanager':
      return `secretsmanager:${reference.secret}`;
    case 'ssm-arn':
    case 'secretsmanager-arn':
      return reference.arn;
  }
}

/** Names under which a parameter may be asked for. An ARN without a path does not say whether its name begins with a slash. */
export function parameterNames(reference: Extract<SecretReference, { kind: 'ssm' | 'ssm-arn' }>): readonly string[] {
  if (reference.kind === 'ssm') return [reference.parameter];
  const name = reference.arn.split(':parameter/')[1] ?? '';
  return name.includes('/') ? [`/${name}`] : [name, `/${name}`];
}

/** Region and account of an ARN that are not where the app runs: `eu-west-1, 210987654321`. Empty: the same, or no ARN. */
export function elsewhere(reference: SecretReference, { region, account }: ReleasePlace): string {
  if (reference.kind === 'ssm' || reference.kind === 'secretsmanager') return '';
  const [, , , itsRegion, itsAccount] = reference.arn.split(':');
  return itsRegion === region && itsAccount === account ? '' : `${itsRegion}, ${itsAccount}`;
}
