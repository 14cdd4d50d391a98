const NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** A whole circle of leap years. */
const YEARS = [2025, 2026, 2027, 2028];
const MINUTES = { minute: 1, hour: 60, day: 1440 } as const;
const MINUTES_A_MONTH = (365.25 * 1440) / 12;

/**
 * How often a schedule of EventBridge Scheduler ticks in a month, on average over four years. Years that a schedule names beside those
 * are not looked at: it then ticks as in any year.
 */
export function runsPerMonth(expression: string): number {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) return MINUTES_A_MONTH / (Number(rate[1]) * MINUTES[rate[2] as keyof typeof MINUTES]);
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1]?.split(' ') ?? [];
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const perDay = valuesOf(minute, 0, 59, []).size * valuesOf(hour, 0, 23, []).size;
  const months = valuesOf(month, 1, 12, MONTHS);
  const days = YEARS.flatMap((year) => daysOf(year)).filter((date) => months.has(date.getUTCMonth() + 1));
  const ticking = days.filter((date) => isDay(day, date) && isWeekday(weekday, date)).length;
  return (ticking * perDay) / (12 * YEARS.length);
}

function daysOf(year: number): Date[] {
  const first = Date.UTC(year, 0, 1);
  const length = (Date.UTC(year + 1, 0, 1) - first) / 86_400_000;
  return Array.from({ length }, (_, index) => new Date(first + index * 86_400_000));
}

/** The numbers that a field of lists, ranges and steps means. */
function valuesOf(field: string, min: number, max: number, names: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  const number = (text: string): number => (names.includes(text) ? names.indexOf(text) + min : Number(text));
  for (const item of field.split(',')) {
    const [range = '', step] = item.split('/');
    const [from = '', to] = range.split('-');
    const start = from === '*' ? min : number(from);
    const end = to !== undefined ? number(to) : from === '*' || step !== undefined ? max : start;
    for (let value = start; value <= end; value += Number(step ?? 1)) found.add(value);
  }
  return found;
}

const lastDay = (date: Date): number => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();

/** `L` is the last day, `15W` the working day next to the 15th in the same month. */
function isDay(field: string, date: Date): boolean {
  if (field === '?') return true;
  if (field === 'L') return date.getUTCDate() === lastDay(date);
  const near = /^(\d+)W$/.exec(field);
  return near === null
    ? valuesOf(field, 1, 31, []).has(date.getUTCDate())
    : date.getUTCDate() === workingDay(Number(near[1]), date);
}

function workingDay(wanted: number, date: Date): number {
  const last = lastDay(date);
  if (wanted > last) return 0;
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), wanted)).getUTCDay();
  if (weekday === 6) return wanted === 1 ? 3 : wanted - 1;
  if (weekday === 0) return wanted === last ? wanted - 2 : wanted + 1;
  return wanted;
}

/** `L` is Saturday, `6L` the last Friday, `6#2` the second one; Sunday is 1. */
function isWeekday(field: string, date: Date): boolean {
  if (field === '?') return true;
  const today = date.getUTCDay() + 1;
  if (field === 'L') return today === 7;
  const last = /^(\d)L$/.exec(field);
  if (last !== null) return today === Number(last[1]) && date.getUTCDate() > lastDay(date) - 7;
  const nth = /^(\d)#(\d)$/.exec(field);
  if (nth !== null) return today === Number(nth[1]) && Math.ceil(date.getUTCDate() / 7) === Number(nth[2]);
  return valuesOf(field, 1, 7, NAMES).has(today);
}
