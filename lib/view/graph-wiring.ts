import type { Card } from './graph-card.js';
import { lanesOf, type Wire } from './graph-route.js';
import type { ScenePath, ScenePoint } from './graph-scene.js';

/** A mention drawn: from a line of one card to a line of another. */
export interface Thread {
  readonly from: number;
  readonly to: number;
  /** From the corner of its card. */
  readonly leaves: ScenePoint;
  readonly arrives: ScenePoint;
}

/** A card that has a place, and the number of its column. */
export interface Standing {
  readonly card: Card;
  readonly column: number;
  readonly x: number;
  readonly y: number;
}

const LANE = 10;
const GAP_LEAST = 48;
/** Below the cards, where the lines run that cannot go straight to the next column. */
const BUS_FIRST = 22;

/** One thread with the vertical pieces it needs: one in a gap when it goes to the next column, else two and a piece below all cards. */
interface Run {
  readonly start: ScenePoint;
  readonly end: ScenePoint;
  readonly pieces: readonly { readonly gap: number; readonly wire: Wire }[];
}

/** How wide the gap before each column must be; the last entry is the gap behind all of them. */
export function gapWidths(columns: readonly number[], threads: readonly Thread[]): number[] {
  const count = new Array<number>(Math.max(0, ...columns) + 2).fill(0);
  for (const { from, to } of threads) {
    const [source, target] = [columns[from] as number, columns[to] as number];
    count[source + 1] = (count[source + 1] as number) + 1;
    if (target !== source + 1) count[target] = (count[target] as number) + 1;
  }
  return count.map((lanes, gap) =>
    lanes === 0 ? (gap === 0 || gap === count.length - 1 ? 0 : GAP_LEAST) : GAP_LEAST + LANE * lanes,
  );
}

/** How much room the lines below the cards take. */
export function busHeight(columns: readonly number[], threads: readonly Thread[]): number {
  const far = threads.filter(({ from, to }) => columns[to] !== (columns[from] as number) + 1);
  const buses = new Set(far.map(targetOf)).size;
  return buses === 0 ? 0 : BUS_FIRST + LANE * buses;
}

/** Threads that end at one point share a line below the cards. */
const targetOf = ({ to, arrives }: Thread): string => `${to} ${arrives.y}`;

/** The lines of all threads between cards that stand. `gaps`: where the gap before each column begins and ends. */
export function threadPaths(
  standing: readonly Standing[],
  threads: readonly Thread[],
  gaps: readonly { readonly start: number; readonly end: number }[],
  bottom: number,
): ScenePath[] {
  const runs = runsOf(standing, threads, bottom);
  const lanes = gaps.map(({ start, end }, gap) => {
    const found = lanesOf(runs.flatMap(({ pieces }) => pieces.filter((piece) => piece.gap === gap).map(({ wire }) => wire)));
    return new Map([...found].map(([to, lane]) => [to, start + ((end - start) * (lane + 1)) / (found.size + 1)]));
  });
  return runs.map(({ start, end, pieces }) => {
    const corners = pieces.flatMap(({ gap, wire: { from, to } }) => {
      const x = lanes[gap]?.get(to);
      return x === undefined || from === to
        ? []
        : [
            { x, y: from },
            { x, y: to },
          ];
    });
    return { kind: 'mention', points: [start, ...corners, end] };
  });
}

function runsOf(standing: readonly Standing[], threads: readonly Thread[], bottom: number): Run[] {
  const buses = new Map<string, number>();
  return threads.map((thread) => {
    const source = standing[thread.from] as Standing;
    const target = standing[thread.to] as Standing;
    const start = { x: source.x + thread.leaves.x, y: source.y + thread.leaves.y };
    const end = { x: target.x + thread.arrives.x, y: target.y + thread.arrives.y };
    if (target.column === source.column + 1)
      return { start, end, pieces: [{ gap: target.column, wire: { from: start.y, to: end.y } }] };
    const lane = buses.get(targetOf(thread)) ?? buses.size;
    buses.set(targetOf(thread), lane);
    const bus = bottom + BUS_FIRST + LANE * lane;
    const pieces = [
      { gap: source.column + 1, wire: { from: start.y, to: bus } },
      { gap: target.column, wire: { from: bus, to: end.y } },
    ];
    return { start, end, pieces };
  });
}
