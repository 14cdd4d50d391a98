import type { GraphOther } from '../model/graph.js';
import { LINE, lineMiddle, placeBlock, TITLE, textAt } from './graph-boxes.js';
import { type Card, HEADER_WIDEST, MARGIN } from './graph-card.js';
import { mentionsCell } from './graph-columns.js';
import { HEADER } from './graph-rows.js';
import type { SceneBox, SceneText } from './graph-scene.js';
import { fitText, plainText } from './graph-text.js';

/** An app that is only named, or a host that nothing answers to. */
export function otherCard({ name, kind, mentions: written }: GraphOther): Card {
  const mentions = written.length === 0 ? undefined : mentionsCell(written).block;
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
    door: { x: 0, y: HEADER / 2 },
    mentions: written.map((_, index) => ({ x: MARGIN + (mentions?.width ?? 0), y: HEADER + lineMiddle(index + 1) })),
  };
}
