import type { Look } from './look.js';
import { renderMoment } from './time.js';

/** A line of a log with where it comes from. */
export interface LogLineView {
  readonly at: number;
  readonly process: string;
  readonly container: string;
  readonly task: string;
  readonly text: string;
}

/** Below this many columns the date and the task are left out. */
const NARROW = 60;
/** Cyan, yellow, green, magenta, blue, and their bright ones. */
const COLOURS = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94];
/** A name longer than this pushes its own line out, not all lines. */
const WIDEST = 40;

/** How the lines of the processes of one app look side by side: names in one column, a colour for each process. */
export class LogLines {
  private readonly colours = new Map<string, number>();
  private widest = 0;

  constructor(
    processes: readonly string[],
    private readonly look: Look,
    /** Whether a person sees them, and not a file or a program. */
    private readonly terminal = look.colour,
  ) {
    for (const process of processes) this.colourOf(process);
    for (const process of processes) this.pad(this.nameOf({ process, container: process, task: '0'.repeat(8) }));
  }

  /** `Jun  4 14:27:05 web.217e2ddd     GET / 200 12 ms` */
  render(line: LogLineView): string {
    const seconds = `:${String(new Date(line.at).getSeconds()).padStart(2, '0')}`;
    const moment = renderMoment(line.at);
    const time = this.isNarrow ? moment.slice(-5) : moment + seconds;
    const head = `${time} ${this.pad(this.nameOf(line))}`;
    const text = this.terminal ? withoutControls(line.text, this.look.colour) : line.text;
    return `${this.look.colour ? `\u001b[${this.colourOf(line.process)}m${head}\u001b[39m` : head}  ${text}`.trimEnd();
  }

  private nameOf({ process, container, task }: Pick<LogLineView, 'process' | 'container' | 'task'>): string {
    const own = container === '' || container === process ? process : `${process}/${container}`;
    return task === '' || this.isNarrow ? own : `${own}.${task.slice(0, 8)}`;
  }

  private get isNarrow(): boolean {
    return this.look.width < NARROW;
  }

  private pad(name: string): string {
    this.widest = Math.min(WIDEST, Math.max(this.widest, name.length));
    return name.padEnd(this.widest);
  }

  private colourOf(process: string): number {
    const known = this.colours.get(process) ?? COLOURS[this.colours.size % COLOURS.length] ?? 39;
    this.colours.set(process, known);
    return known;
  }
}

const ESCAPE = '\u001b';
/** Colours; other control sequences; other control characters than the tab. */
const CONTROLS = new RegExp(
  [
    `${ESCAPE}\\[[0-9;]*m`,
    `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07]*\\x07?|.)?`,
    '[\\x00-\\x08\\x0a-\\x1a\\x1c-\\x1f\\x7f]',
  ].join('|'),
  'g',
);

/** A log must not move the cursor of the terminal that shows it; its colours may stay where colours are shown. */
const withoutControls = (text: string, colours: boolean): string =>
  text.replaceAll(CONTROLS, (found) => (colours && found.startsWith(`${ESCAPE}[`) && found.endsWith('m') ? found : ''));

/** One line of JSON. */
export function logLineJson({ at, process, container, task, text }: LogLineView, id: string): string {
  return JSON.stringify({ at: new Date(at).toISOString(), process, container, task: task || null, id, text });
}
