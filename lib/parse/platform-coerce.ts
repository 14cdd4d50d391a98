import type { Problems } from '../problems.js';
import type { PlatformKey } from './platform-keys.js';
import type { WrittenKey } from './platform-read.js';
import { correctedCidr } from './platform-values.js';

/** The items of a key's value: one, or for a list as many as were written. None when the value was refused. */
export function coerceKey(key: PlatformKey, written: WrittenKey, problems: Problems): readonly string[] | undefined {
  const typed = key.type === 'number' || key.type === 'boolean' || key.type === 'list';
  const items = typed ? coerceTyped(key, written, problems) : [written.text];
  if (items === undefined) return undefined;
  const wrong = items.find((item) => !key.accepts(item));
  if (wrong === undefined && new Set(items).size === items.length) return items;
  const part = key.type === 'list' ? 'an item' : 'the value';
  const message =
    wrong === undefined ? `\`${key.name}\` has one item twice` : `\`${wrong}\` cannot be ${part} of \`${key.name}\``;
  problems.error('platform-value', written.place, message, {
    given: written.text,
    allowed: key.limits,
    hint: hintFor(key, written),
  });
  return undefined;
}

function hintFor(key: PlatformKey, written: WrittenKey): string {
  const corrected = key.name === 'VPC_CIDR' ? correctedCidr(written.text) : undefined;
  if (corrected !== undefined) return `did you mean \`${corrected}\`?`;
  return `correct \`${key.name}\`, or remove the line${key.default === '' ? '' : ` for the default \`${key.default}\``}`;
}

const WORDS = {
  number: { what: 'a number', hint: 'write a plain number' },
  boolean: { what: 'true or false', hint: 'write `true` or `false`' },
  list: { what: 'a list', hint: 'write the items with one comma between them' },
} as const;

/** Coercion may say of what type a text is; it may not change it: `0123` is no number, `a,,b` no list. */
function coerceTyped(key: PlatformKey, written: WrittenKey, problems: Problems): readonly string[] | undefined {
  const value = coerce(written.text);
  const values = Array.isArray(value) ? value : [value];
  const unchanged = values.join(',') === written.text;
  const typeFits = key.type === 'list' || typeof value === key.type;
  if (unchanged && typeFits) return values.map((item) => String(item).trim());
  const { what, hint } = WORDS[key.type === 'number' || key.type === 'boolean' ? key.type : 'list'];
  const message = unchanged ? `\`${key.name}\` is ${what}` : `\`${written.text}\` would be read as \`${values.join(',')}\``;
  problems.error('platform-type', written.place, message, { given: written.text, allowed: key.limits, hint });
  return undefined;
}

type ParseVariables = typeof import('dotenv-parse-variables');
let parseVariables: ParseVariables | undefined;

/** Loaded when the first typed key is met: it costs as much as reading a hundred apps. */
function coerce(text: string): unknown {
  parseVariables ??= require('dotenv-parse-variables') as ParseVariables;
  return parseVariables({ value: text }, { assignToProcessEnv: false })['value'];
}
