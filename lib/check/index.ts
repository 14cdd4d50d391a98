import { Failure } from '../failure.js';
import type { CheckResult } from '../model/check.js';
import { account } from './account.js';
import { bucket } from './bucket.js';
import { certificates } from './certificates.js';
import { imageArchitecture } from './image-architecture.js';
import { imageExists } from './image-exists.js';
import { imagePullable } from './image-pullable.js';
import type { CheckInput } from './input.js';
import { platform } from './platform.js';
import { type Rule, runRule } from './rule.js';
import { secrets } from './secrets.js';
import { stackOurs } from './stack-ours.js';
import { stackState } from './stack-state.js';

export { type AlreadyAsked, type CheckInput, checkInput } from './input.js';
export { checkSecrets, type SecretsInput } from './secrets.js';

/** In the order in which people read them, and in which a release stops for them. */
export const RULES: readonly Rule[] = [
  account,
  platform,
  bucket,
  stackOurs,
  stackState,
  imageExists,
  imageArchitecture,
  imagePullable,
  secrets,
  certificates,
];

/**
 * Can this app be released: every rule side by side, each only reading. Credentials, region and network that fail are thrown,
 * since then nothing can be asked; one permission that is missing makes its own question SKIP.
 */
export async function runChecks(input: CheckInput): Promise<readonly CheckResult[]> {
  const answers = await Promise.all(RULES.map((rule) => runRule(rule, input)));
  return answers.flat();
}

/** The first NO as what a release stops with. */
export function firstRefusal(results: readonly CheckResult[]): Failure | undefined {
  const first = results.find(({ answer }) => answer === 'NO');
  return first === undefined ? undefined : new Failure(first.subject || first.name, first.text, first.hint, first.code);
}
