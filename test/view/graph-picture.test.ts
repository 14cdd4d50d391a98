import { expect } from 'chai';
import fc from 'fast-check';
import type { Folder } from '../../lib/model/folder.js';
import { graphOf } from '../../lib/relate/index.js';
import { layoutGraph } from '../../lib/view/graph-layout.js';
import type { Scene, SceneBox, ScenePoint, SceneText } from '../../lib/view/graph-scene.js';
import { renderGraphSvg } from '../../lib/view/graph-svg.js';
import { fitText, textWidth } from '../../lib/view/graph-text.js';
import { readFolder } from '../../lib/windows/disk.js';
import { folderOf, readApps } from '../support/apps-of-files.js';

const NONE = { kind: 'none' } as const;

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const boxArea = ({ x, y, width, height }: SceneBox): Area => ({ left: x, right: x + width, top: y, bottom: y + height });

/** Width as the font is said to be, not as the layout says it. */
function textArea({ text, x, y, size, bold, anchor }: SceneText): Area {
  const width = textWidth(text, { size, bold });
  const left = anchor === 'start' ? x : x - width;
  return { left, right: left + width, top: y - size * 0.8, bottom: y + size * 0.22 };
}

const overlap = (a: Area, b: Area): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const within = (inner: Area, outer: Area): boolean =>
  inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;

const isFrame = ({ kind }: SceneBox): boolean => kind === 'app' || kind === 'absent';

/** Everything that is not as it should be in a picture. */
function faultsOf(scene: Scene): string[] {
  const frames = scene.boxes.filter(isFrame);
  const boxes = scene.boxes.filter((box) => !isFrame(box));
  const page: Area = { left: 0, top: 0, right: scene.width, bottom: scene.height };
  return [
    ...pairs(frames)
      .filter(([a, b]) => overlap(boxArea(a), boxArea(b)))
      .map(([a, b]) => `frames overlap: ${say(a)} ${say(b)}`),
    ...pairs(boxes)
      .filter(([a, b]) => overlap(boxArea(a), boxArea(b)))
      .map(([a, b]) => `boxes overlap: ${say(a)} ${say(b)}`),
    ...pairs(scene.texts)
      .filter(([a, b]) => overlap(textArea(a), textArea(b)))
      .map(([a, b]) => `texts overlap: ${a.text}, ${b.text}`),
    ...scene.boxes.filter((box) => !within(boxArea(box), page)).map((box) => `outside of the page: ${say(box)}`),
    ...boxes
      .filter((box) => !frames.some((frame) => within(boxArea(box), boxArea(frame))))
      .map((box) => `outside of a frame: ${say(box)}`),
    ...scene.texts.filter((text) => !holderOf(text, boxes, frames)).map(({ text }) => `wider than its box: ${text}`),
    ...scene.paths.flatMap(({ points }) => faultsOfPath(points, boxes, page)),
  ];
}

const say = (value: object): string => JSON.stringify(value);

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, index) => items.slice(index + 1).map((b): [T, T] => [a, b]));
}

/** A text is inside one box, or in a frame and beside all of its boxes. */
function holderOf(text: SceneText, boxes: readonly SceneBox[], frames: readonly SceneBox[]): boolean {
  const area = textArea(text);
  const touching = boxes.filter((box) => overlap(area, boxArea(box)));
  if (touching.length > 0) return touching.length === 1 && within(area, boxArea(touching[0] as SceneBox));
  return frames.some((frame) => within(area, boxArea(frame)));
}

/** Lines are straight, stay on the page, and never run through a box. */
function faultsOfPath(points: readonly ScenePoint[], boxes: readonly SceneBox[], page: Area): string[] {
  return points.slice(1).flatMap((end, index) => {
    const start = points[index] as ScenePoint;
    const area: Area = {
      left: Math.min(start.x, end.x),
      right: Math.max(start.x, end.x),
      top: Math.min(start.y, end.y),
      bottom: Math.max(start.y, end.y),
    };
    const straight = start.x === end.x || start.y === end.y;
    const hit = boxes.filter((box) =>
      overlap({ ...area, right: area.right + 0.01, bottom: area.bottom + 0.01 }, inset(boxArea(box))),
    );
    return [
      ...(straight ? [] : [`a line is not straight: ${say(points)}`]),
      ...(within(area, page) ? [] : [`a line leaves the page: ${say(points)}`]),
      ...hit.map((box) => `a line runs through a box: ${say(box)}`),
    ];
  });
}

const inset = ({ left, right, top, bottom }: Area): Area => ({
  left: left + 1,
  right: right - 1,
  top: top + 1,
  bottom: bottom - 1,
});

function sceneOf(folder: Folder, only?: string): Scene {
  const { apps, platform } = readApps(folder);
  return layoutGraph(graphOf(apps, platform, only === undefined ? NONE : { kind: 'given', value: only }));
}

const SAMPLES = readFolder(process.cwd(), { appsPath: 'apps', only: NONE });

