import { Failure } from '../../failure.js';

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `10m`, `1h`, `2d` before now, or a moment: `2026-06-04T14:27:00Z`. Milliseconds since 1970. */
export function parseSince(text: string, now: number): number {
  const [, number, unit] = /^([0-9]{1,6})([smhd])$/.exec(text) ?? [];
  if (number !== undefined) return now - Number(number) * UNITS[unit as keyof typeof UNITS];
  const moment = /^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+)?)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(moment)) return moment;
  throw new Failure(
    '--since',
    `\`${text}\` is neither a time nor so long ago`,
    'write for example 90s, 10m, 1h, 2d or 2026-06-04T14:27:00Z',
    'usage-since',
  );
}
