import { Failure } from '../failure.js';
import type { Size } from '../model/app.js';
import { Problems } from '../problems.js';
import { parseScale } from './scale.js';
import { formatScaleCount, type ScaleCount } from './scale-count.js';
import { splitScale } from './scale-line.js';
import { formatSize, isNamedSize } from './size.js';
import { EditedText } from './text-edit.js';
import { type LineWord, wordsOfLines } from './words-of-line.js';

/** A new count, a new size, or both; what is left out stays. */
export interface ScaleEdit {
  readonly count?: ScaleCount;
  readonly size?: Size;
}

/** Changes lines of the text of `scale` (or an overlay) and touches nothing else. */
export function editScale(text: string, edits: ReadonlyMap<string, ScaleEdit>): string {
  const edited = new EditedText(text);
  edited.read((source, problems) => parseScale(source, true, problems));
  const written = new Set<string>();
  for (const words of wordsOfLines(edited.source)) {
    const [first, second] = words as [LineWord, LineWord | undefined];
    const process = second === undefined ? first.text.slice(0, first.text.indexOf('=')) : second.text;
    const edit = edits.get(process);
    if (edit === undefined) continue;
    written.add(process);
    const by = second === undefined ? changed(first.text, edit) : formatLine(process, countOf(edit), sizeOf(edit));
    edited.replace(first.start, (second ?? first).end, by);
  }
  for (const [process, edit] of edits) {
    if (!written.has(process)) edited.append(formatLine(process, countOf(edit), sizeOf(edit)));
  }
  return edited.toString();
}

/** The line with the edit in it; texts that say the same already stay as they were written. */
function changed(line: string, edit: ScaleEdit): string {
  const parts = splitScale(line, () => ({ kind: 'file', file: '' }), new Problems());
  if (parts === undefined) return line;
  const count = parts.count.kind === 'given' ? parts.count.value.text : '';
  const size = parts.size.kind === 'given' ? parts.size.value.text : '';
  const newCount = edit.count === undefined ? count : countOf(edit);
  const off = /^(?:off|-1)$/i.test(newCount);
  return formatLine(parts.process, newCount, edit.size === undefined ? (off ? '' : size) : sizeOf(edit));
}

function formatLine(process: string, count: string, size: string): string {
  if (count === '' && size === '') throw new Failure(process, 'nothing to change', 'give a count or a size', 'scale-nothing');
  if (/^(?:off|-1)$/i.test(count) && size !== '') {
    throw new Failure(
      process,
      `\`${process}\` is off and takes no size`,
      `give a count too: \`${process}=1:${size}\``,
      'scale-off-size',
    );
  }
  if (size === '') return `${process}=${count}`;
  return count === '' && isNamedSize(size) ? `${process}=${size}` : `${process}=${count}:${size}`;
}

const countOf = (edit: ScaleEdit) => (edit.count === undefined ? '' : formatScaleCount(edit.count));
const sizeOf = (edit: ScaleEdit) => (edit.size === undefined ? '' : formatSize(edit.size));
