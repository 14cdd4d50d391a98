import type { Given } from '../../model/given.js';
import type { RolesWindow } from '../../model/windows.js';
import { type AwsSession, once } from './session.js';

/** IAM. */
export function openRoles(session: AwsSession): RolesWindow {
  const client = once(() => {
    const { IAM } = require('@aws-sdk/client-iam') as typeof import('@aws-sdk/client-iam');
    return new IAM(session.settings());
  });
  return {
    async exists(name) {
      return await session.call(
        { action: 'iam:GetRole', resource: `role ${name}` },
        async () => {
          await client().getRole({ RoleName: name });
          return true;
        },
        (error) => (error.name.startsWith('NoSuchEntity') ? false : undefined),
      );
    },

    async createServiceLinked(service) {
      await session.call(
        { action: 'iam:CreateServiceLinkedRole', resource: `service-linked role of ${service}` },
        async () => void (await client().createServiceLinkedRole({ AWSServiceName: service })),
        // `Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix.`
        ({ name, message }) => (name.startsWith('InvalidInput') && /has been taken/.test(message) ? null : undefined),
      );
    },

    async policyExists(arn) {
      return await session.call(
        { action: 'iam:GetPolicy', resource: `policy ${arn}` },
        async () => {
          await client().getPolicy({ PolicyArn: arn });
          return true;
        },
        (error) => (error.name.startsWith('NoSuchEntity') ? false : undefined),
      );
    },

    async providerAudiences(arn) {
      return await session.call<Given<readonly string[]>>(
        { action: 'iam:GetOpenIDConnectProvider', resource: `identity provider ${arn}` },
        async () => {
          const { ClientIDList = [] } = await client().getOpenIDConnectProvider({ OpenIDConnectProviderArn: arn });
          return { kind: 'given', value: ClientIDList };
        },
        (error) => (error.name.startsWith('NoSuchEntity') ? { kind: 'none' } : undefined),
      );
    },
  };
}
