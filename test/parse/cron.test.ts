import { expect } from 'chai';
import fc from 'fast-check';
import type { Place } from '../../lib/model/problem.js';
import { isTimezone, parseCron } from '../../lib/parse/cron.js';
import { Problems } from '../../lib/problems.js';

const PLACE: Place = { kind: 'point', file: 'apps/demo/Procfile', line: 3, column: 9 };

function parse(text: string) {
  const problems = new Problems();
  const expression = parseCron(text, PLACE, problems);
  return { expression: expression.kind === 'given' ? expression.value : undefined, problems: problems.all };
}

function table(rows: readonly (readonly [string, string])[]) {
  for (const [text, expression] of rows) {
    it(`reads \`${text}\` as ${expression}`, () => {
      const parsed = parse(text);
      expect(parsed.problems).to.deep.equal([]);
      expect(parsed.expression).to.equal(expression);
    });
  }
}

function refused(text: string, code: string, message: string | RegExp, hint: string | RegExp = /./) {
  const { expression, problems } = parse(text);
  expect(expression, text).to.equal(undefined);
  expect(problems, text).to.have.length(1);
  expect(problems[0], text).to.include({ severity: 'error', code, place: PLACE });
  expect(problems[0]?.message, text).to.match(typeof message === 'string' ? new RegExp(message) : message);
  expect(problems[0]?.hint, text).to.match(typeof hint === 'string' ? new RegExp(hint) : hint);
}

