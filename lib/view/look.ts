/** How a screen is: whether colours are shown, and how many columns it has. */
export interface Look {
  readonly colour: boolean;
  readonly width: number;
}

/** For files, tests and programs. */
export const PLAIN: Look = { colour: false, width: 100 };

type Paint = 'red' | 'green' | 'yellow' | 'dim' | 'bold';

const CODES: Readonly<Record<Paint, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** A text in a colour, where colours are shown. */
export function paint(text: string, colour: Paint, look: Look): string {
  if (!look.colour || text === '') return text;
  const [on, off] = CODES[colour];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

/** A line cut to the width of the screen, so that it never wraps. Only for texts without colours. */
export function cut(line: string, width: number): string {
  const points = [...line];
  return points.length <= width ? line : `${points.slice(0, Math.max(0, width - 1)).join('')}…`;
}
