import type { RunningProcess, RunningTask } from '../model/running.js';
import { renderColumns } from './columns.js';
import { cut, type Look, paint } from './look.js';
import { renderAge } from './time.js';
import { renderSize } from './values.js';

/**
 * `v2.web.217e2ddd  128:20.00mb  RUNNING  1m  "acme-inc server"`, a line per task: the release in which its task definition came, its
 * process, its id; then why it waits or stopped. Below, the services that do not have as many tasks as they want.
 *
 * On a screen, a reason that has no room beside its task stands on a line of its own.
 */
export function renderPs(tasks: readonly RunningTask[], processes: readonly RunningProcess[], now: number, look: Look): string {
  const lines = renderColumns(tasks.map((task) => cells(task, now)))
    .split('\n')
    .slice(0, -1);
  const rows = lines.flatMap((line, index) => rowOf(line, tasks[index] as RunningTask, look));
  return [...rows, ...processes.filter(isShort).map((process) => paint(cut(shortLine(process), look.width), 'yellow', look))]
    .map((line) => `${line}\n`)
    .join('');
}

const cells = (task: RunningTask, now: number): string[] => [
  taskName(task),
  sizeOf(task),
  task.status,
  sinceOf(task) === 0 ? '-' : renderAge(now - sinceOf(task)),
  task.command === '' ? "(the image's own)" : JSON.stringify(task.command),
];

/** `v2.web.217e2ddd`; a task whose release is not known has no number. */
export function taskName({ introducedIn, process, id }: Pick<RunningTask, 'introducedIn' | 'process' | 'id'>): string {
  return `${introducedIn.kind === 'given' ? `v${introducedIn.value}` : '-'}.${shortName(process, id)}`;
}

/** `web.217e2ddd`. */
export const shortName = (process: string, id: string): string => `${process}.${id.slice(0, 8)}`;

function sizeOf({ size }: RunningTask): string {
  const nproc = size.nproc === 0 ? ({ kind: 'none' } as const) : ({ kind: 'given', value: size.nproc } as const);
  return renderSize({ cpu: size.cpu, memoryMiB: size.memoryMiB, nproc });
}

/** Since when it is what it is: its end, its start, or when it was made. */
export function sinceOf({ stoppedAt, startedAt, createdAt }: Pick<RunningTask, 'stoppedAt' | 'startedAt' | 'createdAt'>): number {
  if (stoppedAt.kind === 'given') return stoppedAt.value;
  return startedAt.kind === 'given' ? startedAt.value : createdAt;
}

function rowOf(line: string, task: RunningTask, look: Look): string[] {
  const { why } = task;
  const whole = why === '' ? line : `${line}  ${why}`;
  if ([...whole].length <= look.width) return [painted(whole, task, look)];
  const first = painted(cut(line, look.width), task, look);
  return why === '' ? [first] : [first, paint(cut(`    ${why}`, look.width), 'dim', look)];
}

/** The status in a colour, where it is the word that stands out. */
function painted(line: string, { status, failed, why }: RunningTask, look: Look): string {
  const colour = failed
    ? 'red'
    : status === 'RUNNING'
      ? why === ''
        ? 'green'
        : 'yellow'
      : status === 'STOPPED'
        ? 'dim'
        : 'yellow';
  return line.replace(`  ${status}  `, () => `  ${paint(status, colour, look)}  `);
}

const isShort = ({ wanted, running, waitingFor }: RunningProcess): boolean => wanted !== running || waitingFor !== '';

/** `web: 2 wanted, 1 running, waits for: pulling the image`. */
function shortLine({ name, wanted, running, waitingFor }: RunningProcess): string {
  return `${name}: ${wanted} wanted, ${running} running${waitingFor === '' ? '' : `, waits for: ${waitingFor}`}`;
}
