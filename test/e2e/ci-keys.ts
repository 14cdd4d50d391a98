import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { expect } from 'chai';
import type { Moto } from '../support/moto.js';
import { client } from './registry.js';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Keys of one of the two roles that the platform's stack made, while anybody may still take it on. */
export async function keysOf(account: Moto, role: 'plan' | 'deploy'): Promise<Keys> {
  const RoleArn = `arn:aws:iam::123456789012:role/empire-platform-ci-${role}`;
  const asked = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'github' });
  const { Credentials } = await new STSClient(client(account)).send(asked);
  const {
    AccessKeyId: accessKeyId = '',
    SecretAccessKey: secretAccessKey = '',
    SessionToken: sessionToken = '',
  } = {
    ...Credentials,
  };
  return { accessKeyId, secretAccessKey, sessionToken };
}

export const keyVariables = ({ accessKeyId, secretAccessKey, sessionToken }: Keys) => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
});

/** From now on moto asks whether the caller's policies allow each request. */
export async function enforcePolicies(account: Moto): Promise<void> {
  const answer = await fetch(`${account.url}/moto-api/reset-auth`, { method: 'POST', body: '0' });
  expect(answer.ok).to.equal(true);
}
