/** How a text is set. */
export interface Setting {
  /** Pixels. */
  readonly size: number;
  readonly bold: boolean;
}

/** Widths of the printable ASCII characters in hundredths of the size, of DejaVu Sans: the widest of the fonts that the pictures name. */
const REGULAR = widths(
  '32 40 46 84 64 95 78 27 39 39 50 84 32 36 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 53 100 68 69 70 77 63 58 77 75 29 29 66 56 86 75 79 60 79 69 63 61 73 68 99 69 61 69 39 34 39 84 50 50 61 63 55 63 62 35 63 63 28 28 58 28 97 63 61 63 63 41 52 39 63 59 82 59 59 52 64 34 64 84',
);
const BOLD = widths(
  '35 46 52 84 70 100 87 31 46 46 52 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 58 100 77 76 73 83 68 68 82 84 37 37 77 64 100 84 85 73 85 77 72 68 81 77 110 77 72 73 46 37 46 84 50 50 67 72 59 72 68 44 72 71 34 34 67 34 104 71 69 72 72 49 60 48 71 65 92 65 65 58 71 37 71 84',
);

/** Letters of other scripts are at most so wide; ideographs and pictures at most twice a small letter more. */
const LETTER = 125;
const WIDE = 150;
const FIRST_WIDE = 0x1100;

function widths(text: string): readonly number[] {
  return text.split(' ').map(Number);
}

/** How wide a text is at most, in pixels. */
export function textWidth(text: string, { size, bold }: Setting): number {
  const table = bold ? BOLD : REGULAR;
  let sum = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    sum += table[code - 32] ?? (code >= FIRST_WIDE && !isPunctuation(code) ? WIDE : LETTER);
  }
  return Math.ceil((sum * size) / 100);
}

const isPunctuation = (code: number): boolean => code >= 0x2000 && code < 0x2600;

/** A text cut with `…` so that it is not wider than this. */
export function fitText(text: string, width: number, setting: Setting): string {
  if (textWidth(text, setting) <= width) return text;
  const points = [...text];
  let low = 0;
  for (let high = points.length; low < high; ) {
    const middle = Math.ceil((low + high) / 2);
    if (textWidth(`${points.slice(0, middle).join('')}…`, setting) <= width) low = middle;
    else high = middle - 1;
  }
  return `${points.slice(0, low).join('').trimEnd()}…`;
}

/** What may not be in an XML file or turns the direction of a text, made visible; line ends as spaces. */
export function plainText(text: string): string {
  return text.replaceAll(/[\r\n\t ]+/g, ' ').replaceAll(/[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/gu, '\ufffd');
}
