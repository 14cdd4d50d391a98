import type { GraphApp } from '../model/graph.js';
import { LINE, lineMiddle, NAME, placeBlock, textAt } from './graph-boxes.js';
import { balancerKey, type Cell, MENTIONS_KEY } from './graph-columns.js';
import { bends, countLanes } from './graph-route.js';
import { HEADER, rowsOf, wiresOf } from './graph-rows.js';
import type { Scene, SceneBox, ScenePath, ScenePoint, SceneText } from './graph-scene.js';
import { fitText, plainText } from './graph-text.js';
import { appWords } from './graph-words.js';

/** An app as a piece of the picture, as if it stood in the upper left corner, with the places where lines from outside begin and end. */
export interface Card extends Omit<Scene, 'height' | 'width'> {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Where lines to an address end, by URL. */
  readonly addresses: ReadonlyMap<string, ScenePoint>;
  /** Where lines that mean the app as a whole end. */
  readonly door: ScenePoint;
  /** Where the line of each mention begins. */
  readonly mentions: readonly ScenePoint[];
}

/** Between the frame and what is in it. */
export const MARGIN = 16;
/** Between the columns, and more for each lane of the lines between them. */
const GAP = 26;
const LANE = 12;
/** For the globe and the arrow in front of a public balancer. */
const PORCH = 44;
export const HEADER_WIDEST = 420;

/** A whole app: balancers and schedules, processes, and what its variables name. */
export function appCard(graph: GraphApp): Card {
  const { app } = graph;
  const maintenance = app.maintenance.kind === 'given';
  const isPublic = graph.balancers.some(({ scheme }) => scheme === 'public');
  const left = isPublic ? PORCH : 0;
  const rows = rowsOf(graph, maintenance);
  const wires = wiresOf(graph, rows);
  const x1 = left + MARGIN;
  const firstEnd = x1 + widest(rows.first);
  const x2 = wires.length === 0 ? firstEnd : firstEnd + GAP + LANE * countLanes(wires);
  const inner = x2 + widest(rows.second);
  const header = headerOf(graph, x1);
  const width = Math.max(inner, ...header.map((text) => text.x + text.width)) + MARGIN;
  const top = (key: string): number => rows.at.get(key) as number;
  const placed = [
    ...rows.first.map(({ key, block }) => placeBlock(block, x1, top(key), firstEnd - x1)),
    ...rows.second.map(({ key, block }) => placeBlock(block, x2, top(key), inner - x2)),
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
    paths: [
      ...porches.map(({ path }) => path),
      ...bends(wires, firstEnd, x2).map((points): ScenePath => ({ kind: 'inside', points })),
    ],
    globes: porches.map(({ globe }) => globe),
    addresses: addressPlaces(graph, rows.at, x1),
    door: { x: left, y: HEADER / 2 },
    mentions: graph.mentions.map((_, index) => ({ x: inner, y: top(MENTIONS_KEY) + lineMiddle(index + 1) })),
  };
}

function headerOf({ app }: GraphApp, x: number): SceneText[] {
  const closed = app.maintenance.kind === 'given' ? ' (in maintenance)' : '';
  return [
    textAt(fitText(`${plainText(app.name)}${closed}`, HEADER_WIDEST, NAME), x, 28, NAME, false),
    textAt(fitText(plainText(appWords(app)), HEADER_WIDEST, LINE), x, 46, LINE, true),
  ];
}

const widest = (cells: readonly Cell[]): number => Math.max(0, ...cells.map(({ block }) => block.width));

function addressPlaces({ balancers }: GraphApp, at: ReadonlyMap<string, number>, x: number): ReadonlyMap<string, ScenePoint> {
  return new Map(
    balancers
      .filter(({ scheme }) => scheme === 'internal')
      .flatMap((balancer) =>
        balancer.addresses.map(({ url }, index) => [
          url,
          { x, y: (at.get(balancerKey(balancer)) as number) + lineMiddle(index + 1) },
        ]),
      ),
  );
}

/** The world outside, in front of each public balancer. */
function porchesOf(
  { balancers }: GraphApp,
  at: ReadonlyMap<string, number>,
  end: number,
): { globe: ScenePoint; path: ScenePath }[] {
  return balancers
    .filter(({ scheme }) => scheme === 'public')
    .map((balancer) => {
      const y = (at.get(balancerKey(balancer)) as number) + lineMiddle(0);
      const globe = { x: 12, y };
      return {
        globe,
        path: {
          kind: 'public',
          points: [
            { x: 24, y },
            { x: end, y },
          ],
        },
      };
    });
}
