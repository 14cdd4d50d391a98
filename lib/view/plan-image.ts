/** Only what differs: `v1 → v2`, or the digests of a tag that moved, or the whole references. Without a before, what there is. */
export function renderImageChange(before: string, after: string): string {
  if (before === '') return shortImage(partsOf(after));
  const [old, now] = [partsOf(before), partsOf(after)];
  if (old.repository !== now.repository) return fromTo(shortImage(old), shortImage(now));
  if (old.tag !== now.tag && old.tag !== '' && now.tag !== '') return fromTo(old.tag, now.tag);
  if (old.tag !== now.tag) return fromTo(old.tag || old.digest, now.tag || now.digest);
  return `${old.tag === '' ? '' : `${old.tag}, `}${fromTo(old.digest || 'unpinned', now.digest || 'unpinned')}`;
}

interface ImageParts {
  readonly repository: string;
  readonly tag: string;
  /** `sha256:0123456`. */
  readonly digest: string;
}

function partsOf(image: string): ImageParts {
  const at = image.indexOf('@');
  const name = at === -1 ? image : image.slice(0, at);
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  const digest = at === -1 ? '' : image.slice(at + 1, at + 1 + 'sha256:'.length + 7);
  return { repository: colon === -1 ? name : name.slice(0, colon), tag: colon === -1 ? '' : name.slice(colon + 1), digest };
}

const shortImage = ({ repository, tag, digest }: ImageParts): string =>
  `${repository}${tag === '' ? '' : `:${tag}`}${tag === '' && digest !== '' ? `@${digest}` : ''}`;

const fromTo = (before: string, after: string): string => `${before} → ${after}`;
