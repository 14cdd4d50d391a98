import type { Problems } from '../../problems.js';
import { excerpt } from '../excerpt.js';
import type { SourceText } from '../source-text.js';
import { refuseColon, refuseCommandAndKeys, refuseLine, refuseSecondDocument } from './entry-refusals.js';
import { isYamlValue, stripComment } from './entry-value.js';

/** One entry of a Procfile before its value is understood. */
export interface ScannedEntry {
  readonly name: string;
  readonly offset: number;
  /** `literal`: a command on the entry's own line, comment removed; `yaml`: to be found in the tree. */
  readonly value: { readonly kind: 'literal'; readonly text: string; readonly offset: number } | { readonly kind: 'yaml' };
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The entries in order, and the parts of the text that are no YAML. */
export interface Scan {
  readonly entries: readonly ScannedEntry[];
  readonly masks: readonly Range[];
}

interface Line {
  readonly text: string;
  readonly offset: number;
}

/** A line in column 0 with the indented lines below it. */
interface Block {
  readonly head: Line;
  readonly end: number;
  /** The first line below that says something. */
  readonly body: string | undefined;
}

/** A name is anything but white space and a colon that YAML reads as a plain key too; its letters are checked later. */
const HEAD = /^([^\s:#&*!|>'"%@`{}[\],?-][^\s:]*)[ \t]*:/;
/** A line that is a key of a mapping. */
const KEY = /^[A-Za-z_][A-Za-z_-]*:(?=[ \t]|$)/;
const MARKER = /^---(?=[ \t]|$)/;

/** Splits a Procfile at the lines that begin in column 0. */
export function scanEntries(source: SourceText, problems: Problems): Scan {
  const entries: ScannedEntry[] = [];
  const masks: Range[] = [];
  const names = new Map<string, number>();
  const refuse = (block: Block) => masks.push({ start: block.head.offset, end: block.end });
  let started = false;
  for (const block of blocksOf(source)) {
    if (MARKER.test(block.head.text)) {
      if (started) {
        refuseSecondDocument(source.place(block.head.offset), problems);
        masks.push({ start: block.head.offset, end: source.text.length });
        break;
      }
      started = true;
      if (stripComment(block.head.text.slice(3)).trim() === '' && block.body === undefined) continue;
    }
    started = true;
    const entry = scanEntry(block, source, problems);
    if (entry === undefined || isDuplicate(entry, names, source, problems)) {
      refuse(block);
      continue;
    }
    entries.push(entry);
    if (entry.value.kind === 'literal')
      masks.push({ start: entry.value.offset, end: block.head.offset + block.head.text.length });
  }
  return { entries, masks };
}

function scanEntry(block: Block, source: SourceText, problems: Problems): ScannedEntry | undefined {
  const { head } = block;
  const match = HEAD.exec(head.text);
  const name = match?.[1];
  if (match === null || name === undefined || name === '<<') {
    refuseLine(head, source, problems);
    return undefined;
  }
  const after = match[0].length;
  const rest = head.text.slice(after);
  const isYaml = block.body !== undefined || name.startsWith('x-') || isYamlValue(rest);
  if (!isYaml)
    return { name, offset: head.offset, value: { kind: 'literal', text: stripComment(rest), offset: head.offset + after } };
  if (block.body !== undefined && KEY.test(block.body) && !isYamlValue(rest) && stripComment(rest).trim() !== '') {
    refuseCommandAndKeys(name, rest, source.place(head.offset + after), problems);
    return undefined;
  }
  if (rest === '' || /^[ \t]/.test(rest)) return { name, offset: head.offset, value: { kind: 'yaml' } };
  refuseColon(name, head.text, source.place(head.offset + after), problems);
  return undefined;
}

function* blocksOf(source: SourceText): Generator<Block> {
  let head: Line | undefined;
  let end = 0;
  let body: string | undefined;
  for (const line of source.lines()) {
    const lineEnd = line.offset + line.text.length;
    // White space as YAML has it: trimStart would also take a no-break space for indentation.
    const trimmed = line.text.replace(/^[ \t]+/, '');
    const indented = trimmed.length < line.text.length;
    if (trimmed === '' || (trimmed.startsWith('#') && !(indented && head !== undefined))) continue;
    if (indented && head !== undefined) {
      if (!trimmed.startsWith('#')) body ??= trimmed;
      end = lineEnd;
      continue;
    }
    if (head !== undefined) yield { head, end, body };
    head = line;
    end = lineEnd;
    body = undefined;
  }
  if (head !== undefined) yield { head, end, body };
}

function isDuplicate(entry: ScannedEntry, names: Map<string, number>, source: SourceText, problems: Problems): boolean {
  const first = names.get(entry.name);
  if (first === undefined) {
    names.set(entry.name, entry.offset);
    return false;
  }
  const place = source.place(first);
  const where = place.kind === 'point' ? ` (first on line ${place.line})` : '';
  problems.error('procfile-duplicate-name', source.place(entry.offset), `\`${excerpt(entry.name)}\` is written twice${where}`, {
    given: excerpt(entry.name),
    hint: 'keep one of them, or give one another name',
  });
  return true;
}
