import type { LogQuery, LogsWindow, StreamLine } from '../model/windows.js';
import type { Gate, RehearsalWorld } from './gate.js';
import { countLines, lineAt } from './services/log-lines.js';
import type { SimulatedStream } from './services/state.js';

/** The most lines of one answer. */
const PAGE = 1000;

/** CloudWatch Logs. The token of a stream is the number of the next line; of a group, how many lines were passed. */
export function rehearsedLogs(gate: Gate): LogsWindow {
  return {
    read: ({ group, stream, from }) =>
      gate.call('logs.read', (world) => {
        const found = world.state.services.streams[group]?.[stream];
        if (found === undefined) {
          return { lines: [], token: from.kind === 'token' ? given(from.token) : ({ kind: 'none' } as const) };
        }
        const count = countLines(found, world.now);
        const start = from.kind === 'token' ? Number(from.token) : from.kind === 'last' ? Math.max(0, count - from.lines) : 0;
        const length = Math.max(0, Math.min(PAGE, count - start));
        const lines = Array.from({ length }, (_, index) => lineAt(found, start + index));
        return { lines, token: given(String(start + length)) };
      }),

    filter: (query) =>
      gate.call('logs.filter', (world) => {
        const streams = world.state.services.streams[query.group];
        if (streams === undefined) return { kind: 'missing' as const };
        const passed = query.token.kind === 'given' ? Number(query.token.value) : 0;
        const lines = linesOf(world, streams, query);
        const page = lines.slice(passed, passed + PAGE);
        const next = passed + page.length;
        return {
          kind: 'page' as const,
          lines: page,
          token: next < lines.length ? given(String(next)) : ({ kind: 'none' } as const),
        };
      }),

    removeGroup: (group) =>
      gate.call('logs.removeGroup', ({ state }) => {
        const name = `AWS::Logs::LogGroup ${group}`;
        const found = Object.hasOwn(state.stacks.names, name);
        delete state.stacks.names[name];
        delete state.services.streams[group];
        return found;
      }),
  };
}

/** All lines from a time on, by their time. They come in the order of their times, so that those that were passed stay in front. */
function linesOf(
  world: RehearsalWorld,
  streams: Readonly<Record<string, SimulatedStream>>,
  { prefix, from }: LogQuery,
): StreamLine[] {
  const lines = Object.entries(streams)
    .filter(([name]) => name.startsWith(prefix))
    .flatMap(([name, stream]) => linesSince(world, name, stream, from));
  return lines.sort((a, b) => a.at - b.at || (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0));
}

function linesSince(world: RehearsalWorld, name: string, stream: SimulatedStream, from: number): StreamLine[] {
  const lines: StreamLine[] = [];
  for (let index = countLines(stream, world.now) - 1; index >= 0; index -= 1) {
    const line = lineAt(stream, index);
    if (line.at < from) break;
    lines.push({ ...line, stream: name, id: `${name}#${index}`, arrivedAt: line.at });
  }
  return lines.reverse();
}

const given = (value: string): { readonly kind: 'given'; readonly value: string } => ({ kind: 'given', value });
