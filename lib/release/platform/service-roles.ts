import type { Engine } from '../engine.js';
import { patiently } from '../patience.js';

/**
 * Roles that AWS's services act with in an account, by service. A new account has none; the services make them on their own only when
 * somebody with the permission uses the console.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html
 */
export const SERVICE_ROLES: Readonly<Record<string, string>> = {
  'ecs.amazonaws.com': 'AWSServiceRoleForECS',
  'elasticloadbalancing.amazonaws.com': 'AWSServiceRoleForElasticLoadBalancing',
  'autoscaling.amazonaws.com': 'AWSServiceRoleForAutoScaling',
  'ecs.application-autoscaling.amazonaws.com': 'AWSServiceRoleForApplicationAutoScaling_ECSService',
};

/** Makes those that are missing; gives their names. Asked first, so that whoever may not make roles is stopped only where one is missing. */
export async function makeServiceRoles(engine: Engine): Promise<readonly string[]> {
  const { roles } = engine.windows;
  const asked = await Promise.all(
    Object.entries(SERVICE_ROLES).map(async ([service, name]) => {
      return { service, name, there: await patiently(engine, () => roles.exists(name)) };
    }),
  );
  const missing = asked.filter(({ there }) => !there);
  for (const { service, name } of missing) {
    await patiently(engine, () => roles.createServiceLinked(service));
    engine.report({ kind: 'note', text: `made the service-linked role ${name}` });
  }
  return missing.map(({ name }) => name);
}
