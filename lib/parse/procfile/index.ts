import type { Problems } from '../../problems.js';
import { didYouMean } from '../nearest.js';
import type { SourceText } from '../source-text.js';
import type { MapNode, ScalarNode } from '../yaml/node.js';
import { type ProcfileEntry, readEntries } from './entries.js';
import { commandOf } from './key-command.js';
import { KEY_NAMES, PROCESS_KEYS } from './keys.js';
import { ProcessNames } from './process-names.js';
import { isNotGiven } from './reader.js';
import type { KeyName, KeyValues, Written, WrittenKeys, WrittenProcess } from './written-process.js';

export { assembleProcesses } from './assemble.js';
export type { WrittenProcess } from './written-process.js';

type MutableKeys = { -readonly [K in KeyName]?: Written<KeyValues[K]> };

/** The processes as they were written, in the order of the file. Those with an unusable name are left out. */
export function parseProcfile(source: SourceText, problems: Problems): WrittenProcess[] {
  const names = new ProcessNames(problems);
  const processes: WrittenProcess[] = [];
  for (const entry of readEntries(source, problems)) {
    const keys = readKeys(entry, problems);
    if (names.accepts(entry.name, entry.place)) processes.push({ name: entry.name, place: entry.place, keys });
  }
  return processes;
}

/** Without a Procfile: `web`, with everything at its default. */
export function defaultProcess(file = 'Procfile'): WrittenProcess {
  return { name: 'web', place: { kind: 'file', file }, keys: {} };
}

function readKeys({ value }: ProcfileEntry, problems: Problems): WrittenKeys {
  switch (value.kind) {
    case 'image':
      return {};
    case 'literal':
      return { command: { value: commandOf(value.words), place: value.place } };
    case 'map':
      return readMap(value.node, problems);
  }
}

function readMap(node: MapNode, problems: Problems): WrittenKeys {
  const keys: MutableKeys = {};
  for (const { key, value } of node.entries) {
    if (!Object.hasOwn(PROCESS_KEYS, key.text)) {
      refuseKey(key, problems);
      continue;
    }
    if (isNotGiven(value)) continue;
    readKey(key.text as KeyName, value, keys, problems);
  }
  return keys;
}

function readKey<K extends KeyName>(
  name: K,
  node: MapNode['entries'][number]['value'],
  keys: MutableKeys,
  problems: Problems,
): void {
  const value = PROCESS_KEYS[name].reader.read(node, name, problems);
  if (value !== undefined) Object.assign(keys, { [name]: { value, place: node.place } });
}

function refuseKey(key: ScalarNode, problems: Problems): void {
  problems.error('procfile-unknown-key', key.place, `\`${key.text}\` is not a key of a process`, {
    given: key.text,
    allowed: KEY_NAMES.join(', '),
    hint: didYouMean(key.text, KEY_NAMES, `remove \`${key.text}\``),
  });
}
