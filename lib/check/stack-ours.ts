import { no, ok } from './answer.js';
import type { Rule } from './rule.js';

const NAME = 'stack-ours';

/** No stack has our name, or it is one that we made: ours carry the parameter `Release`. */
export const stackOurs: Rule = {
  name: NAME,
  run: async ({ place, stack }) => {
    const found = await stack();
    if (found.kind === 'none') return [ok(NAME, place.stack, 'the name is free: the first release makes it')];
    const { status, parameters } = found.value;
    if (status === 'REVIEW_IN_PROGRESS') return [ok(NAME, place.stack, 'begun and never made: the next release makes it')];
    if (parameters.some(({ name }) => name === 'Release')) return [ok(NAME, place.stack, 'made by Empire')];
    return [
      no(NAME, place.stack, {
        text: 'somebody else made a stack of this name: it has no parameter `Release`',
        hint: 'rename the app, set another PREFIX in the platform file, or delete that stack',
        code: 'stack-foreign',
      }),
    ];
  },
};
