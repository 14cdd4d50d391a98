import { isTransient } from '../failure.js';
import type { Given } from '../model/given.js';
import type { LogPage, StreamLine, Windows } from '../model/windows.js';
import { SeenLines } from './seen-lines.js';

/** Milliseconds between two looks at a log that is followed. */
const LOOK_EVERY = 2_000;
/** How far to look back for lines that arrive late, or were written where a clock is slow. More when a line was later than that. */
const LOOK_BACK = 5 * 60_000;
/** A line that arrived later than this is not waited for again. */
const LATEST = 60 * 60_000;
/** Ids that are kept: some 200 bytes each. */
const MOST_SEEN = 200_000;
/** Pauses between attempts, milliseconds. Who follows tries on and on. */
const PAUSES = [1_000, 2_000, 4_000, 8_000];

export interface LogQuestion {
  readonly group: string;
  /** Only streams whose names begin so; empty: all. */
  readonly prefix: string;
  readonly since: number;
  /** The present by a clock of the outside: this computer's may be wrong. */
  readonly now: number;
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** `missing`: there is no such group; who follows hears it once, and then waits for it. */
export type LogPiece =
  | { readonly kind: 'lines'; readonly lines: readonly StreamLine[] }
  /** All that was there was read; said once. */
  | { readonly kind: 'caught-up' }
  | { readonly kind: 'missing' };

/**
 * The lines of a log from a time on, page by page as somebody takes them; no page is read before the one before it was taken.
 *
 * Following is a pass again and again. What CloudWatch had got when a pass began, that pass has shown, so the next one begins at that
 * moment (by CloudWatch's own clock: neither this computer's nor a container's counts) less the time by which lines are late; the ids of the
 * lines make sure that nothing is shown twice. Lines that arrive while the pages of a pass are read are left for the next pass, unless they
 * are in the first page: an older line of their stream may have come behind the page that is read. So a stream keeps its order.
 */
export async function* tailLog(windows: Pick<Windows, 'logs' | 'clock'>, question: LogQuestion): AsyncGenerator<LogPiece> {
  const tail = new Tail(windows, question);
  for (let first = true; ; first = false) {
    const begun = windows.clock.now();
    const found = yield* tail.pass();
    if (first) yield { kind: found ? 'caught-up' : 'missing' };
    if (!question.follow || question.signal.aborted) return;
    tail.settle();
    // A pass over a busy log takes a while: half of the time is the outside's to rest.
    await windows.clock.sleep(Math.max(LOOK_EVERY, windows.clock.now() - begun), question.signal);
    if (question.signal.aborted) return;
  }
}

class Tail {
  private readonly seen: SeenLines;
  private from: number;
  /** The newest arrival that was seen: CloudWatch's clock is there at least. */
  private newest = 0;
  /** The same when the present pass began: what had arrived by then, it shows. */
  private settled: number;
  private late = 0;

  constructor(
    private readonly windows: Pick<Windows, 'logs' | 'clock'>,
    private readonly question: LogQuestion,
  ) {
    this.from = question.since;
    this.settled = question.now;
    // A single pass never reads a line twice.
    this.seen = new SeenLines(question.follow ? question.since : Number.POSITIVE_INFINITY, MOST_SEEN);
  }

  /** Gives the lines that are new, and whether there is a group. */
  async *pass(): AsyncGenerator<LogPiece, boolean> {
    const { group, prefix, signal } = this.question;
    if (this.newest > 0) this.settled = this.newest;
    for (let token: Given<string> = { kind: 'none' }, first = true; ; first = false) {
      const page = await this.patiently({ group, prefix, from: this.from, token });
      if (page.kind === 'missing') return false;
      const lines = page.lines.filter((line) => this.isDue(line, first) && this.isNew(line));
      if (lines.length > 0) yield { kind: 'lines', lines };
      if (page.token.kind === 'none' || signal.aborted) return true;
      token = page.token;
    }
  }

  settle(): void {
    // Before the first line CloudWatch's clock is not known, and the one that was asked may be fast.
    const settled = Math.min(this.settled, this.newest);
    this.from = Math.max(this.seen.horizon, settled - LOOK_BACK - this.late);
    this.seen.forgetBefore(this.from);
  }

  /** Not before its turn: the next pass shows it, and no line of its stream that is older can be missing then. */
  private isDue({ arrivedAt }: StreamLine, firstPage: boolean): boolean {
    this.newest = Math.max(this.newest, arrivedAt);
    return firstPage || !this.question.follow || arrivedAt <= this.settled;
  }

  private isNew(line: StreamLine): boolean {
    if (!this.seen.take(line)) return false;
    this.late = Math.max(this.late, Math.min(LATEST, line.arrivedAt - line.at));
    return true;
  }

  private async patiently(query: Parameters<Windows['logs']['filter']>[0]): Promise<LogPage> {
    const { follow, signal } = this.question;
    for (let attempt = 0; ; attempt += 1) {
      const pause = PAUSES[follow ? Math.min(attempt, PAUSES.length - 1) : attempt];
      try {
        return await this.windows.logs.filter(query);
      } catch (error) {
        if (!isTransient(error) || pause === undefined || signal.aborted) throw error;
        await this.windows.clock.sleep(pause, signal);
      }
    }
  }
}
