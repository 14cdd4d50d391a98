import type { Arch } from '../model/app.js';
import type { CheckResult } from '../model/check.js';
import { no, ok, skip } from './answer.js';
import type { CheckInput } from './input.js';
import { askedOr, type Rule } from './rule.js';
import { type UsedImage, usedImages } from './used-images.js';

const NAME = 'image-architecture';
const BUILT_WITH: Readonly<Record<Arch, string>> = { x86_64: 'linux/amd64', arm64: 'linux/arm64' };

/** Every image is built for the processors that its processes run on. */
export const imageArchitecture: Rule = {
  name: NAME,
  run: (input) => Promise.all(usedImages(input.app).map((used) => askedOr(NAME, used.reference, () => look(used, input)))),
};

async function look({ image, reference, architectures }: UsedImage, input: CheckInput): Promise<CheckResult> {
  const answer = await input.image(image);
  if (answer.kind !== 'found') return skip(NAME, reference, 'the image cannot be looked at');
  if (answer.architectures.length === 0) return skip(NAME, reference, 'the registry does not say what it is built for');
  const lacking = architectures.filter((arch) => !answer.architectures.includes(arch));
  const built = answer.architectures.join(' and ');
  if (lacking.length === 0) return ok(NAME, reference, `built for ${built}`);
  const platforms = lacking.map((arch) => BUILT_WITH[arch]).join(',');
  return no(NAME, reference, {
    text: `it is built for ${built} only, and the app runs on ${lacking.join(' and ')}`,
    hint: `build it with \`docker buildx build --platform ${platforms}\`, or set \`arch: ${answer.architectures[0]}\` in the Procfile`,
    code: 'image-architecture',
  });
}
