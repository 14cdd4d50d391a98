import type { CheckResult } from '../model/check.js';
import { no, ok, skip } from './answer.js';
import type { CheckInput } from './input.js';
import { askedOr, type Rule } from './rule.js';
import { secretId } from './secret-names.js';
import { type UsedImage, usedImages } from './used-images.js';
import { writtenAt } from './written-at.js';

const NAME = 'image-pullable';

/** A task can pull every image: it has no login of this computer's, only its role (ECR) or `credentials=`. */
export const imagePullable: Rule = {
  name: NAME,
  run: (input) => Promise.all(usedImages(input.app).map((used) => askedOr(NAME, used.reference, () => look(used, input)))),
};

async function look(used: UsedImage, input: CheckInput): Promise<CheckResult> {
  const { image, reference } = used;
  if (image.credentials.kind === 'given') return withCredentials(used, input);
  if (image.registry.kind === 'ecr') return fromEcr(used, input);
  const answer = await input.image(image);
  if (answer.kind === 'missing') return skip(NAME, reference, 'there is no such image');
  if (answer.kind === 'found' && answer.login !== 'local') return ok(NAME, reference, 'anybody can pull it');
  const text =
    answer.kind === 'found'
      ? "this computer's login can pull it, but a task has none"
      : `a task has no login, and the registry wants one: ${answer.reason}`;
  const hint = `add \`credentials=secretsmanager:NAME\` after the image in ${written(used, input)}, with the login in that secret; or use ECR`;
  return no(NAME, reference, { text, hint, code: 'image-not-pullable' });
}

async function withCredentials(used: UsedImage, input: CheckInput): Promise<CheckResult> {
  const { image, reference } = used;
  if (image.credentials.kind === 'none') return ok(NAME, reference, 'no credentials are needed');
  const secret = secretId(image.credentials.value);
  if (await input.windows.secrets.exists(secret)) return ok(NAME, reference, `with the credentials of ${secret}`);
  return no(NAME, reference, {
    text: `there is no secret \`${secret}\` in Secrets Manager, and a task needs it to pull the image`,
    hint: `make it with \`username\` and \`password\` in it, or correct ${written(used, input)}`,
    code: 'image-credentials-missing',
  });
}

/** The role of the app may pull; whether a policy of another account lets it is known only there. */
async function fromEcr({ image, reference }: UsedImage, { place, image: resolve }: CheckInput): Promise<CheckResult> {
  if (image.registry.kind !== 'ecr') return skip(NAME, reference, 'not in ECR');
  const { account, region } = image.registry;
  const answer = await resolve(image);
  if (answer.kind === 'missing') return skip(NAME, reference, 'there is no such image');
  if (account === place.account) return ok(NAME, reference, "the app's role may pull it");
  return skip(
    NAME,
    reference,
    `the policy of the repository in ${account} (${region}) must let ${place.account} in; it cannot be asked from here`,
  );
}

const written = ({ pointer }: UsedImage, { origins }: CheckInput): string => writtenAt(pointer, origins) || 'the `image` file';
