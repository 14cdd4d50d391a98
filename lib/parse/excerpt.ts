const LIMIT = 60;

/** What was written, for a message: one line, at most 60 characters. */
export function excerpt(text: string): string {
  const line = text.slice(0, 4 * LIMIT).replaceAll('\n', ' ');
  const points = [...line];
  const whole = points.length <= LIMIT && text.length <= 4 * LIMIT;
  return whole ? line : `${points.slice(0, LIMIT - 1).join('')}…`;
}
