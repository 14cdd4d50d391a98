import { Failure } from '../failure.js';
import type { PinnedImage } from '../model/app.js';
import type { PinnedReference, ReleaseRecord } from '../model/release.js';
import type { Engine } from './engine.js';
import { imageTag } from './operation-names.js';
import { patiently } from './patience.js';

/**
 * Tags the digests of a release in ECR, so that no lifecycle rule takes them from under what runs. That it cannot be done is no
 * reason not to release: gives what must be noted.
 */
export async function keepImages(engine: Engine, record: ReleaseRecord): Promise<readonly string[]> {
  const images = new Map(record.images.map((image) => [image.pinned, image]));
  const notes = await Promise.all([...images.values()].map((image) => keepImage(engine, image, imageTag(record))));
  return notes.flat();
}

async function keepImage(engine: Engine, reference: PinnedReference, tag: string): Promise<string[]> {
  const image = ecrImage(reference);
  if (image === undefined) return [];
  try {
    const kept = await patiently(engine, () => engine.windows.registry.keep(image, tag));
    return kept.kind === 'kept' ? [] : [`${reference.reference} could not be kept as ${tag}: ${kept.reason}`];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [`${reference.reference} could not be kept as ${tag}: ${error.what}`];
  }
}

const ECR = /^(([0-9]{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.[^/]+)\/([^:@]+)(?::[^@]+)?@/;

/** Only ECR has lifecycle rules that could take it. */
function ecrImage({ pinned, digest }: PinnedReference): PinnedImage | undefined {
  const [, host, account, region, repository] = ECR.exec(pinned) ?? [];
  if (host === undefined || account === undefined || region === undefined || repository === undefined) return undefined;
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  const none = { kind: 'none' } as const;
  return {
    kind: 'pinned',
    registry: { kind: 'ecr', host, account, region, partition },
    repository,
    credentials: none,
    tag: none,
    digest,
  };
}
