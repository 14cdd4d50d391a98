import type { App, Image, PinnedImage } from '../model/app.js';
import type { PinnedReference } from '../model/release.js';
import type { RegistryWindow, ResolvedImage } from '../model/windows.js';
import { formatPinned, formatReference, imagesOf, withImages } from './references.js';
import { refuseDenied, refuseMissing } from './refusals.js';

export { formatReference, imagesOf } from './references.js';

/** An app whose every image is a digest, and what the references were. */
export interface PinnedApp {
  readonly app: App;
  /** The app's own image first. */
  readonly images: readonly PinnedReference[];
  /** What the registry said, by reference; those that were known were not asked for. */
  readonly resolved: ReadonlyMap<string, ResolvedImage>;
}

/**
 * App → App with digests, sidecars included: a tag that moves afterwards changes nothing. A reference found in `known` keeps the
 * digest it has there. Different references are asked for side by side, each once.
 *
 * @throws Failure `image-missing`: no such image; `image-denied`: this computer may not read it, and there is no digest to go on with
 */
export async function pinImages(app: App, registry: RegistryWindow, known: readonly PinnedReference[]): Promise<PinnedApp> {
  const before = new Map(known.map((each): [string, PinnedReference] => [each.reference, each]));
  const resolved = new Map<string, ResolvedImage>();
  const pins = await Promise.all(
    imagesOf(app).map(async ({ image, of }): Promise<PinnedReference> => {
      const reference = formatReference(image);
      const kept = before.get(reference);
      if (kept !== undefined) return kept;
      const answer = await registry.resolve(image);
      resolved.set(reference, answer);
      const digest = digestOf(image, of, answer);
      return { reference, pinned: formatPinned(pinned(image, digest)), digest };
    }),
  );
  const digests = new Map(pins.map(({ reference, digest }): [string, string] => [reference, digest]));
  const pin = (image: Image): Image => pinned(image, digests.get(formatReference(image)) as string);
  return { app: withImages(app, pin), images: pins, resolved };
}

/** A digest that was written goes on when the registry does not let us look: the task may be let in. */
function digestOf(image: Image, of: string, answer: ResolvedImage): string {
  if (answer.kind === 'missing') throw refuseMissing(image, of, answer.what);
  if (answer.kind === 'found') return image.kind === 'pinned' ? image.digest : answer.digest;
  if (image.kind === 'pinned') return image.digest;
  throw refuseDenied(image, of, answer.reason);
}

function pinned(image: Image, digest: string): PinnedImage {
  if (image.kind === 'pinned') return image;
  const { registry, repository, credentials, tag } = image;
  return { kind: 'pinned', registry, repository, credentials, tag: { kind: 'given', value: tag }, digest };
}
