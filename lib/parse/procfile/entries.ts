import type { Place } from '../../model/problem.js';
import type { Problems } from '../../problems.js';
import { excerpt } from '../excerpt.js';
import type { SourceText } from '../source-text.js';
import { splitWords } from '../words.js';
import { parseYaml } from '../yaml/index.js';
import type { MapNode, YamlNode } from '../yaml/node.js';
import { type Range, type ScannedEntry, scanEntries } from './entry-scan.js';

/** One process of a Procfile as written: the image's own command, a command, or a mapping of keys. */
export interface ProcfileEntry {
  readonly name: string;
  readonly place: Place;
  readonly value:
    | { readonly kind: 'image' }
    | { readonly kind: 'literal'; readonly words: readonly string[]; readonly place: Place }
    | { readonly kind: 'map'; readonly node: MapNode };
}

/**
 * Splits a Procfile into its entries; `x-` keys are checked and left out, names are not yet validated.
 *
 * Literal commands are masked by spaces of the same length, so that what remains is YAML read in one pass, with anchors that work
 * across entries and offsets that hold in the file. A YAML syntax error is one problem, and then there are no entries.
 */
export function readEntries(source: SourceText, problems: Problems): ProcfileEntry[] {
  const { entries, masks } = scanEntries(source, problems);
  const nodes = new Map<string, YamlNode>();
  if (entries.some((entry) => entry.value.kind === 'yaml')) {
    const tree = parseYaml(source, maskRanges(source.text, masks), problems);
    if (tree.kind === 'none' || tree.value.kind !== 'map') return [];
    for (const { key, value } of tree.value.entries) nodes.set(key.text, value);
  }
  return entries.flatMap((entry) => understand(entry, nodes.get(entry.name), source, problems));
}

/** The text with the ranges blanked: same length, same line ends. */
function maskRanges(text: string, ranges: readonly Range[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    pieces.push(text.slice(at, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

function understand(entry: ScannedEntry, node: YamlNode | undefined, source: SourceText, problems: Problems): ProcfileEntry[] {
  const { name } = entry;
  const place = source.place(entry.offset);
  if (entry.value.kind === 'literal') return literal(name, place, entry.value, source, problems);
  // The tree lacks a key only when the reading of YAML was refused.
  if (node === undefined) return [];
  if (name.startsWith('x-')) {
    if (node.kind === 'scalar') refuseExtension(name, node.place, problems);
    return [];
  }
  if (node.kind === 'map') return [{ name, place, value: { kind: 'map', node } }];
  if (node.kind === 'list') refuseList(name, node.place, problems);
  return node.kind === 'list' || node.isNull
    ? [{ name, place, value: { kind: 'image' } }]
    : command(name, place, node.text, node.place, problems);
}

function literal(
  name: string,
  place: Place,
  value: { readonly text: string; readonly offset: number },
  source: SourceText,
  problems: Problems,
): ProcfileEntry[] {
  const text = value.text.trim();
  if (text === '' || text === '~') return [{ name, place, value: { kind: 'image' } }];
  const at = source.place(value.offset + value.text.length - value.text.trimStart().length);
  if (/^\[.*\]$/.test(text)) {
    problems.warning('procfile-bracketed-command', at, 'this is read as a command, not as a list', {
      given: excerpt(text),
      hint: `for a list of words, put \`command: ${excerpt(text)}\` indented under \`${excerpt(name)}:\``,
    });
  }
  return command(name, place, text, at, problems);
}

/**
 * A command text → an entry; one with nothing in it is the image's own command. So is a refused one: the process exists, and other
 * files that name it should not be blamed.
 */
function command(name: string, place: Place, text: string, at: Place, problems: Problems): ProcfileEntry[] {
  const words = splitWords(text, at, problems);
  const value: ProcfileEntry['value'] =
    words.kind === 'none' || words.value.length === 0 ? { kind: 'image' } : { kind: 'literal', words: words.value, place: at };
  return [{ name, place, value }];
}

function refuseExtension(name: string, place: Place, problems: Problems): void {
  problems.error('procfile-extension', place, `\`${excerpt(name)}\` holds neither a mapping nor a list`, {
    allowed: 'a mapping or a list, for anchors that processes use',
    hint: 'names that begin with `x-` are not processes; give a process another name',
  });
}

function refuseList(name: string, place: Place, problems: Problems): void {
  problems.error('procfile-list', place, `\`${excerpt(name)}\` is a list`, {
    given: 'a list',
    allowed: 'a command, or a mapping of keys',
    hint: `to give the command as a list, write \`command:\` under \`${excerpt(name)}:\` and the list under that`,
  });
}
