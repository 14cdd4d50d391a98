import { expect } from 'chai';
import { Failure } from '../../lib/failure.js';
import type { Windows } from '../../lib/model/windows.js';
import { endRecord } from '../../lib/release/end-record.js';
import { History } from '../../lib/release/history.js';
import { type Hold, HoldLost } from '../../lib/release/hold.js';
import { purgedKey, recordKey } from '../../lib/release/record-key.js';
import { type Fate, withLossyStore } from '../support/lossy-store.js';
import { draftFor, emptyContent, engineOn, openTest } from '../support/rehearsed-engine.js';

/** A client of its own: nothing is shared but the account. */
const client = (windows: Windows) => {
  const engine = engineOn(windows);
  return { engine, history: History.of(engine) };
};

const numbers = async (history: History) => (await history.recent(100)).map(({ record }) => record.number);

const cancelled = (hold: Hold) => hold.finish({ status: 'cancelled', summary: 'enough' });

async function lostBy(action: Promise<unknown>): Promise<HoldLost> {
  try {
    await action;
  } catch (error) {
    if (error instanceof HoldLost) return error;
    throw error;
  }
  throw new Error('nobody noticed');
}

describe('the history of releases', () => {
  it('gives twenty who claim at once twenty numbers', async () => {
    const windows = openTest();
    const holds = await Promise.all(
      Array.from({ length: 20 }, (_, index) => client(windows).history.claim(draftFor(`Deploy acme-inc:v${index}`))),
    );
    const claimed = holds.map(({ record }) => record.number).sort((a, b) => a - b);
    expect(claimed).to.deep.equal(Array.from({ length: 20 }, (_, index) => index + 1));
    const { history } = client(windows);
    expect(await numbers(history)).to.deep.equal([...claimed].reverse());
    for (const { record } of holds) {
      const stored = await history.get(record.number);
      expect(stored.kind === 'given' && stored.value.record).to.deep.equal(record);
    }
  });

  const FATES: readonly [string, readonly Fate[]][] = [
    ['its answer was lost', ['answer lost']],
    ['it was never sent', ['never sent']],
    ['two answers were lost', ['answer lost', 'answer lost']],
    ['it was not sent and then its answer was lost', ['never sent', 'answer lost']],
  ];
  for (const [what, fates] of FATES) {
    it(`claims one number only when ${what}`, async () => {
      const real = openTest();
      const left = [...fates];
      const { history } = client(
        withLossyStore(real, (key) => (key.includes('/records/') ? (left.shift() ?? 'goes through') : 'goes through')),
      );
      const hold = await history.claim(draftFor('Deploy acme-inc:v1'));
      expect(hold.record.number).to.equal(1);
      await hold.update({ summary: 'still ours' });
      expect(await numbers(client(real).history)).to.deep.equal([1]);
    });
  }

  it('takes the next number when its lost claim was somebody else’s number', async () => {
    const real = openTest();
    const other = client(real);
    let first = true;
    const ours = client(
      withLossyStore(real, (key) => {
        if (!key.includes('/records/') || !first) return 'goes through';
        first = false;
        return 'never sent';
      }),
    );
    const claiming = ours.history.claim(draftFor('ours'));
    const theirs = await other.history.claim(draftFor('theirs'));
    expect([theirs.record.number, (await claiming).record.number]).to.deep.equal([1, 2]);
  });

  it('stores what a release holds before anybody sees it through, once for equal content', async () => {
    const windows = openTest();
    const { history, engine } = client(windows);
    const content = { ...emptyContent('{"a":1}'), files: { 'apps/acme-inc/image': 'acme\n' } };
    const first = await history.claim(draftFor('one', { content }));
    const second = await history.claim(draftFor('two', { content }));
    expect(first.record.content).to.deep.equal(second.record.content);
    const fresh = client(windows).history;
    expect(await fresh.object(first.record.content.template)).to.equal('{"a":1}');
    expect(JSON.parse(await fresh.object(first.record.content.files))).to.deep.equal(content.files);
    const { objects } = await windows.store.list(engine.place.bucket, 'releases/default/acme-inc/objects/', {
      limit: 100,
      after: { kind: 'none' },
    });
    expect(objects).to.have.length(3);
  });

  it('ends the release when what it holds cannot be stored', async () => {
    const real = openTest();
    const { history } = client(withLossyStore(real, (key) => (key.includes('/objects/') ? 'never sent' : 'goes through')));
    let failure: unknown;
    await history.claim(draftFor('no room')).catch((error: unknown) => {
      failure = error;
    });
    expect(failure).to.be.instanceOf(Failure).with.property('code', 'network');
    const [stored] = await client(real).history.recent(1);
    expect(stored?.record).to.include({ status: 'cancelled', summary: 'never started: what it holds could not be stored' });
  });

  it('refuses content that is not there, by its place', async () => {
    const { history, engine } = client(openTest());
    let failure: unknown;
    await history.object('0'.repeat(64)).catch((error: unknown) => {
      failure = error;
    });
    expect(failure).to.be.instanceOf(Failure).with.property('code', 'content-missing');
    expect((failure as Failure).where).to.equal(
      `s3://${engine.place.bucket}/releases/default/acme-inc/objects/${'0'.repeat(64)}`,
    );
  });

  it('says that there is no platform when its bucket is missing', async () => {
    const windows = openTest();
    const { history, engine } = client(windows);
    expect(await history.recent(1)).to.deep.equal([]);
    windows.script(JSON.stringify({ remove: 'bucket', name: engine.place.bucket }), 'script');
    let failure: unknown;
    await history.recent(1).catch((error: unknown) => {
      failure = error;
    });
    const { what, hint, code } = failure as Failure;
    expect({ what, hint, code }).to.deep.equal({
      what: `the bucket ${engine.place.bucket}, which keeps the releases, is not there`,
      hint: 'make the platform first: `empire platform deploy`',
      code: 'platform-missing',
    });
  });

  it('reads back as far as the newest that succeeded, over pages', async () => {
    const windows = openTest();
    const { history } = client(windows);
    await (await history.claim(draftFor('first'))).finish({ status: 'succeeded', summary: '' });
    await (await history.claim(draftFor('good'))).finish({ status: 'succeeded', summary: '' });
    for (let count = 0; count < 25; count += 1) await cancelled(await history.claim(draftFor(`try ${count}`)));
    const fresh = client(windows).history;
    const since = await fresh.sinceServing();
    expect(since[0]?.record.number).to.equal(27);
    expect(since.find(({ record }) => record.status === 'succeeded')?.record.number).to.equal(2);
    const before = await fresh.servedBefore(2);
    expect(before.kind === 'given' && before.value.record.number).to.equal(1);
    expect((await fresh.servedBefore(1)).kind).to.equal('none');
    expect((await fresh.get(28)).kind).to.equal('none');
  });

  it('never uses a number again after a purge', async () => {
    const windows = openTest();
    const { engine } = client(windows);
    await windows.store.put(engine.place.bucket, purgedKey(engine.place), '{"last":41}\n', { kind: 'always' });
    const hold = await client(windows).history.claim(draftFor('again'));
    expect(hold.record.number).to.equal(42);
  });

  it('refuses a purge note that says nothing', async () => {
    const windows = openTest();
    const { engine, history } = client(windows);
    await windows.store.put(engine.place.bucket, purgedKey(engine.place), '{"last":"x"}', { kind: 'always' });
    let failure: unknown;
    await history.claim(draftFor('again')).catch((error: unknown) => {
      failure = error;
    });
    expect(failure).to.be.instanceOf(Failure).with.property('code', 'record-broken');
  });
});

