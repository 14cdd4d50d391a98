import type { Graph, GraphMention } from '../model/graph.js';
import { appCard, type Card } from './graph-card.js';
import { otherCard } from './graph-other-card.js';
import { type Columns, groupsOf } from './graph-ranks.js';
import type { Scene, ScenePoint } from './graph-scene.js';
import { busHeight, gapWidths, type Standing, type Thread, threadPaths } from './graph-wiring.js';

const EDGE = 16;
const BETWEEN = 28;
/** Groups stand beside each other as long as the picture is not wider. */
const WIDEST_ROW = 1400;

/** The whole picture with a place for everything. The same graph gives the same places. */
export function layoutGraph(graph: Graph): Scene {
  const cards = [...graph.apps.map(appCard), ...graph.others.map(otherCard)];
  const mentions = [...graph.apps, ...graph.others].map((one) => one.mentions);
  const threads = threadsOf(cards, mentions);
  const groups = groupsOf(cards.length, threads).map((columns) => layoutGroup(columns, cards, threads));
  return inRows(groups.sort((a, b) => Number(b.paths.some(isThread)) - Number(a.paths.some(isThread))));
}

const isThread = ({ kind }: Scene['paths'][number]): boolean => kind === 'mention';

function threadsOf(cards: readonly Card[], mentions: readonly (readonly GraphMention[])[]): Thread[] {
  const index = new Map(cards.map(({ name }, at) => [name, at]));
  return mentions.flatMap((list, from) =>
    list.map(({ target, address }, at) => {
      const to = index.get(target) as number;
      const card = cards[to] as Card;
      const arrives = (address.kind === 'given' ? card.addresses.get(address.value) : undefined) ?? card.door;
      return { from, to, leaves: (cards[from] as Card).mentions[at] as ScenePoint, arrives };
    }),
  );
}

/** Cards that hang together, in columns, with their lines. */
function layoutGroup(columns: Columns, cards: readonly Card[], all: readonly Thread[]): Scene {
  const members = columns.flat();
  const threads = all
    .filter(({ from }) => members.includes(from))
    .map((thread) => ({ ...thread, from: members.indexOf(thread.from), to: members.indexOf(thread.to) }));
  const columnOf = columns.flatMap((column, number) => column.map(() => number));
  const widths = gapWidths(columnOf, threads);
  const gaps: { start: number; end: number }[] = [];
  const standing: Standing[] = [];
  let x = 0;
  for (const [number, column] of columns.entries()) {
    gaps.push({ start: x, end: x + (widths[number] as number) });
    x += widths[number] as number;
    const stack = stackOf(column.map((index) => cards[index] as Card));
    standing.push(...stack.cards.map((one) => ({ ...one, column: number, x: x + one.x })));
    x += stack.width;
  }
  const behind = widths[columns.length] as number;
  gaps.push({ start: x, end: x + behind });
  const bottom = Math.max(...standing.map(({ card, y }) => y + card.height));
  const paths = threadPaths(standing, threads, gaps, bottom);
  const parts = standing.map(({ card, x: left, y }) => moved(card, left, y));
  return {
    width: x + behind,
    height: bottom + busHeight(columnOf, threads),
    ...joined(parts),
    paths: [...paths, ...joined(parts).paths],
  };
}

/** Cards below each other, with their frames in one line. */
function stackOf(cards: readonly Card[]): { readonly cards: Omit<Standing, 'column'>[]; readonly width: number } {
  const frame = Math.max(...cards.map(({ door }) => door.x));
  let next = 0;
  const placed = cards.map((card) => {
    const y = next;
    next += card.height + BETWEEN;
    return { card, x: frame - card.door.x, y };
  });
  return { cards: placed, width: Math.max(...placed.map(({ card, x }) => x + card.width)) };
}

/** Groups beside each other and in rows, as words in a text. */
function inRows(groups: readonly Scene[]): Scene {
  const widest = Math.max(WIDEST_ROW, ...groups.map(({ width }) => width));
  const placed: Scene[] = [];
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  let right = 0;
  for (const group of groups) {
    if (x > 0 && x + group.width > widest) {
      y += rowHeight + BETWEEN;
      x = 0;
      rowHeight = 0;
    }
    placed.push(moved(group, EDGE + x, EDGE + y));
    right = Math.max(right, x + group.width);
    x += group.width + BETWEEN;
    rowHeight = Math.max(rowHeight, group.height);
  }
  return { width: right + 2 * EDGE, height: y + rowHeight + 2 * EDGE, ...joined(placed) };
}

type Parts = Pick<Scene, 'boxes' | 'texts' | 'paths' | 'globes'>;

function moved<T extends Parts>(parts: T, dx: number, dy: number): T {
  const shift = <P extends { readonly x: number; readonly y: number }>(point: P): P => ({
    ...point,
    x: point.x + dx,
    y: point.y + dy,
  });
  return {
    ...parts,
    boxes: parts.boxes.map(shift),
    texts: parts.texts.map(shift),
    paths: parts.paths.map((path) => ({ ...path, points: path.points.map(shift) })),
    globes: parts.globes.map(shift),
  };
}

function joined(parts: readonly Parts[]): Parts {
  return {
    boxes: parts.flatMap(({ boxes }) => boxes),
    texts: parts.flatMap(({ texts }) => texts),
    paths: parts.flatMap(({ paths }) => paths),
    globes: parts.flatMap(({ globes }) => globes),
  };
}
