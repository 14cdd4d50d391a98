import { no, ok } from './answer.js';
import type { Rule } from './rule.js';

const NAME = 'account';

/** The account and region are those that the platform file names. */
export const account: Rule = {
  name: NAME,
  run: async ({ caller, platform }) => {
    const subject = `${caller.account}, ${caller.region}`;
    if (platform.account.kind === 'given' && platform.account.value !== caller.account) {
      const text = `the environment is in the account ${platform.account.value}, but these credentials are of ${caller.account}`;
      const hint = 'choose another profile with --profile, or another environment with -e';
      return [no(NAME, subject, { text, hint, code: 'account-wrong' })];
    }
    if (platform.region.kind === 'given' && platform.region.value !== caller.region) {
      const text = `the environment is in ${platform.region.value}, not in ${caller.region}`;
      return [
        no(NAME, subject, { text, hint: 'leave out --region, or choose another environment with -e', code: 'region-wrong' }),
      ];
    }
    return [ok(NAME, subject, `as ${caller.arn}`)];
  },
};
