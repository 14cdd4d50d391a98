import type { BatchGetImageCommandOutput, ECR, Image } from '@aws-sdk/client-ecr';
import { Failure } from '../../../failure.js';
import type { Registry } from '../../../model/app.js';
import type { Clock, RegistryWindow, ResolvedImage } from '../../../model/windows.js';
import { type AwsSession, once } from '../session.js';
import type { Reference } from './address.js';
import { fetchWithin } from './fetch.js';
import { type Architecture, MANIFEST_TYPES, parseArchitecture, parseManifest } from './manifest.js';

type EcrRegistry = Extract<Registry, { kind: 'ecr' }>;
type Kept = Awaited<ReturnType<RegistryWindow['keep']>>;

/** The two questions of the registry window, for ECR: its account and region are those of the image, not ours. */
export interface EcrCalls {
  resolve(registry: EcrRegistry, repository: string, reference: Reference): Promise<ResolvedImage>;
  keep(registry: EcrRegistry, repository: string, digest: string, tag: string): Promise<Kept>;
}

export function openEcr(session: AwsSession, clock: Clock): EcrCalls {
  const sdk = once(() => require('@aws-sdk/client-ecr') as typeof import('@aws-sdk/client-ecr'));
  const clients = new Map<string, ECR>();
  const clientFor = (region: string): ECR => {
    const client = clients.get(region) ?? new (sdk().ECR)({ ...session.settings(), region });
    clients.set(region, client);
    return client;
  };
  return {
    async resolve(registry, repository, reference) {
      const client = clientFor(registry.region);
      const found = await findImage(session, client, { registry, repository, reference });
      if (found.kind !== 'image') return found;
      const { imageManifest = '', imageId } = found.image;
      const architectures = await architecturesOf(session, client, { registry, repository, manifest: imageManifest, clock });
      return { kind: 'found', digest: imageId?.imageDigest ?? '', architectures, login: 'ecr' };
    },

    keep: (registry, repository, digest, tag) => keep(session, clientFor(registry.region), { registry, repository, digest, tag }),
  };
}

const nameOf = (registry: EcrRegistry, repository: string): string => `${registry.host}/${repository}`;

type Found = { readonly kind: 'image'; readonly image: Image } | Exclude<ResolvedImage, { kind: 'found' }>;

async function findImage(
  session: AwsSession,
  client: ECR,
  { registry, repository, reference }: { registry: EcrRegistry; repository: string; reference: Reference },
): Promise<Found> {
  const about = { action: 'ecr:BatchGetImage', resource: `repository ${nameOf(registry, repository)}` };
  const id = reference.kind === 'digest' ? { imageDigest: reference.text } : { imageTag: reference.text };
  try {
    return await session.call<Found>(
      about,
      async () => {
        const answer = await client.batchGetImage({
          registryId: registry.account,
          repositoryName: repository,
          imageIds: [id],
          acceptedMediaTypes: [...MANIFEST_TYPES],
        });
        return firstOf(answer, reference);
      },
      (error) => (error.name === 'RepositoryNotFoundException' ? { kind: 'missing', what: 'repository' } : undefined),
    );
  } catch (error) {
    if (error instanceof Failure && error.code === 'permission-denied') return { kind: 'denied', reason: error.what };
    throw error;
  }
}

function firstOf({ images: [image] = [], failures: [failure] = [] }: BatchGetImageCommandOutput, reference: Reference): Found {
  if (image !== undefined) return { kind: 'image', image };
  if (failure === undefined || /ImageNotFound|InvalidImage/.test(failure.failureCode ?? '')) {
    return { kind: 'missing', what: reference.kind };
  }
  return { kind: 'denied', reason: failure.failureReason ?? failure.failureCode ?? 'ECR gave no reason' };
}

/** The manifest of a single image leaves its architecture to the configuration, which is a blob of its own. */
async function architecturesOf(
  session: AwsSession,
  client: ECR,
  image: { readonly registry: EcrRegistry; readonly repository: string; readonly manifest: string; readonly clock: Clock },
): Promise<readonly Architecture[]> {
  const facts = parseManifest(image.manifest);
  if (facts.kind !== 'image') return facts.kind === 'index' ? facts.architectures : [];
  const about = { action: 'ecr:GetDownloadUrlForLayer', resource: `repository ${nameOf(image.registry, image.repository)}` };
  const input = { registryId: image.registry.account, repositoryName: image.repository, layerDigest: facts.config };
  try {
    const { downloadUrl = '' } = await session.call(about, () => client.getDownloadUrlForLayer(input));
    if (downloadUrl === '') return [];
    const { text, status } = await fetchWithin(downloadUrl, {}, image.clock);
    return status === 200 ? parseArchitecture(text) : [];
  } catch (error) {
    // Worth knowing, not worth failing for: without it, what the image runs on stays unsaid.
    if (error instanceof Failure) return [];
    throw error;
  }
}

/** Puts the same manifest once more, under a tag of ours. What refuses it is a reason, since the release does not depend on it. */
async function keep(
  session: AwsSession,
  client: ECR,
  { registry, repository, digest, tag }: { registry: EcrRegistry; repository: string; digest: string; tag: string },
): Promise<Kept> {
  const found = await findImage(session, client, { registry, repository, reference: { kind: 'digest', text: digest } });
  if (found.kind === 'missing') return { kind: 'skipped', reason: `${nameOf(registry, repository)} has no ${digest}` };
  if (found.kind === 'denied') return { kind: 'skipped', reason: found.reason };
  const { imageManifest = '', imageManifestMediaType: type } = found.image;
  const input = {
    registryId: registry.account,
    repositoryName: repository,
    imageManifest,
    ...(type === undefined ? {} : { imageManifestMediaType: type }),
    imageTag: tag,
    imageDigest: digest,
  };
  try {
    return await session.call<Kept>(
      { action: 'ecr:PutImage', resource: `repository ${nameOf(registry, repository)}` },
      async () => {
        await client.putImage(input);
        return { kind: 'kept' };
      },
      (error) => (error.name === 'ImageAlreadyExistsException' ? { kind: 'kept' } : undefined),
    );
  } catch (error) {
    const reasons = ['permission-denied', 'outside-refused'];
    if (error instanceof Failure && reasons.includes(error.code)) return { kind: 'skipped', reason: error.what };
    throw error;
  }
}
