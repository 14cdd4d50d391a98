import type { SecretsWindow } from '../../model/windows.js';
import { type AwsSession, once } from './session.js';

/** Secrets Manager. Never reads a value. */
export function openSecrets(session: AwsSession): SecretsWindow {
  const client = once(() => {
    const { SecretsManager } = require('@aws-sdk/client-secrets-manager') as typeof import('@aws-sdk/client-secrets-manager');
    return new SecretsManager(session.settings());
  });
  return {
    async exists(secret) {
      return await session.call(
        { action: 'secretsmanager:DescribeSecret', resource: `secret ${secret}` },
        // One that waits for its deletion can be described, but no task can read it.
        async () => (await client().describeSecret({ SecretId: secret })).DeletedDate === undefined,
        (error) => (error.name === 'ResourceNotFoundException' ? false : undefined),
      );
    },
  };
}
