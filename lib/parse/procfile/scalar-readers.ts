import { didYouMean } from '../nearest.js';
import { asScalar, type Reader } from './reader.js';

const BOOLEANS = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['no', false],
  ['off', false],
]);

/** Any text; numbers and booleans stay what they look like. */
export const text: Reader<string> = {
  read: (node, what, problems) => asScalar(node, what, 'text', problems)?.text,
  schema: { type: ['string', 'number', 'boolean'] },
};

export const boolean: Reader<boolean> = {
  read(node, what, problems) {
    const scalar = asScalar(node, what, '`true` or `false`', problems);
    if (scalar === undefined) return undefined;
    const value = BOOLEANS.get(scalar.text.toLowerCase());
    if (value === undefined) {
      problems.error('procfile-boolean', scalar.place, `\`${what}\` is neither true nor false`, {
        given: scalar.text,
        allowed: 'true, false, yes, no, on, off',
        hint: 'write `true` or `false`',
      });
    }
    return value;
  },
  schema: {
    anyOf: [
      { type: 'boolean' },
      { type: 'string', pattern: '^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff])$' },
    ],
  },
};

/** One word of a few. */
export function choice<T extends string>(words: readonly T[]): Reader<T> {
  return {
    read(node, what, problems) {
      const scalar = asScalar(node, what, words.map((word) => `\`${word}\``).join(', '), problems);
      if (scalar === undefined) return undefined;
      const found = words.find((word) => word === scalar.text);
      if (found === undefined) {
        problems.error('procfile-choice', scalar.place, `\`${scalar.text}\` is not a value of \`${what}\``, {
          given: scalar.text,
          allowed: words.join(', '),
          hint: didYouMean(scalar.text, words, `write \`${words[0]}\`, or remove the key for its default`),
        });
      }
      return found;
    },
    schema: { enum: [...words] },
  };
}

/** Text of one form, e.g. an absolute path. */
export function textLike(pattern: RegExp, allowed: string, hint: string): Reader<string> {
  return {
    read(node, what, problems) {
      const scalar = asScalar(node, what, allowed, problems);
      if (scalar === undefined || pattern.test(scalar.text)) return scalar?.text;
      problems.error('procfile-format', scalar.place, `\`${scalar.text}\` does not fit \`${what}\``, {
        given: scalar.text,
        allowed,
        hint,
      });
      return undefined;
    },
    schema: { type: 'string', pattern: pattern.source },
  };
}
