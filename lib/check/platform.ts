import { Failure } from '../failure.js';
import { no, ok } from './answer.js';
import type { CheckInput } from './input.js';
import type { Rule } from './rule.js';

const NAME = 'platform';

/** The platform is deployed, and publishes everything that the app's template asks for. */
export const platform: Rule = {
  name: NAME,
  run: async (input) => {
    const { environment } = input.place;
    const missing = await platformMissing(input);
    if (missing === undefined) return [ok(NAME, environment, 'publishes what the app needs')];
    return [no(NAME, environment, { text: missing.what, hint: missing.hint, code: missing.code })];
  },
};

/** Why the platform cannot be used; undefined when it can. */
export async function platformMissing({ platformValues }: CheckInput): Promise<Failure | undefined> {
  try {
    await platformValues();
    return undefined;
  } catch (error) {
    if (error instanceof Failure && error.code === 'platform-missing') return error;
    throw error;
  }
}
