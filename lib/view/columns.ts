/** A cell wider than this pushes its own line out, not the column. */
const WIDEST = 60;

/** Rows → lines with columns two spaces apart, without trailing spaces. */
export function renderColumns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, Math.min(WIDEST, lengthOf(cell)));
  }
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] as number) - lengthOf(cell)))).join('  ');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}

/** In characters as people count them; nearly always that of the string. */
const lengthOf = (cell: string): number => (/[\ud800-\udbff]/.test(cell) ? [...cell].length : cell.length);

/** `1 app`, `3 apps`. */
export function renderNumber(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Bytes in thousands: `3.2 kB`. */
export function renderBytes(bytes: number): string {
  return bytes < 1000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${(bytes / 1000).toFixed(1)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
