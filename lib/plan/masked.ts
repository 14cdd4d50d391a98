import type { Given } from '../model/given.js';
import type { Json } from '../model/json.js';
import type { PlanWords } from './input.js';
import { isObject } from './template-json.js';

/** What stands in a plan for a value that looks like a credential. */
export const HIDDEN = '(hidden)';

/** Both values of a property, without those that must not be shown. */
export function masked(
  path: string,
  before: Given<Json>,
  after: Given<Json>,
  words: PlanWords,
): { readonly before: Given<Json>; readonly after: Given<Json> } {
  const hide = (value: Given<Json>): Given<Json> =>
    value.kind === 'none' ? value : { kind: 'given', value: hidden(nameIn(path), value.value, words) };
  return { before: hide(before), after: hide(after) };
}

/** `ContainerDefinitions/0/Environment/RACK_ENV` → `RACK_ENV`. */
const nameIn = (path: string): string => /\/Environment\/([^/]+)$/.exec(path)?.[1] ?? '';

function hidden(name: string, value: Json, words: PlanWords): Json {
  if (typeof value === 'string') return words.hides(name, value) ? HIDDEN : value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => hidden(name, one, words));
  if (!isObject(value)) return value;
  const own = typeof value['Name'] === 'string' && 'Value' in value ? value['Name'] : name;
  const shown = Object.entries(value).map(([key, one]): [string, Json] => [key, hidden(key === 'Name' ? '' : own, one, words)]);
  return Object.fromEntries(shown);
}

/** A command line, word by word. */
export function maskedWords(words: readonly Json[], by: PlanWords): string {
  return words.map((word) => quoted(by.hides('', String(word)) ? HIDDEN : String(word))).join(' ');
}

const quoted = (word: string): string =>
  word === HIDDEN || /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
