import { expect } from 'chai';
import { runsPerMonth } from '../../lib/estimate/cron-runs.js';
import { parseCron } from '../../lib/parse/cron.js';
import { Problems } from '../../lib/problems.js';

/** Ticks in an average month, of four years with a leap day. */
const DAYS = (365.25 * 4) / 48;

const EXPECTED: readonly (readonly [written: string, perMonth: number])[] = [
  ['* * * * *', DAYS * 1440],
  ['*/5 * * * *', DAYS * 288],
  ['0 6 * * *', DAYS],
  ['@hourly', DAYS * 24],
  ['@weekly', 209 / 48],
  ['@monthly', 1],
  ['@yearly', 1 / 12],
  ['0 0 29 2 *', 1 / 48],
  ['0 9-17 1,15 * *', 18],
  ['0 0 1 JAN,JUL *', 2 / 12],
  ['0 0 L * ?', 1],
  ['0 0 15W * ?', 1],
  ['0 0 31W * ?', 7 / 12],
  ['0 0 ? * 6#2 *', 1],
  ['0 0 ? * 6L *', 1],
  ['rate(5 minutes)', DAYS * 288],
  ['rate(1 day)', DAYS],
  ['rate(36 hours)', DAYS / 1.5],
];

describe('how often a schedule ticks in a month', () => {
  for (const [written, perMonth] of EXPECTED)
    it(written, () => {
      const problems = new Problems();
      const parsed = parseCron(written, { kind: 'file', file: 'Procfile' }, problems);
      expect(problems.all).to.deep.equal([]);
      if (parsed.kind === 'none') throw new Error('the schedule was refused');
      expect(runsPerMonth(parsed.value)).to.be.closeTo(perMonth, 1e-9);
    });

  it('MON-FRI is five days of seven', () => {
    expect(runsPerMonth('cron(0 6 ? * MON-FRI *)')).to.be.closeTo((DAYS * 5) / 7, 0.05);
    expect(runsPerMonth('cron(0 6 ? * 2-6 *)')).to.equal(runsPerMonth('cron(0 6 ? * MON-FRI *)'));
  });
});
