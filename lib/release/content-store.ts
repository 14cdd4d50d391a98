import { createHash } from 'node:crypto';
import { Failure } from '../failure.js';
import type { Engine } from './engine.js';
import { patiently } from './patience.js';
import { objectKey } from './record-key.js';

/** SHA-256 of a text, as content is named. */
export const shaOf = (body: string): string => createHash('sha256').update(body, 'utf8').digest('hex');

/** Texts by their hash: written once, never changed. */
export class ContentStore {
  private readonly known = new Map<string, string>();

  constructor(private readonly engine: Engine) {}

  async read(sha: string): Promise<string> {
    const known = this.known.get(sha);
    if (known !== undefined) return known;
    const { windows, place } = this.engine;
    const key = objectKey(place, sha);
    const stored = await patiently(this.engine, () => windows.store.get(place.bucket, key));
    if (stored.kind === 'none' || shaOf(stored.value.body) !== sha) throw missing(`s3://${place.bucket}/${key}`);
    this.known.set(sha, stored.value.body);
    return stored.value.body;
  }

  /** Gives its hash. That it is there already is no error. */
  async write(body: string): Promise<string> {
    const sha = shaOf(body);
    if (this.known.has(sha)) return sha;
    const { windows, place } = this.engine;
    await patiently(this.engine, () => windows.store.put(place.bucket, objectKey(place, sha), body, { kind: 'absent' }));
    this.known.set(sha, body);
    return sha;
  }
}

const missing = (where: string): Failure =>
  new Failure(
    where,
    'what a release holds is not there, or is not what was written',
    'restore the object from its older versions, or choose another release',
    'content-missing',
  );
