import type { PinnedImage, TaggedImage } from '../../../model/app.js';

/** Docker Hub's registry is not where its name says. */
const HUB = 'registry-1.docker.io';

/** How a registry is asked for an image. */
export interface Reference {
  readonly kind: 'tag' | 'digest';
  readonly text: string;
}

export function referenceOf(image: TaggedImage | PinnedImage): Reference {
  return image.kind === 'pinned' ? { kind: 'digest', text: image.digest } : { kind: 'tag', text: image.tag };
}

/** Where a repository is, for the distribution API. */
export interface Address {
  readonly host: string;
  readonly repository: string;
  /** As Docker names it in messages and in its configuration. */
  readonly shown: string;
  readonly login: string;
}

export function addressOf({ registry, repository }: TaggedImage | PinnedImage): Address {
  if (registry.kind === 'hub' || registry.host === 'docker.io' || registry.host === 'index.docker.io') {
    const full = repository.includes('/') ? repository : `library/${repository}`;
    return { host: HUB, repository: full, shown: repository, login: 'https://index.docker.io/v1/' };
  }
  return { host: registry.host, repository, shown: `${registry.host}/${repository}`, login: registry.host };
}

/** As Docker does: only a registry on this computer may be without TLS. */
export function schemeOf(host: string): 'http' | 'https' {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host) ? 'http' : 'https';
}
