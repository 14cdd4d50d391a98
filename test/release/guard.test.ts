import { expect } from 'chai';
import { Failure } from '../../lib/failure.js';
import type { ReleaseRecord, RollbackGuard } from '../../lib/model/release.js';
import { guardOf, guardsInForce, putsBack, refuseGuarded } from '../../lib/release/guard.js';
import { compileFiles, type Files } from '../support/planned.js';
import { aRecord } from '../support/records.js';

const PROCFILE = 'web: bin/web\nworker: bin/worker\n';
const template = (more: Files = {}): string =>
  compileFiles({ image: 'acme/app:good\n', Procfile: PROCFILE, scale: 'web=1\nworker=1\n', ...more }).text;

const GOOD = template();
const BAD = template({ image: 'acme/app:bad\n' });

const guard = (bad = BAD, good = GOOD): RollbackGuard => {
  const made = guardOf({ number: 12, template: bad }, { number: 11, template: good });
  if (made.kind === 'none') throw new Error('they are alike');
  return made.value;
};

const rolledBack = (number: number, made = guard()): ReleaseRecord =>
  aRecord(number, { reason: { ...aRecord(number).reason, kind: 'rollback' }, guard: { kind: 'given', value: made } });
const ofKind = (number: number, kind: ReleaseRecord['reason']['kind'], change: Partial<ReleaseRecord> = {}): ReleaseRecord =>
  aRecord(number, { reason: { ...aRecord(number).reason, kind }, ...change });
const history = (...records: readonly ReleaseRecord[]) => records.map((record) => ({ record }));

describe('the guard that a rollback leaves', () => {
  it('names what differs between the release left and the one returned to', () => {
    expect(Object.keys(guard().bad)).to.deep.equal(['WebTaskDefinition', 'WorkerTaskDefinition']);
    expect([guard().from, guard().to]).to.deep.equal([12, 11]);
  });

  it('does not exist when only the scale differs', () => {
    const scaled = template({ scale: 'web=9\nworker=2-5\n' });
    expect(guardOf({ number: 12, template: scaled }, { number: 11, template: GOOD }).kind).to.equal('none');
    const stopped = template({ maintenance: 'Back soon.\n' });
    expect(guardOf({ number: 12, template: stopped }, { number: 11, template: GOOD }).kind).to.equal('none');
  });

  const PUT_BACK: readonly [string, Files][] = [
    ['the same again', {}],
    ['another scale beside it', { scale: 'web=7\nworker=3-9\n' }],
    ['maintenance beside it', { maintenance: 'Back soon.\n' }],
    ['another process beside it', { Procfile: `${PROCFILE}extra: bin/extra\n` }],
  ];
  for (const [what, more] of PUT_BACK) {
    it(`stops a deploy of the bad version with ${what}`, () => {
      expect(putsBack(guard(), template({ image: 'acme/app:bad\n', ...more }))).to.equal(true);
    });
  }

  const NEW: readonly [string, string][] = [
    ['the good version', GOOD],
    ['a third image', template({ image: 'acme/app:better\n' })],
    ['the bad image with another variable', template({ image: 'acme/app:bad\n', env: 'A=1\n' })],
    [
      'the bad image without one of the processes',
      template({ image: 'acme/app:bad\n', Procfile: 'web: bin/web\n', scale: 'web=1\n' }),
    ],
  ];
  for (const [what, text] of NEW) {
    it(`lets ${what} pass`, () => {
      expect(putsBack(guard(), text)).to.equal(false);
    });
  }

  it('also knows a bad version that took something away, or brought something', () => {
    const without = template({ Procfile: 'web: bin/web\n', scale: 'web=1\n' });
    const took = guard(without, GOOD);
    expect(took.bad['WorkerService']).to.equal('absent');
    expect(putsBack(took, without)).to.equal(true);
    expect(putsBack(took, GOOD)).to.equal(false);
    expect(putsBack(guard(GOOD, without), GOOD)).to.equal(true);
  });

  it('does not mind the order of keys', () => {
    const reversed = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, inner]) => [key, reversed(inner)]),
          );
    expect(putsBack(guard(), JSON.stringify(reversed(JSON.parse(BAD))))).to.equal(true);
  });

  it('is in force after the rollback, also through restarts, foreign changes and what failed', () => {
    const at13 = rolledBack(13);
    expect(guardsInForce(history(at13, aRecord(12), aRecord(11)))).to.deep.equal([guard()]);
    const later = history(
      ofKind(16, 'external'),
      ofKind(15, 'deploy', { status: 'failed' }),
      ofKind(14, 'restart'),
      at13,
      aRecord(12),
    );
    expect(guardsInForce(later)).to.deep.equal([guard()]);
  });

  it('is cleared by the first release of the directory that served', () => {
    for (const kind of ['deploy', 'scale', 'config', 'domains', 'maintenance'] as const) {
      expect(guardsInForce(history(ofKind(14, kind), rolledBack(13), aRecord(12))), kind).to.deep.equal([]);
    }
  });

  it('stays beside that of a second rollback', () => {
    const other = guard(template({ env: 'A=1\n' }));
    expect(guardsInForce(history(rolledBack(14, other), rolledBack(13), aRecord(12)))).to.deep.equal([other, guard()]);
  });

  it('ends when a later rollback brings back what it guards against, in whatever release that was', () => {
    const scaled = template({ image: 'acme/app:bad\n', scale: 'web=5\nworker=1\n' });
    const forth = guard(GOOD, scaled);
    const [newest] = guardsInForce(history(rolledBack(14, forth), rolledBack(13), aRecord(12)));
    expect(guardsInForce(history(rolledBack(14, forth), rolledBack(13), aRecord(12)))).to.have.length(1);
    expect(newest).to.deep.equal(forth);
    const other = template({ image: 'acme/app:bad\n', env: 'A=1\n' });
    const third = guard(GOOD, other);
    expect(guardsInForce(history(rolledBack(14, third), rolledBack(13), aRecord(12)))).to.deep.equal([third, guard()]);
  });

  it('refuses, and names what was left, what serves and the ways out', () => {
    let failure: unknown;
    try {
      refuseGuarded(history(rolledBack(13), aRecord(12)), 'acme-inc', BAD, false);
    } catch (error) {
      failure = error;
    }
    expect(failure).to.be.instanceOf(Failure);
    const { where, what, hint, code } = failure as Failure;
    expect({ where, what, hint, code }).to.deep.equal({
      where: 'acme-inc',
      what: 'this puts back v12, which was rolled back to v11: the app directory still says what v12 did',
      hint: 'correct the directory, or write the files of v11 into it with `empire rollback v11 --write -a acme-inc`; --force releases it all the same',
      code: 'rollback-guard',
    });
  });

  it('lets it pass with --force, and anything else without', () => {
    refuseGuarded(history(rolledBack(13), aRecord(12)), 'acme-inc', BAD, true);
    refuseGuarded(history(rolledBack(13), aRecord(12)), 'acme-inc', GOOD, false);
    expect(guardsInForce(history(rolledBack(13)))).to.have.length(1);
  });
});
