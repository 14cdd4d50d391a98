import type { Rehearsal } from '../../../lib/rehearsal/index.js';
import { ACCOUNT, type Ground, REGION, REGISTRY } from './ground.js';

/** In a rehearsal everything is there that is not taken away. */
export function groundOfRehearsal(rehearsal: Rehearsal): Ground {
  const script = async (step: object): Promise<void> => void rehearsal.script(JSON.stringify(step), 'ground');
  const remove = (what: string, name: string): Promise<void> => script({ remove: what, name });
  const there = async (): Promise<void> => undefined;
  return {
    bucket: there,
    parameter: there,
    repository: there,
    cluster: there,
    logGroup: there,
    noBucket: (name) => remove('bucket', name),
    noParameter: (name) => remove('parameter', name),
    noSecret: (name) => remove('secret', name),
    noImage: (_repository, digest) => remove('image', digest),
    secret: async (name) => `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}-a1B2c3`,
    certificate: async (status) =>
      `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/${status === 'ISSUED' ? 'certificate-other' : 'certificate-other-pending'}`,
    network: async () => ({ subnet: 'subnet-0a1b2c3d4e5f60718', group: 'sg-0a1b2c3d4e5f60718' }),
    push: (repository, tag) => script({ push: `${REGISTRY}/${repository}:${tag}` }),
    taskDefinition: async (properties) => rehearsal.look((world) => world.services.registerTaskDefinition(properties, world.now)),
  };
}
