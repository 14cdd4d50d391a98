import { expect } from 'chai';
import type { Failure } from '../../lib/failure.js';
import { followOther, followOwn, readSituation, reconcile, submit } from '../../lib/release/index.js';
import { EngineApp, minutes } from '../support/engine-app.js';
import { Outside } from '../support/outside.js';

const WEB_ONLY = { Procfile: 'web: acme-inc server\nworker: acme-inc worker --fast\n' };

describe('a release', () => {
  it('creates the stack of a new app', async () => {
    const app = new EngineApp();
    const record = await app.deploy({});
    expect(record.summary).to.equal('');
    expect(record.status).to.equal('succeeded');
    expect(await app.stack()).to.deep.equal({ status: 'CREATE_COMPLETE', release: 'v1' });
    expect(Object.keys(record.taskDefinitions).sort()).to.deep.equal(['web', 'worker']);
    expect(await app.tasks('web')).to.have.length(1);
    expect(record.phases.map(({ name }) => name)).to.deep.equal(['change set', 'update', 'verify']);
    expect(record.phases.every(({ endedAt }) => endedAt.kind === 'given')).to.equal(true);
  });

  it('restarts only the process it changes', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const [web, worker] = [await app.tasks('web'), await app.tasks('worker')];
    const record = await app.deploy(WEB_ONLY);
    expect(record.status).to.equal('succeeded');
    expect(record.previous).to.deep.equal({ kind: 'given', value: 1 });
    expect(await app.tasks('web')).to.deep.equal(web);
    expect(await app.tasks('worker'))
      .to.have.length(1)
      .and.not.deep.equal(worker);
    expect(await app.stack()).to.deep.equal({ status: 'UPDATE_COMPLETE', release: 'v2' });
  });

  it('restarts nothing else when the scale changes', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const [web, worker] = [await app.tasks('web'), await app.tasks('worker')];
    await app.deploy({ scale: 'web=3\nworker=1\n' }, { kind: 'scale' });
    expect(await app.tasks('web'))
      .to.have.length(3)
      .and.include.members([...web]);
    expect(await app.tasks('worker')).to.deep.equal(worker);
  });

  it('restarts a process by its parameter, and keeps the value afterwards', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const web = await app.tasks('web');
    await app.deploy({}, { kind: 'restart', parameters: { WebRestart: 'again' } });
    const restarted = await app.tasks('web');
    expect(restarted).to.have.length(1).and.not.deep.equal(web);
    await app.deploy(WEB_ONLY);
    expect(await app.tasks('web')).to.deep.equal(restarted);
  });

  it('of an image that crashes fails, and the one before it still serves', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const web = await app.tasks('web');
    const record = await app.deploy({ image: 'remind101/acme-inc:v2-crash\n' });
    expect(record.status).to.equal('failed');
    expect(record.summary)
      .to.match(/exited|crash/i)
      .and.to.match(/v1 still serves$/);
    expect(record.dossier.kind).to.equal('given');
    expect(await app.tasks('web')).to.deep.equal(web);
    expect(await app.stack()).to.deep.equal({ status: 'UPDATE_ROLLBACK_COMPLETE', release: 'v1' });
    expect(record.phases.map(({ name }) => name)).to.deep.equal(['change set', 'update', 'restore', 'verify']);
  });

  it('can follow one that failed', async () => {
    const app = new EngineApp();
    await app.deploy({ image: 'remind101/acme-inc:v1-crash\n' });
    expect((await app.stack()).status).to.equal('ROLLBACK_COMPLETE');
    const record = await app.deploy({});
    expect([record.number, record.status]).to.deep.equal([2, 'succeeded']);
    expect(app.notes()).to.include('the first create failed and was undone: the empty stack is deleted, then created again');
  });

  it('that is not healthy in time is undone', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const record = await app.deploy({ image: 'remind101/acme-inc:v2-unhealthy\n' }, { timeoutSeconds: minutes(2) });
    expect(record.status).to.equal('failed');
    expect(record.summary).to.match(/^not healthy in time: /);
    expect((await app.stack()).status).to.equal('UPDATE_ROLLBACK_COMPLETE');
    const update = record.phases.find(({ name }) => name === 'update');
    expect(update?.endedAt.kind === 'given' && update.endedAt.value - update.startedAt).to.be.within(120_000, 135_000);
  });

  it('that is the first and not healthy in time is deleted', async () => {
    const app = new EngineApp();
    const record = await app.deploy({ image: 'remind101/acme-inc:v1-unhealthy\n' }, { timeoutSeconds: minutes(5) });
    expect([record.status, record.summary]).to.deep.equal(['failed', 'not healthy within 5 min: the first create was deleted']);
    expect((await app.stack()).status).to.equal('none');
  });

  it('with nothing to change is cancelled, when that is only known at its turn', async () => {
    const app = new EngineApp();
    const records = await Promise.all([app.deploy({}), app.deploy({})]);
    expect(records.map(({ status }) => status).sort()).to.deep.equal(['cancelled', 'succeeded']);
    expect(records.find(({ status }) => status === 'cancelled')?.summary).to.equal('nothing to change');
  });

  it('stopped before its update leaves nothing behind', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const stop = new AbortController();
    const engine = app.engine(app.rehearsal, stop.signal);
    const before = app.rehearsal.stacks.createChangeSet;
    const windows = {
      ...app.rehearsal,
      stacks: {
        ...app.rehearsal.stacks,
        createChangeSet: async (input: Parameters<typeof before>[0]) => {
          const made = await app.rehearsal.stacks.createChangeSet(input);
          stop.abort();
          return made;
        },
      },
    };
    const error = await app.deploy(WEB_ONLY, {}, { ...engine, windows }).catch((thrown: Failure) => thrown);
    expect(error).to.have.property('code', 'interrupted');
    const [record] = await app.records();
    expect([record?.number, record?.status]).to.deep.equal([2, 'cancelled']);
    expect(await app.rehearsal.stacks.changeSet('empire-acme-inc', `empire-v2-${record?.id.slice(0, 8)}`)).to.deep.equal({
      kind: 'none',
    });
  });

  it('left by its maker is followed to its end by another client', async () => {
    const app = new EngineApp();
    const hold = await app.submit({});
    await hold.release();
    const record = await followOther(app.engine(), 1, { timeoutSeconds: minutes(20) });
    expect(record.status).to.equal('succeeded');
  });

  it('left by its maker is not ended by somebody who looked at the stack just before', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const before = await readSituation(app.engine());
    const hold = await app.submit({ image: 'remind101/acme-inc:v2-slow\n' });
    await hold.release();
    const after = await readSituation(app.engine());
    await reconcile(app.engine(), { ...after, stack: before.stack });
    expect((await app.records())[0]?.status).to.equal('running');
    expect((await followOther(app.engine(), 2, { timeoutSeconds: minutes(20) })).status).to.equal('succeeded');
  });

  it('goes on when one stops following', async () => {
    const app = new EngineApp();
    const stop = new AbortController();
    const hold = await app.submit({});
    stop.abort();
    const left = await followOwn(app.engine(app.rehearsal, stop.signal), hold, { timeoutSeconds: minutes(20) });
    expect(left.status).to.equal('running');
    const record = await followOther(app.engine(), 1, { timeoutSeconds: minutes(20) });
    expect(record.status).to.equal('succeeded');
  });

  it('is followed through moments in which nothing answers', async () => {
    const app = new EngineApp();
    const hold = await app.submit({});
    app.script({ refuse: 'stacks.describe', code: 'network', times: 20 });
    const record = await followOwn(app.engine(), hold, { timeoutSeconds: minutes(20) });
    expect(record.status).to.equal('succeeded');
    expect(app.notes().filter((note) => note.startsWith('looking again'))).to.have.length(1);
  });

  it('makes four calls in sequence from its number to its update', async () => {
    const app = new EngineApp();
    for (const files of [{}, WEB_ONLY]) {
      const outside = new Outside();
      const engine = app.engine(outside.wrap(app.rehearsal));
      await app.submit(files, {}, engine).then((hold) => followOwn(app.engine(), hold, { timeoutSeconds: minutes(20) }));
      const depth = (name: string) => outside.calls.find((call) => call.name === name)?.depth ?? 0;
      expect(depth('stacks.executeChangeSet') - depth('store.put') + 1).to.equal(4);
    }
  });

  it('refuses to go on when the release before it made it lose data that nobody agreed to', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const engine = app.engine();
    const first = await app.submit({ image: 'remind101/acme-inc:v2\n' }, {}, engine);
    const situation = await readSituation(engine);
    const wanted = await app.submission({ image: 'remind101/acme-inc:v3\n' }, {}, engine, situation);
    const finding = { kind: 'data-loss', resource: 'LogGroup', text: 'the old logs are deleted' } as const;
    const replan = async () => ({ ...wanted.plan, kind: 'update' as const, findings: [finding] });
    const [error] = await Promise.all([
      submit(app.engine(), situation, { ...wanted, replan }).catch((thrown: Failure) => thrown),
      followOwn(engine, first, { timeoutSeconds: minutes(20) }),
    ]);
    expect(error).to.have.property('code', 'plan-changed');
    expect((await app.records()).map(({ number, status }) => [number, status])).to.deep.equal([
      [3, 'cancelled'],
      [2, 'succeeded'],
      [1, 'succeeded'],
    ]);
  });

  it('is one of twenty at once: one at a time, all recorded', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const versions = Array.from({ length: 20 }, (_, index) => index + 2);
    const records = await Promise.all(versions.map((version) => app.deploy({ image: `remind101/acme-inc:v${version}\n` })));
    expect(new Set(records.map(({ number }) => number)).size).to.equal(20);
    expect(new Set(records.map(({ status }) => status))).to.deep.equal(new Set(['succeeded']));
    const spans = records
      .sort((a, b) => a.number - b.number)
      .map(({ phases }) => phases.find(({ name }) => name === 'update'))
      .map((phase) => [phase?.startedAt ?? 0, phase?.endedAt.kind === 'given' ? phase.endedAt.value : 0] as const);
    for (const [index, [startedAt]] of spans.entries())
      if (index > 0) expect(startedAt).to.be.at.least(spans[index - 1]?.[1] ?? 0);
    expect((await app.stack()).release).to.equal('v21');
  }).timeout(60_000);
});
