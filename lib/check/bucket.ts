import { no, ok, skip } from './answer.js';
import { platformMissing } from './platform.js';
import type { Rule } from './rule.js';

const NAME = 'bucket';

/** The platform's bucket, where releases are kept, is there and may be used. */
export const bucket: Rule = {
  name: NAME,
  run: async (input) => {
    const { bucket: name, environment } = input.place;
    const [exists, missing] = await Promise.all([input.windows.store.exists(name), platformMissing(input)]);
    if (exists) return [ok(NAME, name, 'releases are kept there')];
    if (missing !== undefined) return [skip(NAME, name, 'the platform, which makes it, is not deployed')];
    const hint = `run \`empire platform deploy${environment === 'default' ? '' : ` -e ${environment}`}\``;
    return [no(NAME, name, { text: 'the bucket that keeps the releases is not there', hint, code: 'bucket-missing' })];
  },
};
