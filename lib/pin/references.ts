import type { App, Image, PinnedImage } from '../model/app.js';

/** A reference as people write it, without credentials: `registry/repository:tag@digest`. */
export function formatReference(image: Image): string {
  const tag = image.kind === 'tagged' ? `:${image.tag}` : image.tag.kind === 'given' ? `:${image.tag.value}` : '';
  return `${repositoryOf(image)}${tag}${image.kind === 'pinned' ? `@${image.digest}` : ''}`;
}

/** The image as a container definition names it. */
export const formatPinned = (image: PinnedImage): string => `${repositoryOf(image)}@${image.digest}`;

const repositoryOf = ({ registry, repository }: Image): string =>
  `${registry.kind === 'hub' ? '' : `${registry.host}/`}${repository}`;

/** The app with every image, sidecars' included, put through `change`. */
export function withImages(app: App, change: (image: Image) => Image): App {
  const processes = app.processes.map((process) =>
    process.kind === 'off'
      ? process
      : { ...process, sidecars: process.sidecars.map((sidecar) => ({ ...sidecar, image: change(sidecar.image) })) },
  );
  return { ...app, image: change(app.image), processes };
}

/** Every image of the app once, its own first; `of` says where it was written. */
export function imagesOf(app: App): readonly { readonly image: Image; readonly of: string }[] {
  const found = new Map<string, { image: Image; of: string }>([
    [formatReference(app.image), { image: app.image, of: 'the `image` file' }],
  ]);
  for (const process of app.processes) {
    if (process.kind === 'off') continue;
    for (const { name, image } of process.sidecars) {
      const reference = formatReference(image);
      if (!found.has(reference))
        found.set(reference, { image, of: `sidecar \`${name}\` of \`${process.name}\` in the Procfile` });
    }
  }
  return [...found.values()];
}
