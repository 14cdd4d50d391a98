const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const MINUTE = 60_000;
const UNITS = { minute: MINUTE, hour: 60 * MINUTE, day: 1440 * MINUTE } as const;
/** Zones differ from UTC by whole quarters of an hour. */
const QUARTER = 15 * MINUTE;
/** A schedule that does not tick within so many milliseconds does not tick in a rehearsal. */
const FAR = 62 * 1440 * MINUTE;

/**
 * The first tick of a schedule of EventBridge Scheduler after a time; Infinity when it is far. `L`, `W` and `#` are not rehearsed: such a
 * schedule does not tick.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function nextTick(expression: string, timezone: string, after: number): number {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) return after + Number(rate[1]) * UNITS[rate[2] as keyof typeof UNITS];
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1]?.split(' ') ?? [];
  if (fields.length !== 6 || fields.some((field) => /[LW#]/.test(withoutNames(field)))) return Number.POSITIVE_INFINITY;
  const local = clockOf(timezone);
  for (let at = (Math.floor(after / MINUTE) + 1) * MINUTE; at < after + FAR; ) {
    const now = local(at);
    if (!isHour(fields, now)) at = (Math.floor(at / QUARTER) + 1) * QUARTER;
    else if (isIn(fields[0], now.minute, 59)) return at;
    else at += MINUTE;
  }
  return Number.POSITIVE_INFINITY;
}

interface LocalTime {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  readonly month: number;
  readonly weekday: number;
  readonly year: number;
}

function clockOf(timezone: string): (at: number) => LocalTime {
  const parts = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    weekday: 'short',
  } as const;
  const format = new Intl.DateTimeFormat('en-US', { ...parts, timeZone: timezone || 'UTC', hourCycle: 'h23' });
  return (at) => {
    const found = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const [minute, hour, day, month, year] = ['minute', 'hour', 'day', 'month', 'year'].map((name) => Number(found[name]));
    const weekday = WEEKDAYS.indexOf(String(found['weekday']).toUpperCase()) + 1;
    return { minute, hour, day, month, year, weekday } as LocalTime;
  };
}

const isHour = ([, hour, day, month, weekday, year]: readonly string[], now: LocalTime): boolean =>
  isIn(hour, now.hour, 23) &&
  isIn(day, now.day, 31) &&
  isIn(month, now.month, 12) &&
  isIn(weekday, now.weekday, 7) &&
  isIn(year, now.year, 2199);

/** Lists, ranges and steps; `?` is any. */
function isIn(field: string | undefined, value: number, max: number): boolean {
  return withoutNames(field ?? '*')
    .split(',')
    .some((item) => {
      const [range = '', step] = item.split('/');
      const [from = '', to] = range.split('-');
      const any = from === '*' || from === '?';
      const start = any ? (step === undefined ? value : max === 59 || max === 23 ? 0 : 1) : Number(from);
      const end = to !== undefined ? Number(to) : any || step !== undefined ? max : start;
      return value >= start && value <= end && (value - start) % Number(step ?? 1) === 0;
    });
}

const withoutNames = (field: string): string =>
  field.replaceAll(/[A-Z]{3}/g, (name) => String((WEEKDAYS.includes(name) ? WEEKDAYS : MONTHS).indexOf(name) + 1));
