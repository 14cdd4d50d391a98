import { type CronField, type CronItem, parseItem } from './cron-field.js';
import type { CronRefusal } from './cron-refusal.js';

const NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Crontab counts from Sunday 0, and 7 is Sunday again; AWS counts from Sunday 1. */
const DIALECTS = {
  crontab: {
    name: 'day of week',
    min: 0,
    max: 7,
    names: NAMES,
    allowed: '0-7 (0 and 7 are Sunday) or SUN-SAT, `*`, `?`, `L`, `5L`, `5#2`, ranges, lists, steps',
  },
  aws: {
    name: 'day of week',
    min: 1,
    max: 7,
    names: NAMES,
    allowed: '1-7 (1 is Sunday) or SUN-SAT, `*`, `?`, `L`, `6L`, `6#2`, ranges, lists, steps',
  },
} as const satisfies Record<string, CronField>;

/** `FRI#2`: the second Friday; `FRIL`: the last one. */
const SPECIAL = /^([0-7]|[A-Z]{3})(?:#([1-5])|(L))$/;

/** The day-of-week field → AWS's numbers, or `*` after a problem was reported. */
export function parseWeekdays(written: string, dialect: 'crontab' | 'aws', refusal: CronRefusal): string {
  const text = written.toUpperCase();
  const field = DIALECTS[dialect];
  if (text === '*' || text === '?' || text === 'L') return text;
  const special = SPECIAL.exec(text);
  if (special !== null) return parseSpecial(special, field, refusal);
  const items: string[] = [];
  for (const part of text.split(',')) {
    const item = parseItem(field, part, refusal);
    if (item === undefined) return '*';
    items.push(formatDays(item, field.min));
  }
  return items.includes('*') ? '*' : items.join(',');
}

function parseSpecial(match: RegExpExecArray, field: CronField, refusal: CronRefusal): string {
  const [, day = '', nth] = match;
  const item = parseItem(field, day, refusal);
  if (item === undefined) return '*';
  return `${toAws(item.from, field.min)}${nth === undefined ? 'L' : `#${nth}`}`;
}

/** An item → AWS's days. A range stays one when it can; steps, and ranges over the end of the week, become lists. */
function formatDays(item: CronItem, sunday: number): string {
  if (item.kind === 'all' && item.step === 1) return '*';
  if (item.kind === 'one' && item.from === item.to) return nameOrNumber(item.text, item.from, sunday);
  const days = daysOf(item, sunday);
  const [first, last] = [days[0] as number, days.at(-1) as number];
  if (item.step > 1 || days.length < 2 || last - first !== days.length - 1) return days.join(',');
  const [from = '', to = ''] = item.text.split('-');
  const ascends = toAws(item.from, sunday) === first;
  return ascends && NAMES.includes(from) && NAMES.includes(to) ? `${from}-${to}` : `${first}-${last}`;
}

/** The days of a range, Sunday 1, sorted and each once. */
function daysOf(item: CronItem, sunday: number): number[] {
  const end = item.kind === 'range' ? item.to : sunday + 6;
  const length = end >= item.from ? end - item.from : end + 7 - item.from;
  const days = new Set<number>();
  for (let offset = 0; offset <= length; offset += item.step) days.add(toAws(item.from + offset, sunday));
  return [...days].sort((a, b) => a - b);
}

function nameOrNumber(text: string, day: number, sunday: number): string {
  return NAMES.includes(text) ? text : String(toAws(day, sunday));
}

function toAws(day: number, sunday: number): number {
  return ((day - sunday) % 7) + 1;
}
