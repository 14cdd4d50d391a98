import { Failure } from '../failure.js';
import type { Image } from '../model/app.js';
import type { ResolvedImage } from '../model/windows.js';
import { formatReference } from './references.js';

/** Why an image that was asked for cannot be had, and what to do. `of` says where it was written. */
export function refuseMissing(image: Image, of: string, what: Extract<ResolvedImage, { kind: 'missing' }>['what']): Failure {
  const reference = formatReference(image);
  switch (what) {
    case 'repository':
      return new Failure(
        reference,
        'there is no such repository, or it is private and this computer is not logged in to it',
        `correct ${of}; for a private repository run \`docker login\`${ecrHint(image)}`,
        'image-missing',
      );
    case 'tag':
      return new Failure(
        reference,
        `the repository has no tag \`${image.kind === 'tagged' ? image.tag : ''}\``,
        `push it first, or correct ${of}`,
        'image-missing',
      );
    case 'digest':
      return new Failure(
        reference,
        'the repository has no image of this digest (any more)',
        `push it again, or write a tag that exists into ${of}`,
        'image-missing',
      );
  }
}

export function refuseDenied(image: Image, of: string, reason: string): Failure {
  return new Failure(
    formatReference(image),
    `the registry does not let this computer read it: ${reason}`,
    `run \`docker login\`${ecrHint(image)}, or write the digest (\`@sha256:…\`) into ${of}: then nothing must be looked up`,
    'image-denied',
  );
}

const ecrHint = ({ registry }: Image): string =>
  registry.kind === 'ecr' ? `, or allow your role \`ecr:BatchGetImage\` on the repository in account ${registry.account}` : '';
