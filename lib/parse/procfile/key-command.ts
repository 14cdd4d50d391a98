import type { Command } from '../../model/app.js';
import type { Problems } from '../../problems.js';
import { splitWords } from '../words.js';
import type { YamlNode } from '../yaml/node.js';
import { plainListOf } from './form-readers.js';
import { type Reader, refuseForm } from './reader.js';
import { text } from './scalar-readers.js';

const WANTED = 'a command as one string, or a list of its words';
const words = plainListOf(text, WANTED);

/** A string is split into POSIX words, a list is used as it is. */
export function readWords(node: YamlNode, what: string, problems: Problems): readonly string[] | undefined {
  if (node.kind === 'list') return words.read(node, what, problems);
  if (node.kind === 'map' || node.isNull) return refuseForm(node, what, WANTED, problems);
  const split = splitWords(node.text, node.place, problems);
  return split.kind === 'given' ? split.value : undefined;
}

export const commandOf = (list: readonly string[]): Command =>
  list.length === 0 ? { kind: 'image' } : { kind: 'words', words: list };

/** `command`: no words at all mean the image's own command. */
export const command: Reader<Command> = {
  read(node, what, problems) {
    const list = readWords(node, what, problems);
    return list === undefined ? undefined : commandOf(list);
  },
  schema: { anyOf: [{ type: ['string', 'number', 'boolean'] }, words.schema] },
};
