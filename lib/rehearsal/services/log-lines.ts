import type { LogLine } from '../../model/windows.js';
import { spread } from './identifiers.js';
import { echoOf, exitCodeOf } from './one-off.js';
import type { SimulatedStream } from './state.js';

const SECOND = 1000;
/** Requests before this are of the time when nothing was sent yet. */
const FIRST_REQUEST = 4 * SECOND;

/**
 * The lines of a stream are a function of its number, so that nothing has to happen for a service to write its log. This many there
 * are until `now`.
 */
export function countLines(stream: SimulatedStream, now: number): number {
  const end = Math.min(now, stream.endedAt ?? Number.POSITIVE_INFINITY);
  const fixed = fixedLines(stream).filter(({ at }) => at <= end).length;
  if (stream.kind !== 'serves' && stream.kind !== 'works') return fixed;
  const since = end - firstRequest(stream);
  return since < 0 ? fixed : fixed + Math.floor(since / period(stream)) + 1;
}

export function lineAt(stream: SimulatedStream, index: number): LogLine {
  const fixed = fixedLines(stream);
  const line = fixed[index];
  if (line !== undefined) return line;
  const number = index - fixed.length;
  return { at: firstRequest(stream) + number * period(stream), text: requestLine(stream, number) };
}

const period = (stream: SimulatedStream): number => 5 * SECOND + spread(stream.task, 6 * SECOND);
const firstRequest = (stream: SimulatedStream): number => stream.startedAt + stream.boot + FIRST_REQUEST;

function fixedLines(stream: SimulatedStream): readonly LogLine[] {
  const at = (milliseconds: number, text: string): LogLine => ({ at: stream.startedAt + milliseconds, text });
  switch (stream.kind) {
    case 'serves':
      return [at(200, `starting ${stream.command}`), at(stream.boot, `listening on port ${stream.port}`)];
    case 'works':
      return [at(200, `starting ${stream.command}`), at(stream.boot, 'waiting for jobs')];
    case 'crashes':
      return [at(200, `starting ${stream.command}`), at(SECOND, 'connecting to the database'), at(4 * SECOND, CRASH_LINE)];
    case 'migrates':
      return [
        at(500, '== migrating'),
        at(3 * SECOND, '-- add_index(:orders, :created_at)'),
        at(6.5 * SECOND, '== migrated (6.0 s)'),
      ];
    case 'migration-fails':
      return [at(500, '== migrating'), at(3 * SECOND, 'rolling back'), at(3.5 * SECOND, CRASH_LINE)];
    case 'runs':
      return runLines(stream.command).map((text, index) => at(index === 0 ? 300 : 7.5 * SECOND, text));
  }
}

const runLines = (command: string): readonly string[] => {
  const echo = echoOf(command);
  return echo === undefined ? [`running ${command}`, exitCodeOf(command) === 0 ? 'done' : 'failed'] : [echo];
};

const CRASH_LINE = 'Error: cannot connect to the database';

const PATHS = ['/', '/orders', '/orders/17', '/login', '/assets/app.css', '/cart'];

function requestLine(stream: SimulatedStream, number: number): string {
  const draw = (what: string, below: number): number => spread(`${stream.task} ${what} ${number}`, below);
  if (stream.kind === 'works') return `job ${1000 + draw('job', 9000)} done in ${20 + draw('time', 900)} ms`;
  const path = PATHS[draw('path', PATHS.length)] ?? '/';
  return `GET ${path} ${stream.answers} ${2 + draw('time', 60)} ms`;
}
