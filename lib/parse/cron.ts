import type { Given } from '../model/given.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { type CronField, FIELDS, parseField } from './cron-field.js';
import { parseRate } from './cron-rate.js';
import { CronRefusal } from './cron-refusal.js';
import { parseWeekdays } from './cron-weekday.js';
import { excerpt } from './excerpt.js';
import { didYouMean } from './nearest.js';

export { isTimezone } from './cron-timezone.js';

const NONE = { kind: 'none' } as const;
/** EventBridge Scheduler takes expressions of at most 256 characters. */
const MAX_LENGTH = 256;

const WORDS = new Map([
  ['@hourly', 'cron(0 * * * ? *)'],
  ['@daily', 'cron(0 0 * * ? *)'],
  ['@midnight', 'cron(0 0 * * ? *)'],
  ['@weekly', 'cron(0 0 ? * 1 *)'],
  ['@monthly', 'cron(0 0 1 * ? *)'],
  ['@yearly', 'cron(0 0 1 1 ? *)'],
  ['@annually', 'cron(0 0 1 1 ? *)'],
]);

/**
 * A schedule in any of the accepted forms → EventBridge Scheduler's dialect, `cron(m h dom mon dow year)` or `rate(n unit)`.
 *
 * Accepted: five fields as in crontab, where 0 and 7 are Sunday; six fields as AWS has them, where 1 is Sunday, bare or inside
 * `cron(…)`; `rate(5 minutes)`; `@daily` and its like. The two dialects count weekdays differently: five fields are converted.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseCron(text: string, place: Place, problems: Problems): Given<string> {
  const refusal = new CronRefusal(text, place, problems);
  const written = text.trim();
  const expression = parseForm(written, refusal);
  if (expression === undefined) return NONE;
  if (expression.length <= MAX_LENGTH) return { kind: 'given', value: expression };
  problems.error('cron-too-long', place, 'this schedule is too long for EventBridge Scheduler', {
    given: `${expression.length} characters: ${excerpt(expression)}`,
    allowed: `${MAX_LENGTH} characters`,
    hint: 'use ranges and steps, or write two schedules',
  });
  return NONE;
}

function parseForm(written: string, refusal: CronRefusal): string | undefined {
  if (written.startsWith('@')) return parseWord(written, refusal);
  const call = /^([A-Za-z]+)\s*\((.*)\)$/s.exec(written);
  if (call === null) return parseFields(splitFields(written), refusal);
  const [, kind = '', inside = ''] = call;
  if (kind.toLowerCase() === 'rate') return parseRate(inside, refusal);
  if (kind.toLowerCase() === 'cron' && splitFields(inside).length === 6) return parseFields(splitFields(inside), refusal);
  if (kind.toLowerCase() === 'at')
    return refusal.form('`at(…)` runs once, and a process with `cron` runs again and again', 'run it by hand: `empire run`');
  if (kind.toLowerCase() === 'cron')
    return refusal.form('`cron(…)` has six fields in AWS', 'write five fields without `cron(…)`, or add the year: `*`');
  return refusal.form(`\`${excerpt(kind)}(…)\` is not a schedule`, 'write `0 12 * * *`, `rate(5 minutes)` or `@daily`');
}

function parseWord(written: string, refusal: CronRefusal): string | undefined {
  const expression = WORDS.get(written.toLowerCase());
  if (expression !== undefined) return expression;
  refusal.word(
    [...WORDS.keys()].join(', '),
    didYouMean(written, WORDS.keys(), 'use one of these words, or five fields: `0 12 * * *`'),
  );
  return undefined;
}

function splitFields(text: string): string[] {
  const trimmed = text.trim();
  return trimmed === '' ? [] : trimmed.split(/\s+/);
}

function parseFields(fields: readonly string[], refusal: CronRefusal): string | undefined {
  const [minute, hour, day, month, weekday, year] = fields;
  if (
    minute === undefined ||
    hour === undefined ||
    day === undefined ||
    month === undefined ||
    weekday === undefined ||
    fields.length > 6
  ) {
    return refusal.form(countMessage(fields), countHint(fields));
  }
  const dialect = year === undefined ? 'crontab' : 'aws';
  const one = (field: CronField, value: string) => parseField(field, value, refusal);
  const parsed = {
    minute: one(FIELDS.minute, minute),
    hour: one(FIELDS.hour, hour),
    day: one(FIELDS.day, day),
    month: one(FIELDS.month, month),
    weekday: parseWeekdays(weekday, dialect, refusal),
    year: one(FIELDS.year, year ?? '*'),
  };
  if (refusal.refused) return undefined;
  const days =
    dialect === 'crontab'
      ? crontabDays(parsed.day, parsed.weekday, fields, refusal)
      : awsDays(parsed.day, parsed.weekday, fields, refusal);
  return days && `cron(${parsed.minute} ${parsed.hour} ${days.day} ${parsed.month} ${days.weekday} ${parsed.year})`;
}

function countMessage(fields: readonly string[]): string {
  return `a schedule has five fields, or six in AWS's form; this has ${fields.length === 0 ? 'none' : fields.length}`;
}

function countHint(fields: readonly string[]): string {
  if (/^(?:CRON_)?TZ=/.test(fields[0] ?? '')) return 'give the time zone with the key `timezone`';
  if (fields.length === 7) return 'leave out the seconds: minute, hour, day of month, month, day of week, year';
  return 'write minute, hour, day of month, month, day of week: `0 12 * * *`';
}

interface Days {
  readonly day: string;
  readonly weekday: string;
}

const isAny = (field: string): boolean => field === '*' || field === '?';

/** In crontab both days restricted mean "either", which the scheduler cannot say; else the one that is not asked becomes `?`. */
function crontabDays(day: string, weekday: string, fields: readonly string[], refusal: CronRefusal): Days | undefined {
  if (isAny(weekday)) return { day: day === '?' ? '*' : day, weekday: '?' };
  if (isAny(day)) return { day: '?', weekday };
  const [minute, hour, writtenDay, month, writtenWeekday] = fields;
  refusal.bothDays(
    'day of month and day of week together mean "either of them" in cron, which the scheduler cannot do',
    `write two schedules: \`["${minute} ${hour} ${writtenDay} ${month} *", "${minute} ${hour} * ${month} ${writtenWeekday}"]\``,
  );
  return undefined;
}

/** In AWS's form exactly one of the two days is `?`. */
function awsDays(day: string, weekday: string, fields: readonly string[], refusal: CronRefusal): Days | undefined {
  if ((day === '?') !== (weekday === '?')) return { day, weekday };
  const [minute, hour, , month, , year] = fields;
  const fixed = isAny(weekday) ? { day: day === '?' ? '*' : day, weekday: '?' } : { day: '?', weekday };
  const hint = `write \`${minute} ${hour} ${fixed.day} ${month} ${fixed.weekday} ${year}\``;
  if (day === '?') refusal.bothDays('with six fields only one of day of month and day of week is `?`', hint);
  else if (isAny(day) || isAny(weekday)) refusal.bothDays('with six fields one of day of month and day of week is `?`', hint);
  else refusal.bothDays('day of month and day of week cannot both be given', 'put `?` in one of them, or write two schedules');
  return undefined;
}
