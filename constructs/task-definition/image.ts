import type { Image, Registry } from '../../lib/model/app.js';

/** The image as a container definition names it. The digest decides when there is one. */
export function imageName(image: Image): string {
  const repository = `${registryPrefix(image.registry)}${image.repository}`;
  return image.kind === 'pinned' ? `${repository}@${image.digest}` : `${repository}:${image.tag}`;
}

const registryPrefix = (registry: Registry): string => (registry.kind === 'hub' ? '' : `${registry.host}/`);
