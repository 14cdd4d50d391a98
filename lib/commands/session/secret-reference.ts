import { Failure } from '../../failure.js';
import type { SecretReference } from '../../model/app.js';
import { formatSecretReference } from '../../parse/secrets.js';
import { appOf } from './edit-and-release.js';
import type { LocalApp } from './local.js';

/** Where the value of a secret goes: the parameter it refers to already, or the app's own path. */
export function referenceFor(name: string, local: LocalApp): SecretReference {
  const { platform, name: app } = local;
  const known = appOf(local);
  const secret = known.kind === 'given' ? known.value.secrets.find((one) => one.name === name) : undefined;
  return secret?.reference ?? { kind: 'ssm', parameter: `/${platform.prefix}/${platform.environment}/${app}/${name}` };
}

/** The parameter's name for SSM; a secret of another service is not ours to write. */
export function parameterName(name: string, reference: SecretReference): string {
  if (reference.kind === 'ssm') return reference.parameter;
  const arn = reference.kind === 'ssm-arn' ? /:parameter(\/.+)$/.exec(reference.arn)?.[1] : undefined;
  if (arn !== undefined) return arn;
  throw new Failure(
    name,
    `\`${name}\` is ${formatSecretReference(reference)}, which is not in the parameter store`,
    'change the value in Secrets Manager, then restart the processes that use it',
    'secret-elsewhere',
  );
}
