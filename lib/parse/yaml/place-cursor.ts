import type { Place } from '../../model/problem.js';
import type { SourceText } from '../source-text.js';

/**
 * Places of offsets that mostly ascend. Counts from the last answer, so that a file of one very long line costs one pass and
 * not one per value.
 */
export class PlaceCursor {
  private offset = 0;
  private line = 1;
  private column = 1;
  private lineEnd: number;

  constructor(private readonly source: SourceText) {
    this.lineEnd = this.lineEndAfter(0);
  }

  at(offset: number): Place {
    if (offset < this.offset) return this.source.place(offset);
    while (this.lineEnd < offset) {
      this.offset = this.lineEnd + 1;
      this.lineEnd = this.lineEndAfter(this.offset);
      this.line++;
      this.column = 1;
    }
    for (const _ of this.source.text.slice(this.offset, offset)) this.column++;
    this.offset = offset;
    return { kind: 'point', file: this.source.file, line: this.line, column: this.column };
  }

  private lineEndAfter(offset: number): number {
    const end = this.source.text.indexOf('\n', offset);
    return end === -1 ? Number.POSITIVE_INFINITY : end;
  }
}
