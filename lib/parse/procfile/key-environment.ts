import type { Problems } from '../../problems.js';
import { didYouMean } from '../nearest.js';
import type { ScalarNode } from '../yaml/node.js';
import { asMap, type Reader, refuseForm } from './reader.js';
import type { WrittenVariable } from './written-process.js';

/** `environment`: variables of one process or sidecar. An empty value is the empty string. */
export const environment: Reader<readonly WrittenVariable[]> = {
  read(node, what, problems) {
    const map = asMap(node, what, 'a map of names and values', problems);
    if (map === undefined) return undefined;
    const found: WrittenVariable[] = [];
    for (const { key, value } of map.entries) {
      if (!acceptsName(key, problems)) continue;
      if (value.kind !== 'scalar') refuseForm(value, `${what}.${key.text}`, 'text', problems);
      else found.push({ name: key.text, value: value.isNull ? '' : value.text, place: value.isNull ? key.place : value.place });
    }
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  },
  schema: {
    type: 'object',
    patternProperties: { '^[A-Za-z_][A-Za-z0-9_]*$': { type: ['string', 'number', 'boolean', 'null'] } },
    additionalProperties: false,
  },
};

function acceptsName(key: ScalarNode, problems: Problems): boolean {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key.text)) {
    problems.error('environment-variable-name', key.place, `\`${key.text}\` is not a name of a variable`, {
      given: key.text,
      allowed: 'letters, digits and `_`, not beginning with a digit',
      hint: 'rename the variable',
    });
    return false;
  }
  // A process may name itself otherwise (EMPIRE_APPNAME); the rest is injected after these variables and would win.
  if (key.text.startsWith('EMPIRE_') && key.text !== 'EMPIRE_APPNAME') {
    problems.error('environment-reserved', key.place, `\`${key.text}\` is set by Empire`, {
      given: key.text,
      hint: didYouMean(key.text, ['EMPIRE_APPNAME'], 'choose a name that does not begin with `EMPIRE_`'),
    });
    return false;
  }
  return true;
}
