import { clearLine, cursorTo, moveCursor } from 'node:readline';
import type { ProgressEvent, Report } from '../../model/progress.js';
import type { Windows } from '../../model/windows.js';
import { cut, type Look } from '../../view/look.js';
import { advance, NO_PROGRESS, type Progress } from '../../view/progress.js';
import { progressJson } from '../../view/progress-json.js';
import { renderProgressBlock, renderProgressLines } from '../../view/progress-lines.js';

/** Where the progress of one release is drawn. */
export interface Screen {
  readonly report: Report;
  /** Takes away what is drawn in place, before other talk. */
  end(): void;
}

export interface ScreenOptions {
  readonly windows: Windows;
  readonly look: Look;
  /** `--events`: each event as a line of JSON on stdout, and no drawing. */
  readonly events: boolean;
  /** Columns for the names of apps, when several share the screen. */
  readonly prefixWidth: number;
}

/** The screen of one release. */
export function openScreen(options: Omit<ScreenOptions, 'prefixWidth'>): Screen {
  return new SharedScreen({ ...options, prefixWidth: 0 }).of('');
}

/** One screen for several releases at once: their lines with the app's name in front, and one block at the bottom. */
export class SharedScreen {
  private readonly all = new Map<string, Progress>();
  private drawn = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly inPlace: boolean;

  constructor(private readonly options: ScreenOptions) {
    this.inPlace = process.stderr.isTTY === true && !options.events && process.env['TERM'] !== 'dumb';
  }

  /** The part of one app. */
  of(prefix: string): Screen {
    return { report: (event) => this.take(prefix, event), end: () => this.end(prefix) };
  }

  private take(prefix: string, event: ProgressEvent): void {
    const before = this.all.get(prefix) ?? NO_PROGRESS;
    const after = advance(before, event);
    this.all.set(prefix, after);
    if (this.options.events) {
      process.stdout.write(`${JSON.stringify(prefix === '' ? progressJson(event) : { app: prefix, ...progressJson(event) })}\n`);
      return;
    }
    const lines = renderProgressLines(event, { before, after, every: !this.inPlace, look: this.options.look });
    this.erase();
    for (const line of lines) process.stderr.write(`${this.named(prefix, line)}\n`);
    this.draw();
  }

  private named(prefix: string, line: string): string {
    return prefix === '' ? line : `${prefix.padEnd(this.options.prefixWidth)}  ${line}`;
  }

  private draw(): void {
    if (!this.inPlace) return;
    const now = this.options.windows.clock.now();
    const { look } = this.options;
    const lines = [...this.all].flatMap(([prefix, one]) =>
      renderProgressBlock(one, now, look).map((line) => this.named(prefix, line)),
    );
    for (const line of lines) process.stderr.write(`${cut(line, look.width - 1)}\n`);
    this.drawn = lines.length;
    if (lines.length === 0 || this.timer !== undefined) return;
    this.timer = setInterval(() => {
      this.erase();
      this.draw();
    }, 1000);
    this.timer.unref();
  }

  private erase(): void {
    for (; this.drawn > 0; this.drawn--) {
      moveCursor(process.stderr, 0, -1);
      cursorTo(process.stderr, 0);
      clearLine(process.stderr, 0);
    }
  }

  private end(prefix: string): void {
    this.erase();
    this.all.delete(prefix);
    if (this.all.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
    } else this.draw();
  }
}
