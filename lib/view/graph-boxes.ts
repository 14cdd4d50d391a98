import type { BoxKind, SceneBox, SceneText } from './graph-scene.js';
import { fitText, plainText, type Setting, textWidth } from './graph-text.js';

export const NAME: Setting = { size: 17, bold: true };
export const TITLE: Setting = { size: 13, bold: true };
export const LINE: Setting = { size: 12, bold: false };

/** Room between the edge of a box and its texts, left of them with a coloured bar. */
export const PAD = 12;
const BAR = 4;
const LINE_HEIGHT = 18;
const COLUMN_GAP = 14;
/** No text of a box is wider; a longer one is cut. */
const WIDEST = 290;

/** One line of a box: a text, and perhaps one at the right edge. */
export interface BoxLine {
  readonly left: string;
  readonly right: string;
  readonly setting: Setting;
  readonly dim: boolean;
}

export const line = (left: string, right = ''): BoxLine => ({ left, right, setting: LINE, dim: true });
export const title = (left: string, right = ''): BoxLine => ({ left, right, setting: TITLE, dim: false });

/** A box before it has a place. */
export interface Block {
  readonly kind: BoxKind;
  readonly lines: readonly BoxLine[];
  readonly width: number;
  readonly height: number;
}

/** A box just as large as its lines. */
export function block(kind: BoxKind, written: readonly BoxLine[]): Block {
  const lines = written.map(cutLine);
  const widest = Math.max(...lines.map(widthOf));
  return { kind, lines, width: widest + 2 * PAD + BAR, height: lines.length * LINE_HEIGHT + PAD + 4 };
}

/** The left text gives way to the right one, and keeps at least half of the box. */
function cutLine({ left, right, setting, dim }: BoxLine): BoxLine {
  const [first, second] = [plainText(left), plainText(right)];
  if (second === '') return { left: fitText(first, WIDEST, setting), right: '', setting, dim };
  const room = WIDEST - COLUMN_GAP;
  const end = fitText(second, room - Math.min(textWidth(first, setting), room / 2), LINE);
  return { left: fitText(first, room - textWidth(end, LINE), setting), right: end, setting, dim };
}

const widthOf = ({ left, right, setting }: BoxLine): number =>
  textWidth(left, setting) + (right === '' ? 0 : COLUMN_GAP + textWidth(right, LINE));

/** The middle of a line of a box, from its top. */
export const lineMiddle = (index: number): number => PAD / 2 + 2 + LINE_HEIGHT * index + LINE_HEIGHT / 2;

/** The box and its texts at a place, perhaps wider than it needs to be. */
export function placeBlock(at: Block, x: number, y: number, width: number): { box: SceneBox; texts: SceneText[] } {
  const texts = at.lines.flatMap(({ left, right, setting, dim }, index) => {
    const base = y + lineMiddle(index) + 4.5;
    const first = textAt(left, x + PAD + BAR, base, setting, dim);
    return right === '' ? [first] : [first, { ...textAt(right, x + width - PAD, base, LINE, true), anchor: 'end' as const }];
  });
  return { box: { kind: at.kind, x, y, width, height: at.height }, texts };
}

export function textAt(text: string, x: number, y: number, setting: Setting, dim: boolean): SceneText {
  return { text, x, y, anchor: 'start', dim, width: textWidth(text, setting), ...setting };
}
