import type { GraphApp, GraphOther } from '../model/graph.js';
import { type Block, LINE, lineMiddle, NAME, PAD, placeBlock, TITLE, textAt } from './graph-boxes.js';
import { balancerCell, balancerKey, type Cell, mentionsBlock, processCell, processesInOrder, processKey, scheduleCell, scheduleKey } from './graph-columns.js';
import { bends, type Wire } from './graph-route.js';
import type { Scene, SceneBox, ScenePath, ScenePoint, SceneText } from './graph-scene.js';
import { fitText, plainText, textWidth } from './graph-text.js';
import { renderImage } from './values.js';

/** An app as a piece of the picture, as if it stood in the upper left corner, with the places where lines from outside begin and end. */
export interface Card extends Omit<Scene, 'height' | 'width'> {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Where lines to an address end, by URL. */
  readonly addresses: ReadonlyMap<string, number>;
  /** Where lines that mean the app as a whole end. */
  readonly door: number;
  /** Where the line of each mention begins, from the top. */
  readonly mentions: readonly number[];
}

const MARGIN = 16;
const GAP = 14;
const HEADER = 58;
/** For the globe and the arrow in front of a public balancer. */
const PORCH = 44;
const HEADER_WIDEST = 420;

/** A whole app: balancers and schedules, processes, and what its variables name. */
export function appCard(graph: GraphApp): Card {
  const { app } = graph;
  const maintenance = app.maintenance.kind === 'given';
  const isPublic = graph.balancers.some(({ scheme }) => scheme === 'public');
  const left = isPublic ? PORCH : 0;
  const rows = rowsOf(graph, maintenance);
  const mentions = mentionsBlock(graph.mentions);
  const x1 = left + MARGIN;
  const wires = wiresOf(graph, rows);
  const firstWidth = widest(rows.first.map(({ block }) => block));
  const lanes = wires.length === 0 ? 0 : 34 + 9 * wires.length;
  const x2 = x1 + firstWidth + lanes;
  const secondWidth = widest(rows.second.map(({ block }) => block));
  const x3 = x2 + secondWidth + (mentions === undefined || secondWidth === 0 ? 0 : GAP * 2);
  const inner = x3 + (mentions?.width ?? 0);
  const header = headerOf(graph, left + MARGIN);
  const width = Math.max(inner, ...header.map((text) => text.x + text.width)) + MARGIN;
  const placed = [
    ...rows.first.map(({ key, block }) => placeBlock(block, x1, rows.at.get(key) as number, firstWidth)),
    ...rows.second.map(({ key, block }) => placeBlock(block, x2, rows.at.get(key) as number, secondWidth)),
    ...(mentions === undefined ? [] : [placeBlock(mentions, x3, HEADER, mentions.width)]),
  ];
  const height = Math.max(HEADER - 4, ...placed.map(({ box }) => box.y + box.height)) + MARGIN;
  const frame: SceneBox = { kind: 'app', x: left, y: 0, width: width - left, height };
  const porches = porchesOf(graph, rows.at, x1);
  return {
    name: app.name,
    width,
    height,
    boxes: [frame, ...placed.map(({ box }) => box)],
    texts: [...header, ...placed.flatMap(({ texts }) => texts)],
    paths: [...porches.map(({ path }) => path), ...bends(wires, x1 + firstWidth, x2).map((points): ScenePath => ({ kind: 'inside', points }))],
    globes: porches.map(({ globe }) => globe),
    addresses: addressPlaces(graph, rows.at),
    door: HEADER / 2,
    mentions: graph.mentions.map((_, index) => HEADER + lineMiddle(index + 1)),
  };
}

/** An app that is only named, or a host that nothing answers to. */
export function otherCard({ name, kind, mentions: written }: GraphOther): Card {
  const mentions = mentionsBlock(written);
  const label = fitText(plainText(name), HEADER_WIDEST, TITLE);
  const texts: SceneText[] = [
    textAt(label, MARGIN, 24, TITLE, false),
    textAt(kind === 'app' ? 'another app' : 'nothing answers to this name', MARGIN, 42, LINE, true),
  ];
  const placed = mentions === undefined ? [] : [placeBlock(mentions, MARGIN, HEADER, mentions.width)];
  const width = Math.max(...texts.map((text) => text.x + text.width), ...placed.map(({ box }) => box.x + box.width)) + MARGIN;
  const height = mentions === undefined ? HEADER : HEADER + mentions.height + MARGIN;
  const frame: SceneBox = { kind: kind === 'app' ? 'app' : 'absent', x: 0, y: 0, width, height };
  return {
    name,
    width,
    height,
    boxes: [frame, ...placed.map(({ box }) => box)],
    texts: [...texts, ...placed.flatMap((one) => one.texts)],
    paths: [],
    globes: [],
    addresses: new Map(),
    door: HEADER / 2,
    mentions: written.map((_, index) => HEADER + lineMiddle(index + 1)),
  };
}

function headerOf({ app }: GraphApp, x: number): SceneText[] {
  const said = [renderImage(app.image), ...numbers(app.variables.length, 'variable'), ...numbers(app.secrets.length, 'secret')];
  const closed = app.maintenance.kind === 'given' ? ' (in maintenance)' : '';
  return [
    textAt(fitText(`${plainText(app.name)}${closed}`, HEADER_WIDEST, NAME), x, 28, NAME, false),
    textAt(fitText(plainText(said.join(' · ')), HEADER_WIDEST, LINE), x, 46, LINE, true),
  ];
}

const numbers = (count: number, noun: string): string[] => (count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`]);

const widest = (blocks: readonly Block[]): number => Math.max(0, ...blocks.map(({ width }) => width));

interface Rows {
  readonly first: readonly Cell[];
  readonly second: readonly Cell[];
  /** The top of each cell. */
  readonly at: ReadonlyMap<string, number>;
}

/** Both columns from the top; a schedule stands beside its process. */
function rowsOf(graph: GraphApp, maintenance: boolean): Rows {
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
  return { first, second, at };
}

/** From each address to its process, and from each schedule. */
function wiresOf(graph: GraphApp, { at }: Rows): Wire[] {
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
  return [...addresses, ...schedules];
}

function addressPlaces({ balancers }: GraphApp, at: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map(
    balancers
      .filter(({ scheme }) => scheme === 'internal')
      .flatMap((balancer) =>
        balancer.addresses.map(({ url }, index) => [url, (at.get(balancerKey(balancer)) as number) + lineMiddle(index + 1)]),
      ),
  );
}

/** The world outside, in front of each public balancer. */
function porchesOf({ balancers }: GraphApp, at: ReadonlyMap<string, number>, end: number): { globe: ScenePoint; path: ScenePath }[] {
  return balancers
    .filter(({ scheme }) => scheme === 'public')
    .map((balancer) => {
      const y = (at.get(balancerKey(balancer)) as number) + lineMiddle(0);
      const globe = { x: 12, y };
      return { globe, path: { kind: 'public', points: [{ x: 24, y }, { x: end, y }] } };
    });
}

/** Whether a text of the header is as wide as it says; for tests of hand-made cards. */
export const headerWidth = (text: string): number => textWidth(text, NAME);
void PAD;
