import { expect } from 'chai';
import type { ReleaseRecord } from '../../lib/model/release.js';
import { guardOf } from '../../lib/release/guard.js';
import { History } from '../../lib/release/history.js';
import { followOwn, submit } from '../../lib/release/index.js';
import { readSituation } from '../../lib/release/situation.js';
import { EngineApp } from '../support/engine-app.js';
import { expectFailure } from '../support/expected-failure.js';
import type { Files } from '../support/planned.js';
import { draftFor } from '../support/rehearsed-engine.js';

const version = (tag: string, more: Files = {}): Files => ({ image: `remind101/acme-inc:${tag}\n`, ...more });

const ends = (records: readonly ReleaseRecord[]) => records.map(({ number, status }) => `v${number} ${status}`);

/** When the update of a release went on. */
function span({ phases }: ReleaseRecord): readonly [number, number] {
  const update = phases.find(({ name }) => name === 'update');
  return [update?.startedAt ?? 0, update?.endedAt.kind === 'given' ? update.endedAt.value : 0];
}

describe('releases of one app that meet', () => {
  it('are made one at a time, twenty at once too: twenty numbers, none lost', async () => {
    const app = new EngineApp();
    await app.deploy(version('v0'));
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) => app.deploy(version(`v${index + 1}`), {}, app.engine())),
    );
    const numbers = made.map(({ number }) => number).sort((a, b) => a - b);
    expect(numbers).to.deep.equal(Array.from({ length: 20 }, (_, index) => index + 2));
    const records = await app.records();
    expect(records.map(({ status }) => status)).to.deep.equal(Array.from({ length: 21 }, () => 'succeeded'));
    const spans = records.map(span).sort(([a], [b]) => a - b);
    for (const [index, [start]] of spans.entries()) expect(start).to.be.at.least(spans[index - 1]?.[1] ?? 0);
    expect((await app.stack()).release).to.equal('v21');
  }).timeout(60_000);

  it('say whose release it is that they wait for', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const first = app.deploy(version('v2-slow'));
    await app.rehearsal.clock.sleep(5_000);
    expect((await app.deploy(version('v3'))).number).to.equal(3);
    await first;
    const waited = app.events.flatMap((event) => (event.kind === 'waiting' ? [event.for.number] : []));
    expect([...new Set(waited)]).to.deep.equal([2]);
  });

  it('give way to one that supersedes them: the running update is cancelled', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const first = app.deploy(version('v2-slow'));
    await app.rehearsal.clock.sleep(20_000);
    const last = await app.deploy(version('v3'), { queue: 'supersede' });
    expect(last).to.include({ number: 3, status: 'succeeded' });
    expect(await first).to.include({ status: 'superseded', summary: 'superseded by v3' });
    expect(ends(await app.records())).to.deep.equal(['v3 succeeded', 'v2 superseded', 'v1 succeeded']);
  });

  it('refuse to wait with --no-queue, and say what they would have waited for', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const first = app.deploy(version('v2-slow'));
    await app.rehearsal.clock.sleep(5_000);
    const failure = await expectFailure(app.deploy(version('v3'), { queue: 'fail' }), 'release-in-progress');
    expect([failure.where, failure.what, failure.hint]).to.deep.equal([
      'acme-inc',
      'v2 is in progress: Deploy remind101/acme-inc:v2-slow, by tester',
      'wait for it with `empire follow -a acme-inc`, or leave out --no-queue',
    ]);
    await first;
    const [third] = await app.records();
    expect(third).to.include({ number: 3, status: 'cancelled', summary: 'not started, since v2 was in progress (--no-queue)' });
  });

  it('do not wait for one that was left: it is ended after 90 s', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await History.of(app.engine()).claim(draftFor('killed before it began'));
    const start = app.rehearsal.clock.now();
    expect(await app.deploy(version('v3'))).to.include({ number: 3, status: 'succeeded' });
    const [, second] = await app.records();
    expect(second).to.include({ number: 2, status: 'cancelled', summary: 'never started' });
    const ended = second?.finishedAt.kind === 'given' ? second.finishedAt.value - start : 0;
    expect(ended).to.be.within(85_000, 100_000);
  });

  it('refuse to put back, when their turn comes, what was rolled back from while they waited', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await app.deploy(version('v2'));
    const engine = app.engine();
    const situation = await readSituation(engine);
    const proposed = await app.submission(version('v1'), {}, engine, situation);
    const bad = await app.rehearsal.stacks.template('empire-acme-inc');
    const back = await submit(engine, situation, {
      ...proposed,
      reason: { ...proposed.reason, kind: 'rollback' },
      rollbackTo: { kind: 'given', value: 1 },
      guard: guardOf({ number: 2, template: bad }, { number: 1, template: proposed.content.template }),
    });
    const again = app.deploy(version('v2')).catch((error: Error) => error);
    await app.rehearsal.clock.sleep(10_000);
    await followOwn(engine, back, { timeoutSeconds: 1200 });
    expect(await again).to.have.property('code', 'rollback-guard');
    expect((await app.records())[0]).to.include({
      number: 4,
      status: 'cancelled',
      summary: 'not started: it was rolled back from just this while it waited',
    });
  });

  it('leave the queue when somebody stops them', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const first = app.deploy(version('v2-slow'));
    await app.rehearsal.clock.sleep(5_000);
    const controller = new AbortController();
    const second = app.deploy(version('v3'), {}, app.engine(app.rehearsal, controller.signal)).catch((error: Error) => error);
    await app.rehearsal.clock.sleep(10_000);
    controller.abort();
    expect(await second).to.have.property('code', 'interrupted');
    await first;
    expect((await app.records())[0]).to.include({
      number: 3,
      status: 'cancelled',
      summary: 'stopped while it waited for its turn',
    });
  });
});
