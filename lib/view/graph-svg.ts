import type { Graph } from '../model/graph.js';
import { renderNumber } from './columns.js';
import { layoutGraph } from './graph-layout.js';
import type { Scene, SceneBox, ScenePath, ScenePoint, SceneText } from './graph-scene.js';
import { graphStyle } from './graph-style.js';
import { plainText } from './graph-text.js';

/** The picture as an SVG file: no script, no font, no address of another place in it; the same graph gives the same bytes. */
export function renderGraphSvg(graph: Graph): string {
  return renderScene(layoutGraph(graph), titleOf(graph));
}

/** What a screen reader says. */
function titleOf({ apps, environment }: Graph): string {
  const [first] = apps;
  const what = apps.length === 1 && first !== undefined ? first.app.name : renderNumber(apps.length, 'app');
  return `${what} in ${environment}`;
}

/** A picture with places → the text of the file. */
export function renderScene(scene: Scene, name: string): string {
  const [width, height] = [number(scene.width), number(scene.height)];
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(name)}</title>`,
    `<style>\n${graphStyle()}\n</style>`,
    `<rect class="page" width="${width}" height="${height}" rx="8"/>`,
    ...scene.boxes.filter(isFrame).map(renderFrame),
    ...scene.paths.map(renderPath),
    ...scene.boxes.filter((box) => !isFrame(box)).map(renderBox),
    ...scene.globes.map(renderGlobe),
    ...scene.texts.map(renderText),
    '</svg>',
  ].join('\n')}\n`;
}

const isFrame = ({ kind }: SceneBox): boolean => kind === 'app' || kind === 'absent';

/** At most one digit after the point. */
const number = (value: number): string => String(Math.round(value * 10) / 10);

const place = ({ x, y, width, height }: SceneBox): string =>
  `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"`;

function renderFrame(box: SceneBox): string {
  return `<rect class="frame${box.kind === 'absent' ? ' absent dashed' : ''}" ${place(box)} rx="10"/>`;
}

function renderBox(box: SceneBox): string {
  const dashed = box.kind === 'off' || box.kind === 'run-only' || box.kind === 'release' ? ' dashed' : '';
  const [x, y] = [number(box.x + 5), number(box.y + 7)];
  return [
    `<rect class="box${dashed}" ${place(box)} rx="6"/>`,
    `<rect class="bar-${box.kind}" x="${x}" y="${y}" width="4" height="${number(box.height - 14)}" rx="2"/>`,
  ].join('');
}

function renderText({ x, y, size, bold, dim, anchor, text }: SceneText): string {
  const classes = [...(bold ? ['bold'] : []), ...(dim ? ['dim'] : [])].join(' ');
  const end = anchor === 'end' ? ' text-anchor="end"' : '';
  const look = classes === '' ? '' : ` class="${classes}"`;
  return `<text x="${number(x)}" y="${number(y)}" font-size="${size}"${look}${end}>${escapeXml(text)}</text>`;
}

function renderGlobe({ x, y }: ScenePoint): string {
  const at = `cx="${number(x)}" cy="${number(y)}"`;
  return `<g class="edge wire-public"><circle ${at} r="9"/><ellipse ${at} rx="4" ry="9"/><path d="M${number(x - 9)} ${number(y)}h18"/></g>`;
}

const ROUND = 7;
const TIP = 7;

/** A line with round corners and an arrow at its end. */
function renderPath({ kind, points }: ScenePath): string {
  const end = points.at(-1) as ScenePoint;
  const line = [...points.slice(0, -1), { x: end.x - TIP + 1, y: end.y }];
  const steps = line.map((point, index) => step(line, point, index));
  const [x, y] = [number(end.x), end.y];
  const tip = `M${x} ${number(y)}L${number(end.x - TIP)} ${number(y - 4)}V${number(y + 4)}Z`;
  return `<path class="wire wire-${kind}" d="${steps.join('')}"/><path class="tip-${kind}" d="${tip}"/>`;
}

function step(line: readonly ScenePoint[], point: ScenePoint, index: number): string {
  const [before, after] = [line[index - 1], line[index + 1]];
  if (before === undefined) return `M${number(point.x)} ${number(point.y)}`;
  if (after === undefined) return `L${number(point.x)} ${number(point.y)}`;
  const radius = Math.min(ROUND, distance(before, point) / 2, distance(point, after) / 2);
  const [first, second] = [towards(point, before, radius), towards(point, after, radius)];
  return `L${number(first.x)} ${number(first.y)}Q${number(point.x)} ${number(point.y)} ${number(second.x)} ${number(second.y)}`;
}

/** Pieces are straight, so one of the two differences is 0. */
const distance = (a: ScenePoint, b: ScenePoint): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

function towards(from: ScenePoint, to: ScenePoint, length: number): ScenePoint {
  return { x: from.x + Math.sign(to.x - from.x) * length, y: from.y + Math.sign(to.y - from.y) * length };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text that stays a text in an SVG file. */
export function escapeXml(text: string): string {
  return plainText(text).replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] as string);
}
