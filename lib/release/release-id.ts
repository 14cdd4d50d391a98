import { createHash } from 'node:crypto';
import type { ReleasePlace } from '../model/release.js';

/** The namespace of our names: a random UUID, fixed for ever. */
const NAMESPACE = '6f1a2c5e-8f0b-4d1c-9a53-2b7d1e64c0aa';

/** UUID version 5 (RFC 9562, section 5.5): a SHA-1 of namespace and name with the version and variant bits set. */
export function uuidOfName(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** The id of a release: the same for everybody who knows account, region, environment, app and number. */
export function releaseId(place: Pick<ReleasePlace, 'account' | 'region' | 'environment' | 'app'>, number: number): string {
  return uuidOfName(NAMESPACE, [place.account, place.region, place.environment, place.app, `v${number}`].join('/'));
}
