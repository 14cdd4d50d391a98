import type { StreamLine } from '../model/windows.js';

/**
 * Which lines were shown already, so that one may look back without showing any twice. Ids are kept from the horizon on; nobody may
 * look further back than that. When there are too many, the oldest are given up and the horizon rises.
 */
export class SeenLines {
  /** Ids by the second of their line. */
  private readonly seconds = new Map<number, Set<string>>();
  private count = 0;

  constructor(
    private at: number,
    private readonly most: number,
  ) {}

  /** No line before this is known. */
  get horizon(): number {
    return this.at;
  }

  get size(): number {
    return this.count;
  }

  /** Whether the line is new; from now on it is not. Lines of one pass come by their time. */
  take(line: Pick<StreamLine, 'id' | 'at'>): boolean {
    if (line.at < this.at) return true;
    const second = Math.floor(line.at / 1000);
    const ids = this.seconds.get(second) ?? new Set();
    if (ids.has(line.id)) return false;
    ids.add(line.id);
    this.seconds.set(second, ids);
    this.count += 1;
    if (this.count > this.most) this.giveUpBefore(second);
    return true;
  }

  /** Nobody will look before this any more. */
  forgetBefore(at: number): void {
    if (at <= this.at) return;
    this.at = at;
    for (const second of this.seconds.keys()) if ((second + 1) * 1000 <= at) this.drop(second);
  }

  /** A tenth at once, and never what the present pass may still read. */
  private giveUpBefore(second: number): void {
    const passed = [...this.seconds.keys()].filter((one) => one < second).sort((a, b) => a - b);
    for (const one of passed) {
      if (this.count <= this.most * 0.9) return;
      this.drop(one);
      this.at = Math.max(this.at, (one + 1) * 1000);
    }
  }

  private drop(second: number): void {
    this.count -= this.seconds.get(second)?.size ?? 0;
    this.seconds.delete(second);
  }
}
