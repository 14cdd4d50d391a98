import { expect } from 'chai';
import { abort } from '../../lib/release/abort.js';
import { History } from '../../lib/release/history.js';
import { followOther, followOwn } from '../../lib/release/index.js';
import { readSituation } from '../../lib/release/situation.js';
import { EngineApp, minutes } from '../support/engine-app.js';

const OPTIONS = { timeoutSeconds: minutes(20) };

describe('following a release', () => {
  it('says what happens to resources, services and processes', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const events = app.events.flatMap((event) => (event.kind === 'event' ? [event] : []));
    expect(events.find(({ resource, text }) => resource === 'WebService' && text === 'made')?.bad).to.equal(false);
    expect(events.find(({ resource }) => resource === 'WebService')?.place).to.deep.equal({
      kind: 'given',
      value: 'apps/acme-inc/Procfile:1:1',
    });
    expect(events.some(({ text }) => /started 1 tasks/.test(text))).to.equal(true);
    const processes = app.events.flatMap((event) => (event.kind === 'processes' ? [event.processes] : []));
    expect(processes.at(-1)?.map(({ name }) => name)).to.include('web');
    expect(new Set(processes.map((one) => JSON.stringify(one))).size).to.be.greaterThan(1);
  });

  it('says of no process that it is done before something of it began', async () => {
    const app = new EngineApp();
    await app.deploy({});
    app.events.length = 0;
    await app.deploy({ image: 'remind101/acme-inc:v2\n' });
    const [first] = app.events.flatMap((event) => (event.kind === 'processes' ? [event.processes] : []));
    expect(first?.every(({ done }) => done)).to.equal(false);
  });

  it('waits for no load balancer where there is none', async () => {
    const app = new EngineApp();
    await app.deploy({});
    await app.deploy({ image: 'remind101/acme-inc:v2\n' });
    const waits = app.events.flatMap((event) => (event.kind === 'processes' ? event.processes : []));
    const of = (process: string) => waits.filter(({ name }) => name === process).map(({ waitingFor }) => waitingFor);
    expect(of('web')).to.include('the load balancer to know the task');
    expect(of('worker')).to.include('a task to start').and.not.include('the load balancer to know the task');
  });

  it('says what a failing health check answered, and where', async () => {
    const app = new EngineApp();
    await app.deploy({});
    await app.deploy({ image: 'remind101/acme-inc:v2-unhealthy\n' });
    const waits = app.events.flatMap((event) => (event.kind === 'processes' ? event.processes : []));
    expect(waits.map(({ waitingFor }) => waitingFor)).to.include('health check: 503 from /');
  });

  it('says what failed, as bad', async () => {
    const app = new EngineApp();
    await app.deploy({});
    await app.deploy({ image: 'remind101/acme-inc:v2-crash\n' });
    const bad = app.events.flatMap((event) => (event.kind === 'event' && event.bad ? [`${event.resource} ${event.text}`] : []));
    expect(bad.some((line) => /^W(eb|orker)Service UPDATE_FAILED: /.test(line))).to.equal(true);
  });

  it('ends with what somebody else made of it', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const engine = app.engine();
    const hold = await app.submit({ image: 'remind101/acme-inc:v2-slow\n' }, {}, engine);
    const [record] = await Promise.all([
      followOwn(engine, hold, OPTIONS),
      (async () => {
        await app.rehearsal.clock.sleep(10_000);
        const other = app.engine();
        await abort(other, await readSituation(other), 'arn:aws:iam::123456789012:user/ann');
      })(),
    ]);
    expect([record.number, record.status]).to.deep.equal([2, 'cancelled']);
    expect(await app.stack()).to.deep.equal({ status: 'UPDATE_ROLLBACK_COMPLETE', release: 'v1' });
  });

  it('of somebody else only looks, while they work', async () => {
    const app = new EngineApp();
    const owner = app.engine();
    const hold = await app.submit({}, {}, owner);
    const [mine, theirs] = await Promise.all([followOther(app.engine(), 1, OPTIONS), followOwn(owner, hold, OPTIONS)]);
    expect([mine.status, theirs.status]).to.deep.equal(['succeeded', 'succeeded']);
    expect(mine).to.deep.equal(theirs);
  });

  it('of somebody who is gone takes over after a minute and a half', async () => {
    const app = new EngineApp();
    await app.submit({ image: 'remind101/acme-inc:v1-slow\n' });
    const record = await followOther(app.engine(), 1, OPTIONS);
    expect(record.status).to.equal('succeeded');
    expect(record.phases.map(({ name }) => name)).to.include('verify');
  });

  it('refuses a release that there is not', async () => {
    const app = new EngineApp();
    const error = await followOther(app.engine(), 7, OPTIONS).catch((thrown: Error) => thrown);
    expect(error).to.have.property('code', 'release-unknown');
    expect(await History.of(app.engine()).recent(5)).to.deep.equal([]);
  });
});