const processName = fc.constantFrom('web', 'api', 'worker', 'nightly', 'console', 'chat', 'release', 'x');
const word = fc.constantFrom('run', '日本語の長いコマンド', 'W'.repeat(80), '<b>&', 'Ünïcödé', '🙂🙂', 'il1');
const FORMS: readonly ((command: string, ports: number) => { command: string; ports?: readonly string[] })[] = [
  (command) => ({ command }),
  (command, ports) => ({ command, ports: ['80:8080', '8080:9000', '443:8080'].slice(0, ports) }),
  (command, ports) => ({ command, ports: Array.from({ length: ports }, (_, index) => `${5000 + index}:${6000 + index}`) }),
  (command) => ({ command, cron: ['0 6 * * MON-FRI', '@hourly'], timezone: 'America/Argentina/ComodRivadavia' }),
  (command) => ({ command, noservice: true }),
];
const form = fc.tuple(fc.constantFrom(...FORMS), word, fc.integer({ min: 1, max: 2 }));
const procfile = fc.dictionary(processName, form, { minKeys: 1, maxKeys: 6 }).map((entries) =>
  Object.entries(entries)
    .map(([name, [make, command, ports]], index) => entryOf(name, make(command, ports), index))
    .join('\n'),
);

/** TCP ports of two processes must not be the same; `release` has no other keys. */
function entryOf(name: string, form: { command: string; ports?: readonly string[] }, index: number): string {
  const ports = form.ports?.map((port) => port.replace(/^5\d+/, (one) => String(Number(one) + 10 * index)));
  const keys = name === 'release' ? { command: form.command } : ports === undefined ? form : { ...form, ports };
  return [`${name}:`, ...Object.entries(keys).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`)].join('\n');
}
const APPS = ['alpha', 'beta', 'gamma-long-name', 'delta', 'epsilon'];
const host = fc
  .tuple(fc.constantFrom('api.', 'chat.', ''), fc.constantFrom(...APPS, 'nobody'))
  .map(([process, app]) => `${process}${app}.empire`);
const env = fc
  .dictionary(fc.constantFrom('A', 'B_URL', `LONG_${'X'.repeat(90)}`), fc.tuple(host, host), { maxKeys: 3 })
  .map((values) =>
    Object.entries(values)
      .map(([name, [one, two]]) => `${name}="http://${one},${two}:8081"`)
      .join('\n'),
  );
const folders = fc
  .dictionary(fc.constantFrom(...APPS), fc.record({ Procfile: procfile, env }), { minKeys: 1, maxKeys: 5 })
  .map((apps) =>
    folderOf(Object.fromEntries(Object.entries(apps).map(([name, files]) => [name, { image: 'acme/app:1', ...files }]))),
  );

describe('the picture of apps', () => {
  for (const only of [undefined, 'hello', 'acme-inc', 'router', 'reference'])
    it(`of ${only ?? 'all samples'}: nothing overlaps, and no text is wider than its box`, () => {
      expect(faultsOf(sceneOf(SAMPLES, only))).to.deep.equal([]);
    });

  it('of any apps: nothing overlaps, no text is wider than its box, no line runs through a box', () => {
    fc.assert(
      fc.property(folders, (folder) => {
        expect(faultsOf(sceneOf(folder))).to.deep.equal([]);
      }),
      { numRuns: 60 },
    );
  }).timeout(30_000);

  it('a fault is seen', () => {
    const scene = sceneOf(SAMPLES, 'hello');
    const of = (kind: SceneBox['kind']) => scene.boxes.find((box) => box.kind === kind) as SceneBox;
    const [frame, first, second] = [of('app'), of('internal'), of('service')];
    expect(faultsOf({ ...scene, boxes: [frame, first, { ...second, x: first.x + 10 }] }).join()).to.contain('boxes overlap');
    const longer = scene.texts.map((text) => ({ ...text, text: `${text.text} ${'and more'.repeat(20)}` }));
    expect(faultsOf({ ...scene, texts: longer }).join()).to.contain('wider than its box');
    const through = {
      kind: 'inside' as const,
      points: [
        { x: 0, y: first.y + 10 },
        { x: scene.width, y: first.y + 10 },
      ],
    };
    expect(faultsOf({ ...scene, paths: [through] }).join()).to.contain('runs through a box');
  });

  it('is the same bytes for the same apps in any order', () => {
    const { apps, platform } = readApps(SAMPLES);
    const backwards = [...apps].reverse();
    expect(renderGraphSvg(graphOf(apps, platform, NONE))).to.equal(renderGraphSvg(graphOf(backwards, platform, NONE)));
  });
});

describe('texts in a picture', () => {
  it('are cut to a width, by whole characters', () => {
    const setting = { size: 12, bold: false };
    expect(fitText('acme-inc server', 500, setting)).to.equal('acme-inc server');
    expect(fitText('acme-inc server --verbose', 100, setting)).to.equal('acme-inc serv…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 20, max: 300 }), (text, width) => {
        const cut = fitText(text, width, setting);
        expect(textWidth(cut, setting)).to.be.at.most(width);
        expect(text.startsWith(cut.replace(/…$/, ''))).to.equal(true);
      }),
    );
  });
});