describe('the hold on an unfinished release', () => {
  it('is renewed every 15 s by whoever waits, and not more often', async () => {
    const windows = openTest();
    const { history, engine } = client(windows);
    const hold = await history.claim(draftFor('slow'));
    const beats: number[] = [];
    for (let second = 0; second < 60; second += 3) {
      await windows.clock.sleep(3_000);
      await hold.keep();
      beats.push(hold.record.held.kind === 'given' ? hold.record.held.value.beat : -1);
    }
    expect(beats.at(-1)).to.equal(4);
    const stored = await windows.store.get(engine.place.bucket, recordKey(engine.place, 1));
    expect(stored.kind === 'given' && JSON.parse(stored.value.body).held.value.beat).to.equal(4);
  });

  it('is dead after 90 s without renewal, and not before', async () => {
    const windows = openTest();
    const { history } = client(windows);
    await history.claim(draftFor('abandoned'));
    await windows.clock.sleep(89_000);
    expect((await client(windows).history.recent(1))[0]?.dead).to.equal(false);
    await windows.clock.sleep(1_000);
    expect((await client(windows).history.recent(1))[0]?.dead).to.equal(true);
  });

  it('can be taken over when it is dead, by one only, and its owner notices', async () => {
    const windows = openTest();
    const sleeping = await client(windows).history.claim(draftFor('asleep'));
    await windows.clock.sleep(100_000);
    const [one, two] = [client(windows).history, client(windows).history];
    const [seen, also] = [await one.get(1), await two.get(1)];
    if (seen.kind === 'none' || also.kind === 'none') throw new Error('v1 is not there');
    const taken = await Promise.all([one.take(seen.value), two.take(also.value)]);
    expect(taken.filter(({ kind }) => kind === 'given')).to.have.length(1);
    const lost = await lostBy(sleeping.keep());
    expect(lost.message).to.equal('acme-inc v1: this release was taken over by somebody else: waiting to start');
  });

  it('cannot be taken while somebody renews it', async () => {
    const windows = openTest();
    const hold = await client(windows).history.claim(draftFor('busy'));
    await windows.clock.sleep(80_000);
    await hold.keep();
    await windows.clock.sleep(20_000);
    const { history } = client(windows);
    const seen = await history.get(1);
    expect(seen.kind === 'given' && seen.value.dead).to.equal(false);
    expect(seen.kind === 'given' && (await history.take(seen.value)).kind).to.equal('none');
  });

  it('is not taken over by a renewal of the same bytes: a sleeper’s renewal makes the old ETag worthless', async () => {
    const windows = openTest();
    const hold = await client(windows).history.claim(draftFor('asleep'));
    await windows.clock.sleep(100_000);
    const { history } = client(windows);
    const seen = await history.get(1);
    await hold.keep();
    expect(seen.kind === 'given' && seen.value.dead && (await history.take(seen.value)).kind).to.equal('none');
  });

  it('is free at once when it was released', async () => {
    const windows = openTest();
    const hold = await client(windows).history.claim(draftFor('no-wait'));
    await hold.release();
    const { history } = client(windows);
    const seen = await history.get(1);
    expect(seen.kind === 'given' && seen.value.dead).to.equal(true);
    expect(seen.kind === 'given' && (await history.take(seen.value)).kind).to.equal('given');
  });

  it('says how the release ended when somebody else ended it', async () => {
    const windows = openTest();
    const hold = await client(windows).history.claim(draftFor('to be superseded'));
    await endRecord(client(windows).engine, 1, () => ({ status: 'superseded', summary: 'superseded by v2' }));
    const lost = await lostBy(hold.update({ summary: 'going on' }));
    expect(lost.message).to.equal('acme-inc v1: this release is superseded: superseded by v2');
    expect(lost.hint).to.equal('see what happened with `empire releases -a acme-inc`');
    expect(lost.record.status).to.equal('superseded');
  });

  it('survives a write whose answer was lost', async () => {
    const real = openTest();
    const fates: Fate[] = [];
    const { history } = client(withLossyStore(real, () => fates.shift() ?? 'goes through'));
    const hold = await history.claim(draftFor('lossy'));
    fates.push('answer lost');
    await hold.update({ summary: 'one' });
    fates.push('never sent', 'answer lost');
    await hold.finish({ status: 'succeeded', summary: 'two' });
    const stored = await client(real).history.get(1);
    expect(stored.kind === 'given' && stored.value.record.summary).to.equal('two');
  });

  it('goes on after a renewal that was given up while its answer was not known', async () => {
    const real = openTest();
    const fates: Fate[] = [];
    const { history } = client(withLossyStore(real, () => fates.shift() ?? 'goes through'));
    const hold = await history.claim(draftFor('lossy'));
    await real.clock.sleep(20_000);
    fates.push('answer lost', 'never sent', 'never sent', 'never sent', 'never sent');
    await hold.keep();
    await hold.update({ summary: 'still ours' });
    expect(hold.record.summary).to.equal('still ours');
  });

  it('does not overlook for ever that it cannot be renewed', async () => {
    const real = openTest();
    let down = false;
    const { history } = client(withLossyStore(real, () => (down ? 'never sent' : 'goes through')));
    const hold = await history.claim(draftFor('cut off'));
    down = true;
    await real.clock.sleep(20_000);
    await hold.keep();
    await real.clock.sleep(40_000);
    let failure: unknown;
    await hold.keep().catch((error: unknown) => {
      failure = error;
    });
    expect(failure).to.be.instanceOf(Failure).with.property('code', 'network');
  });

  it('writes one change after the other, also when they come at once', async () => {
    const windows = openTest();
    const hold = await client(windows).history.claim(draftFor('busy'));
    await Promise.all([
      hold.update({ summary: 'one' }),
      hold.update({ notes: ['a'] }),
      hold.update({ stackId: { kind: 'given', value: 's' } }),
    ]);
    const stored = await client(windows).history.get(1);
    expect(stored.kind === 'given' && stored.value.record).to.deep.include({
      summary: 'one',
      notes: ['a'],
      stackId: { kind: 'given', value: 's' },
    });
  });

  it('closes the phases that are open when it ends, and is held by nobody', async () => {
    const windows = openTest();
    const hold = await client(windows).history.claim(draftFor('phases'));
    await hold.update({ phases: [{ name: 'update', startedAt: 1, endedAt: { kind: 'none' } }] });
    await windows.clock.sleep(5_000);
    const ended = await hold.finish({ status: 'failed', summary: 'no' });
    const now = { kind: 'given', value: windows.clock.now() } as const;
    expect(ended).to.deep.include({
      finishedAt: now,
      held: { kind: 'none' },
      phases: [{ name: 'update', startedAt: 1, endedAt: now }],
    });
  });
});
