import type { GraphApp } from '../model/graph.js';
import { lineMiddle } from './graph-boxes.js';
import {
  balancerCell,
  balancerKey,
  type Cell,
  mentionsCell,
  processCell,
  processesInOrder,
  processKey,
  scheduleCell,
  scheduleKey,
} from './graph-columns.js';
import type { Wire } from './graph-route.js';

/** Where the columns of an app begin, from its top. */
export const HEADER = 58;
const GAP = 14;

/** The two columns of an app before they have a place from left to right. */
export interface Rows {
  readonly first: readonly Cell[];
  readonly second: readonly Cell[];
  /** The top of each cell. */
  readonly at: ReadonlyMap<string, number>;
}

/** Both columns from the top; a schedule stands beside its process. */
export function rowsOf(graph: GraphApp, maintenance: boolean): Rows {
  const at = new Map<string, number>();
  const first: Cell[] = [];
  const second: Cell[] = [];
  let firstEnd = HEADER;
  let secondEnd = HEADER;
  for (const cell of graph.balancers.map(balancerCell)) {
    first.push(cell);
    at.set(cell.key, firstEnd);
    firstEnd += cell.block.height + GAP;
  }
  for (const process of processesInOrder(graph)) {
    const cell = processCell(process, maintenance);
    const beside = process.kind === 'cron' ? scheduleCell(process) : undefined;
    const top = beside === undefined ? secondEnd : Math.max(firstEnd, secondEnd);
    second.push(cell);
    at.set(cell.key, top);
    secondEnd = top + cell.block.height + GAP;
    if (beside === undefined) continue;
    first.push(beside);
    at.set(beside.key, top);
    firstEnd = top + beside.block.height + GAP;
  }
  if (graph.mentions.length > 0) {
    const cell = mentionsCell(graph.mentions);
    second.push(cell);
    at.set(cell.key, secondEnd);
  }
  return { first, second, at };
}

/** From each address to its process, and from each schedule. */
export function wiresOf(graph: GraphApp, { at }: Rows): Wire[] {
  const top = (key: string): number => at.get(key) as number;
  const addresses = graph.balancers.flatMap((balancer) =>
    balancer.addresses.map(({ process }, index) => ({
      from: top(balancerKey(balancer)) + lineMiddle(index + 1),
      to: top(processKey(process)) + lineMiddle(0),
    })),
  );
  const schedules = graph.app.processes
    .filter(({ kind }) => kind === 'cron')
    .map(({ name }) => ({ from: top(scheduleKey(name)) + lineMiddle(0), to: top(processKey(name)) + lineMiddle(0) }));
  const all = [...addresses, ...schedules];
  return all.map((wire) => ({ from: wire.from, to: clearOf(all, wire.to) }));
}

/** Ends a little higher or lower where another line would run along. */
function clearOf(wires: readonly Wire[], to: number): number {
  const others = wires.filter((wire) => wire.to !== to).map(({ from }) => from);
  const places = [0, 6, -6, 12, 18, 24].map((offset) => to + offset);
  return places.find((place) => others.every((from) => Math.abs(from - place) >= 5)) ?? to;
}
