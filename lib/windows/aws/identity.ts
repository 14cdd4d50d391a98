import type { IdentityWindow } from '../../model/windows.js';
import { type AwsSession, once } from './session.js';

/** STS: whose credentials these are. */
export function openIdentity(session: AwsSession): IdentityWindow {
  const client = once(() => {
    const { STS } = require('@aws-sdk/client-sts') as typeof import('@aws-sdk/client-sts');
    return new STS(session.settings());
  });
  return {
    async caller() {
      return await session.call({ action: 'sts:GetCallerIdentity', resource: 'AWS credentials' }, async () => {
        const region = await session.regionOf(client());
        const { Account: account = '', Arn: arn = '' } = await client().getCallerIdentity();
        return { account, arn, region, partition: arn.split(':')[1] ?? 'aws' };
      });
    },
  };
}