describe('schedules', () => {
  describe('five fields', () => {
    table([
      ['* * * * *', 'cron(* * * * ? *)'],
      ['0 12 * * *', 'cron(0 12 * * ? *)'],
      ['  00   12 * * * ', 'cron(0 12 * * ? *)'],
      ['*/5 * * * *', 'cron(0/5 * * * ? *)'],
      ['*/1 * * * *', 'cron(* * * * ? *)'],
      ['0-30/10 9-17 * * *', 'cron(0,10,20,30 9-17 * * ? *)'],
      ['5/15 * * * *', 'cron(5/15 * * * ? *)'],
      ['0 0 1,15 * *', 'cron(0 0 1,15 * ? *)'],
      ['0 0 */2 * *', 'cron(0 0 1/2 * ? *)'],
      ['0 0 L * *', 'cron(0 0 L * ? *)'],
      ['0 0 15w * *', 'cron(0 0 15W * ? *)'],
      ['0 0 1 jan-mar,DEC *', 'cron(0 0 1 JAN-MAR,DEC ? *)'],
      ['0 0 ? * ?', 'cron(0 0 * * ? *)'],
    ]);
  });

  describe('days of the week in five fields, where Sunday is 0 and 7', () => {
    table([
      ['0 0 * * 0', 'cron(0 0 ? * 1 *)'],
      ['0 0 * * 7', 'cron(0 0 ? * 1 *)'],
      ['0 0 * * 6', 'cron(0 0 ? * 7 *)'],
      ['0 0 * * 1-5', 'cron(0 0 ? * 2-6 *)'],
      ['0 0 ? * mon-fri', 'cron(0 0 ? * MON-FRI *)'],
      ['0 0 * * SUN', 'cron(0 0 ? * SUN *)'],
      ['0 0 * * 5-7', 'cron(0 0 ? * 1,6,7 *)'],
      ['0 0 * * SAT-SUN', 'cron(0 0 ? * 1,7 *)'],
      ['0 0 * * MON-SUN', 'cron(0 0 ? * 1-7 *)'],
      ['0 0 * * 0-7', 'cron(0 0 ? * 1-7 *)'],
      ['0 0 * * */2', 'cron(0 0 ? * 1,3,5,7 *)'],
      ['0 0 * * 1-5/2', 'cron(0 0 ? * 2,4,6 *)'],
      ['0 0 * * 1,3,FRI', 'cron(0 0 ? * 2,4,FRI *)'],
      ['0 0 * * 5#2', 'cron(0 0 ? * 6#2 *)'],
      ['0 0 * * FRI#2', 'cron(0 0 ? * 6#2 *)'],
      ['0 0 * * 5L', 'cron(0 0 ? * 6L *)'],
      ['0 0 * * 0L', 'cron(0 0 ? * 1L *)'],
      ['0 0 * * L', 'cron(0 0 ? * L *)'],
    ]);
  });

  describe('six fields, as AWS has them', () => {
    table([
      ['* * * * ? *', 'cron(* * * * ? *)'],
      ['0 10 ? * 2-6 2026', 'cron(0 10 ? * 2-6 2026)'],
      ['0 10 ? * 1 *', 'cron(0 10 ? * 1 *)'],
      ['0 10 ? * 6#3 2026-2030', 'cron(0 10 ? * 6#3 2026-2030)'],
      ['cron(15 12 L * ? *)', 'cron(15 12 L * ? *)'],
      ['CRON( 0/10 * ? * MON-FRI * )', 'cron(0/10 * ? * MON-FRI *)'],
    ]);
  });

  describe('rates and words', () => {
    table([
      ['rate(5 minutes)', 'rate(5 minutes)'],
      ['rate(1 hours)', 'rate(1 hour)'],
      ['Rate( 02 Day )', 'rate(2 days)'],
      ['@hourly', 'cron(0 * * * ? *)'],
      ['@daily', 'cron(0 0 * * ? *)'],
      ['@midnight', 'cron(0 0 * * ? *)'],
      ['@weekly', 'cron(0 0 ? * 1 *)'],
      ['@monthly', 'cron(0 0 1 * ? *)'],
      ['@yearly', 'cron(0 0 1 1 ? *)'],
      ['@Annually', 'cron(0 0 1 1 ? *)'],
    ]);
  });

  it('refuses what is no schedule at all', () => {
    refused('', 'cron-form', 'this has none');
    refused('5', 'cron-form', 'this has 1', 'write minute, hour');
    refused('0 0 12 * * ? *', 'cron-form', 'this has 7', 'leave out the seconds');
    refused('TZ=UTC', 'cron-form', 'this has 1', 'timezone');
    refused('at(2026-11-23T00:00:00)', 'cron-form', 'runs once');
    refused('cron(0 0 * * *)', 'cron-form', 'six fields in AWS');
    refused('every(5 minutes)', 'cron-form', 'not a schedule');
  });

  it('refuses an unknown word with the nearest one', () => {
    refused('@dayly', 'cron-word', '`@dayly`', 'did you mean `@daily`');
    refused('@reboot', 'cron-word', '`@reboot`');
  });

  it('refuses rates that AWS has not', () => {
    refused('rate(0 minutes)', 'cron-rate', 'no number');
    refused('rate(1.5 hours)', 'cron-rate', 'no number');
    refused('rate(30 seconds)', 'cron-rate', '`seconds` is no unit');
    refused('rate(5 minuts)', 'cron-rate', 'no unit', 'did you mean `minutes`');
    refused('rate(5)', 'cron-rate', 'a number and a unit');
  });

  it('refuses values outside their field, naming the field', () => {
    refused('60 * * * *', 'cron-field', 'the minute of the schedule: `60`');
    refused('0 24 * * *', 'cron-field', 'the hour');
    refused('0 0 32 * *', 'cron-field', 'the day of month');
    refused('0 0 0 * *', 'cron-field', 'the day of month');
    refused('0 0 * 13 *', 'cron-field', 'the month');
    refused('0 0 * FOO *', 'cron-field', 'the month');
    refused('0 0 * * 8', 'cron-field', 'the day of week');
    refused('0 0 ? * 0 *', 'cron-field', 'the day of week');
    refused('0 0 * * 5#6', 'cron-field', 'the day of week');
    refused('0 0 * * ? 1969', 'cron-field', 'the year');
    refused('0 0 12 * * ?', 'cron-field', 'the year', 'leave out seconds');
    refused('? * * * *', 'cron-field', 'the minute');
    refused('*/0 * * * *', 'cron-field', 'no step');
    refused('1,,2 * * * *', 'cron-field', 'empty');
    refused('0 0 1,L * *', 'cron-field', 'the day of month', 'stands alone');
    refused('0 22-2 * * *', 'cron-field', 'backwards', '22-23,0-2');
    refused('H * * * *', 'cron-field', 'the minute', 'Jenkins');
    refused('1.5 * * * *', 'cron-field', 'the minute');
  });

  it('refuses both days in five fields, which cron takes for either, and shows the two schedules', () => {
    refused('0 0 13 * 5', 'cron-days', 'either of them', /"0 0 13 \* \*", "0 0 \* \* 5"/);
  });

  it('refuses six fields without exactly one `?`', () => {
    refused('0 0 * * * *', 'cron-days', 'one of', /`0 0 \* \* \? \*`/);
    refused('0 0 ? * ? *', 'cron-days', 'only one', /`0 0 \* \* \? \*`/);
    refused('0 0 1 * 2 *', 'cron-days', 'cannot both');
    refused('0 0 * * 2 *', 'cron-days', 'one of', /`0 0 \? \* 2 \*`/);
  });

  it('refuses an expression too long for the scheduler', () => {
    const minutes = Array.from({ length: 60 }, (_, minute) => minute).join(',');
    refused(`${minutes} ${minutes.slice(0, 61)} 1,2,3,4,5,6,7,8,9,10,11,12,13,14 * *`, 'cron-too-long', 'too long');
  });

  it('keeps the days that crontab means', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 7 }),
        fc.integer({ min: 1, max: 7 }),
        (from, to, step) => {
          const wanted = new Set<number>();
          const end = to >= from ? to : to + 7;
          for (let day = from; day <= end; day += step) wanted.add((day % 7) + 1);
          const { expression } = parse(`0 0 * * ${from}-${to}/${step}`);
          const field = (expression as string).split(' ')[4] as string;
          expect(daysIn(field)).to.deep.equal([...wanted].sort());
        },
      ),
    );
  });

  it('either reads any text in the scheduler’s dialect or says why not', () => {
    const cronish = fc.array(fc.string({ unit: fc.constantFrom(...'0159*/-,?LW#MONJA '), maxLength: 4 }), {
      minLength: 4,
      maxLength: 7,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          cronish.map((fields) => fields.join(' ')),
        ),
        (text) => {
          const { expression, problems } = parse(text);
          if (expression === undefined) expect(problems).to.not.have.length(0);
          else
            expect(expression).to.match(/^(rate\(\d+ (minute|hour|day)s?\)|cron\(\S+ \S+ (\? \S+ [^ ?]+|[^ ?]+ \S+ \?) \S+\))$/);
        },
      ),
    );
  });
});

function daysIn(field: string): number[] {
  const days = field.split(',').flatMap((item) => {
    const [from = 0, to = from] = item.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return days.sort();
}

describe('time zones', () => {
  it('are the names that IANA has', () => {
    for (const name of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'US/Eastern', 'Etc/GMT+5', 'Asia/Calcutta']) {
      expect(isTimezone(name), name).to.equal(true);
    }
  });

  it('are nothing else', () => {
    for (const name of [
      '',
      'Berlin',
      'Europe/Berlim',
      '+02:00',
      'europe/berlin',
      'utc',
      'Europe/Berlin ',
      '__proto__',
      'constructor',
      'A'.repeat(99),
    ]) {
      expect(isTimezone(name), name).to.equal(false);
    }
  });
});
