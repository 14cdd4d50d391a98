import type { CheckResult } from '../model/check.js';
import { no, ok, skip } from './answer.js';
import type { CheckInput } from './input.js';
import { askedOr, type Rule } from './rule.js';
import { type UsedImage, usedImages } from './used-images.js';
import { writtenAt } from './written-at.js';

const NAME = 'image-exists';

/** The registry has every image that the app names. */
export const imageExists: Rule = {
  name: NAME,
  run: (input) => Promise.all(usedImages(input.app).map((used) => askedOr(NAME, used.reference, () => look(used, input)))),
};

async function look({ image, reference, pointer }: UsedImage, { image: resolve, origins }: CheckInput): Promise<CheckResult> {
  const answer = await resolve(image);
  if (answer.kind === 'found') return ok(NAME, reference, answer.digest);
  if (answer.kind === 'denied') return skip(NAME, reference, `the registry does not say: ${answer.reason}`);
  const where = writtenAt(pointer, origins) || 'the `image` file';
  const text = {
    repository: 'there is no such repository, or it is private and this computer is not logged in to it',
    tag: `the repository has no tag \`${image.kind === 'tagged' ? image.tag : ''}\``,
    digest: 'the repository has no image of this digest (any more)',
  }[answer.what];
  return no(NAME, reference, { text, hint: `push it first, or correct ${where}`, code: 'image-missing' });
}
