import type { CronRefusal } from './cron-refusal.js';
import { excerpt } from './excerpt.js';

/** One of the fields that mean the same in crontab and in AWS. */
export interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
  readonly allowed: string;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

export const FIELDS = {
  minute: { name: 'minute', min: 0, max: 59, names: [], allowed: '0-59, `*`, ranges, lists, steps' },
  hour: { name: 'hour', min: 0, max: 23, names: [], allowed: '0-23, `*`, ranges, lists, steps' },
  day: { name: 'day of month', min: 1, max: 31, names: [], allowed: '1-31, `*`, `?`, `L`, `15W`, ranges, lists, steps' },
  month: { name: 'month', min: 1, max: 12, names: MONTHS, allowed: '1-12 or JAN-DEC, `*`, ranges, lists, steps' },
  year: { name: 'year', min: 1970, max: 2199, names: [], allowed: '1970-2199, `*`, ranges, lists, steps' },
} as const satisfies Record<string, CronField>;

/** One item of a list: `from`, `from-to`, `*`, each with an optional `/step`. */
export interface CronItem {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly kind: 'one' | 'range' | 'all';
  readonly text: string;
}

const ITEM = /^(?:(\*)|([0-9]{1,4}|[A-Z]{3})(?:-([0-9]{1,4}|[A-Z]{3}))?)(?:\/([0-9]{1,4}))?$/;

/** A field → the scheduler's form of it, or `*` after a problem was reported. */
export function parseField(field: CronField, written: string, refusal: CronRefusal): string {
  const text = written.toUpperCase();
  if (field.min === 1 && field.max === 31 && (text === '?' || text === 'L' || isNearestWeekday(text))) return text;
  const items: string[] = [];
  for (const part of text.split(',')) {
    const item = parseItem(field, part, refusal);
    if (item === undefined) return '*';
    if (item.kind !== 'one' && item.to < item.from) return refuseBackwards(field, item, refusal);
    items.push(formatItem(field, item));
  }
  return items.includes('*') ? '*' : items.join(',');
}

/** `15W`: the weekday nearest to the 15th. */
function isNearestWeekday(text: string): boolean {
  const match = /^([0-9]{1,2})W$/.exec(text);
  return match !== null && Number(match[1]) >= 1 && Number(match[1]) <= 31;
}

/** One item, its bounds and step checked; that a range ascends is left to the caller. */
export function parseItem(field: CronField, text: string, refusal: CronRefusal): CronItem | undefined {
  const match = ITEM.exec(text);
  if (match === null) return refuseValue(field, text, refusal);
  const [, all, first, last, stepText] = match;
  const from = first === undefined ? field.min : numberOf(field, first);
  const to = last === undefined ? (all === undefined && stepText === undefined ? from : field.max) : numberOf(field, last);
  const step = stepText === undefined ? 1 : Number(stepText);
  if (from === undefined || to === undefined) return refuseValue(field, text, refusal);
  if (step < 1 || step > field.max) {
    refusal.field(field.name, `\`/${stepText}\` is no step`, `steps from 1 to ${field.max}`, 'write for example `*/5`');
    return undefined;
  }
  return { from, to, step, kind: all !== undefined ? 'all' : last !== undefined ? 'range' : 'one', text };
}

function numberOf(field: CronField, text: string): number | undefined {
  const named = field.names.indexOf(text);
  if (named !== -1) return field.min + named;
  const number = Number(text);
  return number >= field.min && number <= field.max ? number : undefined;
}

/** The forms that AWS documents: `a/n` for steps to the end, lists for steps inside a range. */
function formatItem(field: CronField, item: CronItem): string {
  const whole = item.from === field.min && item.to === field.max;
  if (item.step === 1) return item.kind === 'all' || (whole && item.text.includes('/')) ? '*' : plainText(item);
  if (item.to === field.max) return `${item.from}/${item.step}`;
  const values: number[] = [];
  for (let value = item.from; value <= item.to; value += item.step) values.push(value);
  return values.join(',');
}

function plainText(item: CronItem): string {
  if (item.kind === 'one' && item.from !== item.to) return `${item.from}-${item.to}`;
  const [from = '', to] = item.text.replace(/\/.*$/, '').split('-');
  return to === undefined ? withoutZeros(from) : `${withoutZeros(from)}-${withoutZeros(to)}`;
}

const withoutZeros = (text: string): string => text.replace(/^0+(?=[0-9])/, '');

function refuseValue(field: CronField, text: string, refusal: CronRefusal): undefined {
  refusal.field(field.name, messageFor(field, text), field.allowed, hintFor(field, text));
  return undefined;
}

function messageFor(field: CronField, text: string): string {
  if (text === '') return 'an item of the list is empty';
  return /^[0-9]+$/.test(text)
    ? `\`${excerpt(text)}\` is not in ${field.min}-${field.max}`
    : `\`${excerpt(text)}\` is not understood`;
}

function hintFor(field: CronField, text: string): string {
  if (text === '?' && field.name === 'year') return 'the fields begin with the minute; leave out seconds';
  if (text === '?') return '`?` stands for a day only; write `*`';
  if (/^[0-9]+W$|^L$|^\?$/.test(text)) return `\`${text}\` stands alone, not in a list`;
  if (text.startsWith('H')) return "Jenkins' `H` is not known; choose a number";
  return 'the fields are minute, hour, day of month, month, day of week: `0 12 * * *`';
}

function refuseBackwards(field: CronField, item: CronItem, refusal: CronRefusal): string {
  const range = item.text.replace(/\/.*$/, '');
  refusal.field(
    field.name,
    `the range \`${range}\` runs backwards`,
    field.allowed,
    `write it as a list of two: \`${item.from}-${field.max},${field.min}-${item.to}\``,
  );
  return '*';
}
