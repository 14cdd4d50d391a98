import type { CronRefusal } from './cron-refusal.js';
import { excerpt } from './excerpt.js';
import { didYouMean } from './nearest.js';

const UNITS = ['minute', 'hour', 'day'];

/** What stands inside `rate(…)` → the scheduler's form, with the unit in the right number. */
export function parseRate(inside: string, refusal: CronRefusal): string | undefined {
  const match = /^\s*(\S+)\s+([A-Za-z]+)\s*$/.exec(inside);
  if (match === null) return refusal.rate('a rate is a number and a unit', 'write for example `rate(5 minutes)`');
  const [, number = '', word = ''] = match;
  if (!/^0*[1-9][0-9]{0,5}$/.test(number)) {
    return refusal.rate(`\`${excerpt(number)}\` is no number of ${word.toLowerCase()}`, 'write a whole number from 1 to 999999');
  }
  const unit = word.toLowerCase().replace(/s$/, '');
  if (!UNITS.includes(unit)) {
    const near = didYouMean(
      word,
      ['minutes', 'hours', 'days'],
      'for seconds let the process itself loop; for weeks and months use cron fields',
    );
    return refusal.rate(`\`${excerpt(word)}\` is no unit of a rate`, near);
  }
  const count = Number(number);
  return `rate(${count} ${unit}${count === 1 ? '' : 's'})`;
}
