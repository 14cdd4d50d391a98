import type { Clock, RegistryWindow } from '../../../model/windows.js';
import type { AwsSession } from '../session.js';
import { addressOf, referenceOf } from './address.js';
import { openEcr } from './ecr.js';
import { resolveOci } from './oci.js';

/** ECR through its own API; every other registry through the distribution API. */
export function openRegistry(session: AwsSession, clock: Clock): RegistryWindow {
  const ecr = openEcr(session, clock);
  return {
    async resolve(image) {
      if (image.registry.kind === 'ecr') return await ecr.resolve(image.registry, image.repository, referenceOf(image));
      return await resolveOci(addressOf(image), referenceOf(image), clock);
    },

    async keep(image, tag) {
      if (image.registry.kind === 'ecr') return await ecr.keep(image.registry, image.repository, image.digest, tag);
      return { kind: 'skipped', reason: 'only ECR takes tags of ours' };
    },
  };
}
