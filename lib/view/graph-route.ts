import type { ScenePoint } from './graph-scene.js';

/** A line through a gap between two columns: the heights where it begins and ends. */
export interface Wire {
  readonly from: number;
  readonly to: number;
}

/** Wires that end at one height: they share a lane, and join there. */
interface Net {
  readonly to: number;
  readonly froms: readonly number[];
  readonly top: number;
  readonly bottom: number;
}

/** Lines nearer than this look like one. */
const NEAR = 4;
const ALONG = 50;

/** How many lanes the wires need. */
export const countLanes = (wires: readonly Wire[]): number => netsOf(wires).length;

/** The corners of every wire through one gap, in the order of the wires. */
export function bends(wires: readonly Wire[], start: number, end: number): ScenePoint[][] {
  const lanes = lanesOf(wires);
  const step = (end - start) / (countLanes(wires) + 1);
  return wires.map(({ from, to }) => {
    const lane = lanes.get(to);
    const first = { x: start, y: from };
    const last = { x: end, y: to };
    if (lane === undefined || from === to) return [first, last];
    const x = start + step * (lane + 1);
    return [first, { x, y: from }, { x, y: to }, last];
  });
}

/** The height where wires end → their lane, from the left, in an order in which few lines cross and none runs along another. */
export function lanesOf(wires: readonly Wire[]): ReadonlyMap<number, number> {
  const nets = netsOf(wires).sort((a, b) => Number(upward(a)) - Number(upward(b)) || b.to - a.to);
  for (let pass = 0, moved = true; moved && pass < nets.length; pass++) {
    moved = false;
    for (let at = 1; at < nets.length; at++) {
      const [left, right] = [nets[at - 1] as Net, nets[at] as Net];
      if (crossings(right, left) >= crossings(left, right)) continue;
      [nets[at - 1], nets[at]] = [right, left];
      moved = true;
    }
  }
  return new Map(nets.map(({ to }, lane) => [to, lane]));
}

const upward = ({ to, froms }: Net): boolean => froms.every((from) => from > to);

/** Wires that run straight need no lane. */
function netsOf(wires: readonly Wire[]): Net[] {
  const bent = wires.filter(({ from, to }) => from !== to);
  return [...new Set(bent.map(({ to }) => to))].map((to) => {
    const froms = wires.filter((wire) => wire.to === to).map(({ from }) => from);
    return { to, froms, top: Math.min(to, ...froms), bottom: Math.max(to, ...froms) };
  });
}

/** What it costs when the one net is left of the other: lines that cross, and far worse, lines on top of each other. */
function crossings(left: Net, right: Net): number {
  const through = right.froms.filter((from) => from >= left.top && from <= left.bottom).length;
  const back = left.to >= right.top && left.to <= right.bottom ? 1 : 0;
  const along = right.froms.filter((from) => Math.abs(from - left.to) < NEAR).length;
  return through + back + ALONG * along;
}
