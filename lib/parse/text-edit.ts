import { Failure } from '../failure.js';
import { Problems } from '../problems.js';
import { SourceText } from './source-text.js';

/** Replace `text.slice(from, to)` of the normalised text by `by`. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/**
 * A file's text that is to be changed in places and otherwise kept byte for byte: edits speak in offsets of the
 * normalised text (no byte-order mark, line ends `\n`), as the readers do; the rest keeps its mark and line ends.
 */
export class EditedText {
  /** What the readers read. */
  readonly source: SourceText;
  private readonly raw: string;
  private readonly mark: string;
  /** Normalised offsets of the `\n` that were `\r\n`, ascending. */
  private readonly crlf: number[] = [];
  private readonly edits: Edit[] = [];
  private appended = '';

  constructor(text: string) {
    this.mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
    this.raw = text.slice(this.mark.length);
    for (let at = this.raw.indexOf('\r\n'); at !== -1; at = this.raw.indexOf('\r\n', at + 2))
      this.crlf.push(at - this.crlf.length);
    this.source = new SourceText('', this.raw.replaceAll('\r\n', '\n'));
  }

  /** Reads the text as it is now; a text that would be refused is not edited. */
  read<T>(reader: (source: SourceText, problems: Problems) => T): T {
    const problems = new Problems();
    const value = reader(this.source, problems);
    const wrong = problems.all.find((problem) => problem.severity === 'error');
    if (wrong !== undefined) {
      const line = wrong.place.kind === 'point' ? `line ${wrong.place.line}` : 'this file';
      throw new Failure(line, `${wrong.message}, so the file cannot be edited`, wrong.hint, wrong.code);
    }
    return value;
  }

  replace(from: number, to: number, by: string): void {
    if (this.source.text.slice(from, to) !== by) this.edits.push({ from, to, by });
  }

  /** Removes the whole lines that hold the text between two offsets. */
  removeLines(from: number, to: number): void {
    const { text } = this.source;
    const start = text.lastIndexOf('\n', from - 1) + 1;
    const end = text.indexOf('\n', to);
    this.edits.push({ from: from === 0 ? 0 : start, to: end === -1 ? text.length : end + 1, by: '' });
  }

  append(line: string): void {
    this.appended += `${line}\n`;
  }

  /** The changed text. */
  toString(): string {
    const eol = this.crlf.length > 0 && this.crlf[0] === this.source.text.indexOf('\n') ? '\r\n' : '\n';
    const withEnds = (text: string) => (eol === '\n' ? text : text.replaceAll('\n', eol));
    let out = this.mark;
    let at = 0;
    for (const edit of this.edits.toSorted((a, b) => a.from - b.from)) {
      out += this.raw.slice(at, this.rawOffset(edit.from)) + withEnds(edit.by);
      at = this.rawOffset(edit.to);
    }
    out += this.raw.slice(at);
    if (this.appended === '') return out;
    const open = out.length > this.mark.length && !out.endsWith('\n');
    return out + withEnds((open ? '\n' : '') + this.appended);
  }

  private rawOffset(offset: number): number {
    let low = 0;
    let high = this.crlf.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.crlf[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  }
}
