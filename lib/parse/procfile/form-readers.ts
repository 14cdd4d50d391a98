import type { Json, JsonObject } from '../../model/json.js';
import type { Problems } from '../../problems.js';
import { didYouMean } from '../nearest.js';
import type { YamlNode } from '../yaml/node.js';
import { asList, asMap, isNotGiven, type Reader } from './reader.js';
import type { Written, WrittenFields } from './written-process.js';

type ReaderTable<T> = { readonly [K in keyof T]: Reader<T[K]> };

/** A list whose items are all of one kind. Items with a problem are left out. */
export function listOf<T>(item: Reader<T>, wanted: string): Reader<readonly Written<T>[]> {
  return {
    read(node, what, problems) {
      const list = asList(node, what, wanted, problems);
      if (list === undefined) return undefined;
      const values: Written<T>[] = [];
      for (const [index, element] of list.items.entries()) {
        const value = item.read(element, `${what}[${index}]`, problems);
        if (value !== undefined) values.push({ value, place: element.place });
      }
      return values;
    },
    schema: { type: 'array', items: item.schema },
  };
}

/** The same without places. */
export function plainListOf<T>(item: Reader<T>, wanted: string): Reader<readonly T[]> {
  const list = listOf(item, wanted);
  return { read: (node, what, problems) => list.read(node, what, problems)?.map(({ value }) => value), schema: list.schema };
}

/** A map of known fields; unknown ones are refused, `required` ones must be there. */
export function fields<T>(table: ReaderTable<T>, required: readonly (keyof T & string)[] = []): Reader<WrittenFields<T>> {
  const names = Object.keys(table);
  return {
    read(node, what, problems) {
      const map = asMap(node, what, `a map of ${names.map((name) => `\`${name}\``).join(', ')}`, problems);
      if (map === undefined) return undefined;
      const found: { [K in keyof T]?: Written<T[K]> } = {};
      const seen = new Set<string>();
      for (const { key, value } of map.entries) {
        if (!Object.hasOwn(table, key.text)) {
          refuseField(key.text, key, what, names, problems);
          continue;
        }
        if (isNotGiven(value)) continue;
        seen.add(key.text);
        const name = key.text as keyof T & string;
        const read = table[name].read(value, `${what}.${name}`, problems);
        if (read !== undefined) found[name] = { value: read, place: value.place };
      }
      return refuseMissing(
        required.filter((name) => !seen.has(name)),
        node,
        what,
        problems,
      )
        ? undefined
        : found;
    },
    schema: fieldsSchema(table, names, required),
  };
}

function refuseField(name: string, key: YamlNode, what: string, names: readonly string[], problems: Problems): void {
  problems.error('procfile-unknown-field', key.place, `\`${name}\` is not a setting of \`${what}\``, {
    given: name,
    allowed: names.join(', '),
    hint: didYouMean(name, names, `remove \`${name}\``),
  });
}

function refuseMissing(missing: readonly string[], node: YamlNode, what: string, problems: Problems): boolean {
  for (const name of missing) {
    problems.error('procfile-missing-field', node.place, `\`${what}\` has no \`${name}\``, { hint: `add \`${name}: …\`` });
  }
  return missing.length > 0;
}

function fieldsSchema<T>(table: ReaderTable<T>, names: readonly string[], required: readonly string[]): JsonObject {
  const properties: Record<string, Json> = {};
  for (const name of names) {
    const own = table[name as keyof T].schema;
    properties[name] = { anyOf: [own, { type: 'null' }] };
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required: [...required] } : {}), additionalProperties: false };
}
