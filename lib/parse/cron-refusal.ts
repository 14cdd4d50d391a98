import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { excerpt } from './excerpt.js';

/** Everything that can be wrong with one schedule, said about its place. */
export class CronRefusal {
  refused = false;

  constructor(
    private readonly written: string,
    private readonly place: Place,
    private readonly problems: Problems,
  ) {}

  /** The whole is no schedule. */
  form(message: string, hint: string): undefined {
    this.refused = true;
    this.problems.error('cron-form', this.place, message, {
      given: excerpt(this.written),
      allowed: 'five fields, six fields (AWS), `rate(5 minutes)`, `@daily`',
      hint,
    });
    return undefined;
  }

  word(allowed: string, hint: string): void {
    this.refused = true;
    this.problems.error('cron-word', this.place, `\`${excerpt(this.written)}\` is not a known schedule`, { allowed, hint });
  }

  rate(message: string, hint: string): undefined {
    this.refused = true;
    this.problems.error('cron-rate', this.place, message, {
      given: excerpt(this.written),
      allowed: '`rate(n minutes)`, `rate(n hours)`, `rate(n days)`, n from 1',
      hint,
    });
    return undefined;
  }

  /** One field is wrong. */
  field(name: string, message: string, allowed: string, hint: string): void {
    this.refused = true;
    this.problems.error('cron-field', this.place, `the ${name} of the schedule: ${message}`, {
      given: excerpt(this.written),
      allowed,
      hint,
    });
  }

  bothDays(message: string, hint: string): void {
    this.refused = true;
    this.problems.error('cron-days', this.place, message, { given: excerpt(this.written), hint });
  }
}
