import { expect } from 'chai';
import { abort } from '../../lib/release/abort.js';
import { destroy } from '../../lib/release/destroy.js';
import type { Engine } from '../../lib/release/engine.js';
import { History } from '../../lib/release/history.js';
import { historyPrefix } from '../../lib/release/record-key.js';
import { readSituation } from '../../lib/release/situation.js';
import { EngineApp } from '../support/engine-app.js';
import { expectFailure } from '../support/expected-failure.js';
import type { Files } from '../support/planned.js';
import { draftFor } from '../support/rehearsed-engine.js';

const version = (tag: string, more: Files = {}): Files => ({ image: `remind101/acme-inc:${tag}\n`, ...more });

async function updating(app: EngineApp, status: string): Promise<void> {
  for (let look = 0; look < 200 && (await app.stack()).status !== status; look += 1) await app.rehearsal.clock.sleep(1_000);
  expect((await app.stack()).status).to.equal(status);
}

const aborted = async (app: EngineApp, engine: Engine = app.engine()) => abort(engine, await readSituation(engine), 'alice');
const destroyed = async (app: EngineApp, purge = false, engine: Engine = app.engine()) =>
  destroy(engine, await readSituation(engine), { purge, logGroup: '/empire/default/acme-inc' });

/** What CloudFormation imports again when the app returns. */
const logGroupStays = async (app: EngineApp): Promise<boolean> =>
  app.rehearsal.look(({ state }) => Object.hasOwn(state.stacks.names, 'AWS::Logs::LogGroup /empire/default/acme-inc'));

describe('abort', () => {
  it('has nothing to do when nothing is in progress', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    expect(await aborted(app)).to.deep.equal({ kind: 'nothing' });
  });

  it('cancels the running update and waits until what served before is restored', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const running = app.deploy(version('v2-slow'));
    await updating(app, 'UPDATE_IN_PROGRESS');
    const result = await aborted(app);
    if (result.kind === 'nothing') throw new Error('nothing was stopped');
    expect(result.record).to.include({ number: 2, status: 'cancelled', summary: 'stopped by alice' });
    expect(result.serves.kind === 'given' && result.serves.value.number).to.equal(1);
    expect((await running).status).to.equal('cancelled');
    expect(await app.stack()).to.deep.equal({ status: 'UPDATE_ROLLBACK_COMPLETE', release: 'v1' });
    expect(app.notes()).to.include('the update is cancelled: going back to v1');
    expect(await app.deploy(version('v3'))).to.include({ number: 3, status: 'succeeded' });
  });

  it('deletes a first create', async () => {
    const app = new EngineApp();
    const running = app.deploy(version('v1-slow')).catch((error: Error) => error);
    await updating(app, 'CREATE_IN_PROGRESS');
    const result = await aborted(app);
    expect(result.kind === 'stopped' && [result.record.status, result.serves.kind, result.stack.kind]).to.deep.equal([
      'cancelled',
      'none',
      'none',
    ]);
    await running;
    expect(app.notes()).to.include('this is the first create: the stack is being deleted');
  });

  it('ends a release that waits for nothing but itself', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await History.of(app.engine()).claim(draftFor('just claimed'));
    const result = await aborted(app);
    expect(result.kind === 'stopped' && result.record).to.include({
      number: 2,
      status: 'cancelled',
      summary: 'stopped by alice',
    });
  });

  it('is too late when the update is through', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const running = app.deploy(version('v2', { Procfile: 'web: bin/web\n', scale: 'web=1\n' }));
    await updating(app, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    const failure = await expectFailure(aborted(app), 'abort-too-late');
    expect([failure.where, failure.what, failure.hint]).to.deep.equal([
      'acme-inc v2',
      'it is too late to stop this release: its update is through',
      'go back with `empire rollback -a acme-inc` when it is done',
    ]);
    expect((await running).status).to.equal('succeeded');
  });
});

describe('destroy', () => {
  it('deletes the stack and keeps the releases; the next number goes on', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    expect(await destroyed(app)).to.deep.equal({ deleted: true, retained: [], purged: 0, logs: false });
    expect(await logGroupStays(app)).to.equal(true);
    expect((await app.stack()).status).to.equal('none');
    expect((await app.records()).length).to.equal(1);
    expect(await app.deploy(version('v2'))).to.include({ number: 2, status: 'succeeded' });
  });

  it('has nothing to delete where there is no stack', async () => {
    expect(await destroyed(new EngineApp())).to.deep.equal({ deleted: false, retained: [], purged: 0, logs: false });
  });

  it('deletes the logs with --purge, before the history: who is refused that can purge again', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    app.script({ refuse: 'logs.removeGroup', code: 'permission-denied', times: 1 });
    const failure = await expectFailure(destroyed(app, true), 'permission-denied');
    expect(failure.what).to.equal('no permission for `logs:DeleteLogGroup` on *');
    expect((await app.records()).length).to.equal(1);
    expect(await destroyed(app, true)).to.include({ deleted: false, logs: true });
    expect((await app.records()).length).to.equal(0);
    expect(await logGroupStays(app)).to.equal(false);
    expect(await destroyed(app, true)).to.include({ logs: false });
  });

  it('removes the history with --purge, all but the number', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await app.deploy(version('v2'));
    const result = await destroyed(app, true);
    expect(result.purged).to.be.at.least(4);
    const { bucket } = app.engine().place;
    const left = await app.rehearsal.store.list(bucket, historyPrefix(app.engine().place), {
      limit: 10,
      after: { kind: 'none' },
    });
    expect(left.objects.map(({ key }) => key)).to.deep.equal(['releases/default/acme-inc/purged.json']);
    expect((await app.deploy(version('v3'))).number).to.equal(3);
  });

  it('purges the rest when it was stopped on the way', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const { windows } = app.engine();
    let removals = 0;
    const remove: typeof windows.store.remove = async (bucket, key) => {
      removals += 1;
      if (removals > 2) throw new Error('killed');
      return windows.store.remove(bucket, key);
    };
    const engine = app.engine({ ...windows, store: { ...windows.store, remove } });
    await destroyed(app, true, engine).catch(() => undefined);
    await destroyed(app, true);
    expect((await app.deploy(version('v2'))).number).to.equal(2);
  });

  it('tries again what could not be deleted, keeping it, and names it', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    app.script({ fail: 'delete', resource: 'AppSecurityGroup', times: 'always' });
    expect(await destroyed(app)).to.deep.equal({
      deleted: true,
      retained: ['AppSecurityGroup (AWS::EC2::SecurityGroup)'],
      purged: 0,
      logs: false,
    });
    expect(app.notes()).to.include('tried again without what cannot go: AppSecurityGroup');
  });

  it('refuses while a release is in progress', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const running = app.deploy(version('v2-slow'));
    await updating(app, 'UPDATE_IN_PROGRESS');
    const failure = await expectFailure(destroyed(app), 'release-in-progress');
    expect([failure.what, failure.hint]).to.deep.equal([
      'v2 is in progress: Deploy remind101/acme-inc:v2-slow, by tester',
      'stop it with `empire abort -a acme-inc`, then destroy',
    ]);
    await running;
  });
});
