import { expect } from 'chai';
import type { Windows } from '../../lib/model/windows.js';
import type { Engine } from '../../lib/release/engine.js';
import { finishDead } from '../../lib/release/finish-dead.js';
import { History } from '../../lib/release/history.js';
import { submit } from '../../lib/release/index.js';
import { startedBy } from '../../lib/release/operation-names.js';
import { reconcile } from '../../lib/release/reconcile.js';
import { readSituation } from '../../lib/release/situation.js';
import { EngineApp } from '../support/engine-app.js';
import { expectFailure } from '../support/expected-failure.js';
import { ACME, compileFiles, type Files } from '../support/planned.js';

const version = (tag: string, more: Files = {}): Files => ({ image: `remind101/acme-inc:${tag}\n`, ...more });

/** What a fresh command finds, and makes of it. */
async function reconciled(app: EngineApp, engine: Engine = app.engine()) {
  return reconcile(engine, await readSituation(engine));
}

/** Something else updates the stack, as `cdk deploy` does: it keeps the parameters. */
async function updateByHand(app: EngineApp, template: string, parameters: Readonly<Record<string, string>>): Promise<void> {
  const { stacks, clock } = app.rehearsal;
  const { id } = await stacks.createChangeSet({
    stack: 'empire-acme-inc',
    name: 'cdk-deploy-change-set',
    kind: (await app.stack()).status === 'none' ? 'create' : 'update',
    template: { kind: 'body', body: template },
    parameters,
    description: '',
    token: 'cdk',
  });
  await clock.sleep(10_000);
  await stacks.executeChangeSet({ stack: 'empire-acme-inc', id, token: 'by-hand' });
  while (/_IN_PROGRESS$/.test((await app.stack()).status)) await clock.sleep(5_000);
}

/** Windows of a process that is killed at a call: it and everything after it never happens. */
function killedAt(windows: Windows, method: keyof Windows['stacks'], when: 'before' | 'after'): Windows {
  let dead = false;
  const never = () => new Promise<never>(() => undefined);
  const wrap = <W extends object>(window: W): W =>
    new Proxy(window, {
      get: (target, key) => {
        const value = Reflect.get(target, key) as unknown;
        if (typeof value !== 'function') return value;
        return async (...values: unknown[]) => {
          if (dead) return never();
          const mine = (target as object) === windows.stacks && key === method;
          if (mine) dead = true;
          if (mine && when === 'before') return never();
          const answer = await (value as (...all: unknown[]) => Promise<unknown>).apply(target, values);
          return mine ? never() : answer;
        };
      },
    });
  const { stacks, store, services, registry, logs, parameters, clock, ...others } = windows;
  return {
    ...others,
    stacks: wrap(stacks),
    store: wrap(store),
    services: wrap(services),
    registry: wrap(registry),
    logs: wrap(logs),
    parameters: wrap(parameters),
    clock: { now: () => clock.now(), sleep: (ms, signal) => (dead ? never() : clock.sleep(ms, signal)) },
  };
}

/** A deploy by a process that is killed on its way. */
async function killedDeploy(
  app: EngineApp,
  files: Files,
  method: keyof Windows['stacks'],
  when: 'before' | 'after',
): Promise<void> {
  const engine = app.engine(killedAt(app.rehearsal, method, when));
  const situation = await readSituation(app.engine());
  const submission = await app.submission(files, {}, app.engine(), situation);
  submit(engine, situation, submission).catch(() => undefined);
  await app.rehearsal.clock.sleep(30_000);
}

describe('a release that its maker left', () => {
  it('is let be while it may be alive', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await killedDeploy(app, version('v2'), 'createChangeSet', 'before');
    const situation = await reconciled(app);
    expect(situation.unfinished.map(({ record }) => record.number)).to.deep.equal([2]);
  });

  it('was never started when its change set was not executed: the change set goes', async () => {
    for (const [method, when] of [
      ['createChangeSet', 'before'],
      ['createChangeSet', 'after'],
      ['executeChangeSet', 'before'],
    ] as const) {
      const app = new EngineApp();
      await app.deploy(version('v1'));
      await killedDeploy(app, version('v2'), method, when);
      await app.rehearsal.clock.sleep(100_000);
      const situation = await reconciled(app);
      const about = `${method} ${when}`;
      expect(situation.recent[0]?.record, about).to.include({ number: 2, status: 'cancelled', summary: 'never started' });
      expect(situation.current.kind === 'given' && situation.current.value.number, about).to.equal(1);
      const name = `empire-v2-${situation.recent[0]?.record.id.slice(0, 8)}`;
      expect((await app.rehearsal.stacks.changeSet('empire-acme-inc', name)).kind, about).to.equal('none');
      expect(await app.deploy(version('v3')), about).to.include({ number: 3, status: 'succeeded' });
    }
  });

  it('succeeded when its update got through', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await killedDeploy(app, version('v2'), 'executeChangeSet', 'after');
    await app.rehearsal.clock.sleep(600_000);
    const { current } = await reconciled(app);
    expect(current.kind === 'given' && current.value).to.deep.include({ number: 2, status: 'succeeded' });
    expect(current.kind === 'given' && Object.keys(current.value.taskDefinitions)).to.deep.equal(['web', 'worker']);
  });

  it('failed when its update was undone, and what served before still does', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await killedDeploy(app, version('v2-crash'), 'executeChangeSet', 'after');
    await app.rehearsal.clock.sleep(3_600_000);
    const situation = await reconciled(app);
    expect(situation.recent[0]?.record).to.include({ number: 2, status: 'failed' });
    expect(situation.recent[0]?.record.dossier.kind).to.equal('given');
    expect(situation.current.kind === 'given' && situation.current.value.number).to.equal(1);
  });

  it('is not ended while the stack still moves', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await killedDeploy(app, version('v2-unhealthy'), 'executeChangeSet', 'after');
    await app.rehearsal.clock.sleep(65_000);
    expect((await app.stack()).status).to.match(/IN_PROGRESS$/);
    const situation = await reconciled(app);
    expect(situation.unfinished.map(({ record, dead }) => [record.number, dead])).to.deep.equal([[2, true]]);
  });

  it('was never started when it was to create the stack', async () => {
    const app = new EngineApp();
    await killedDeploy(app, version('v1'), 'createChangeSet', 'after');
    await app.rehearsal.clock.sleep(100_000);
    const situation = await reconciled(app);
    expect(situation.recent.map(({ record }) => [record.number, record.status, record.summary])).to.deep.equal([
      [1, 'cancelled', 'never started'],
    ]);
    expect(await app.deploy(version('v2'))).to.include({ number: 2, status: 'succeeded' });
  });

  it('has its release task stopped before the next one may run its own', async () => {
    const app = new EngineApp();
    const Procfile = 'web: bin/web\nworker: bin/worker\nrelease: bin/migrate\n';
    await app.deploy(version('v1', { Procfile }));
    const hold = await History.of(app.engine()).claim({
      ...(await app.submission(version('v2-slow', { Procfile }), {}, app.engine(), await readSituation(app.engine()))),
      previous: { kind: 'given', value: 1 },
      predictedSeconds: { kind: 'none' },
    });
    const definition = (await app.rehearsal.stacks.resources('empire-acme-inc')).find(({ id }) => id === 'ReleaseTaskDefinition');
    const cluster = await app.cluster();
    await app.rehearsal.services.runTask({
      cluster,
      taskDefinition: definition?.physicalId.kind === 'given' ? definition.physicalId.value : '',
      startedBy: startedBy(hold.record),
      token: 'token',
      subnets: ['subnet-1'],
      securityGroups: [],
      publicAddress: false,
      capacityProvider: 'FARGATE',
      overrides: {},
      exec: false,
      tags: {},
    });
    const tasks = (status: 'RUNNING' | 'STOPPED') =>
      app.rehearsal.services.tasks(cluster, { by: 'startedBy', startedBy: startedBy(hold.record), status });
    expect(await tasks('RUNNING')).to.have.length(1);
    const seen = await History.of(app.engine()).get(2);
    if (seen.kind === 'none') throw new Error('v2 is not there');
    await finishDead(app.engine(), { ...seen.value, dead: true });
    expect(await tasks('RUNNING')).to.deep.equal([]);
    expect((await tasks('STOPPED')).map(({ status }) => status)).to.deep.equal(['STOPPED']);
    expect((await app.records())[0]).to.include({ number: 2, status: 'cancelled' });
  });

  it('is ended once, when two commands find it at once', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await killedDeploy(app, version('v2'), 'executeChangeSet', 'after');
    await app.rehearsal.clock.sleep(600_000);
    await Promise.all([reconciled(app), reconciled(app)]);
    expect((await app.records()).map(({ number, status }) => [number, status])).to.deep.equal([
      [2, 'succeeded'],
      [1, 'succeeded'],
    ]);
  });
});

describe('a stack that something else changed', () => {
  const other = () => compileFiles({ ...ACME, ...version('by-hand') }).text;

  it('is adopted as a release, so that history has no holes', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await updateByHand(app, other(), { Release: 'v1' });
    const { current, recent } = await reconciled(app);
    expect(recent.map(({ record }) => [record.number, record.reason.kind, record.status])).to.deep.equal([
      [2, 'external', 'succeeded'],
      [1, 'deploy', 'succeeded'],
    ]);
    if (current.kind === 'none') throw new Error('nothing serves');
    expect(current.value.reason.description).to.equal('Changed by something other than empire');
    expect(current.value.processes.map(({ name, count }) => [name, count])).to.deep.equal([
      ['web', '1'],
      ['worker', '1'],
    ]);
    expect(current.value.images.map(({ pinned }) => pinned)).to.deep.equal(['remind101/acme-inc:by-hand']);
    expect(await History.of(app.engine()).object(current.value.content.template)).to.equal(other());
    expect(Object.keys(current.value.taskDefinitions)).to.deep.equal(['web', 'worker']);
  });

  it('is adopted once, and the next release goes on from there', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await updateByHand(app, other(), { Release: 'v1' });
    await Promise.all([reconciled(app), reconciled(app)]);
    await reconciled(app);
    expect((await app.records()).map(({ number }) => number)).to.deep.equal([2, 1]);
    const third = await app.deploy(version('v3'));
    expect(third).to.deep.include({ number: 3, status: 'succeeded', previous: { kind: 'given', value: 2 } });
    await reconciled(app);
    expect((await app.records()).map(({ number }) => number)).to.deep.equal([3, 2, 1]);
  });

  it('is adopted also when only its number says so', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await updateByHand(app, compileFiles({ ...ACME, ...version('v1') }).text, { Release: 'mine' });
    const { recent } = await reconciled(app);
    expect(recent[0]?.record.reason.kind).to.equal('external');
    await reconciled(app);
    expect((await app.records()).length).to.equal(2);
  });

  it('is adopted as the first release when plain `cdk deploy` made it', async () => {
    const app = new EngineApp();
    await updateByHand(app, other(), {});
    const { current } = await reconciled(app);
    expect(current.kind === 'given' && [current.value.number, current.value.reason.kind]).to.deep.equal([1, 'external']);
    expect(await app.deploy(version('v2'))).to.include({ number: 2, status: 'succeeded' });
  });

  it('is not seen where there is none: a release, a failed one and one that only prepared leave no trace of others', async () => {
    const app = new EngineApp();
    const Procfile = 'web: bin/web\nworker: bin/worker\nrelease: bin/migrate\n';
    await app.deploy(version('v1'));
    await app.deploy(version('v2-crash'));
    await app.deploy(version('v3-norelease', { Procfile })).catch(() => undefined);
    const { recent, current } = await reconciled(app);
    expect(recent.map(({ record }) => record.status)).to.deep.equal(['failed', 'failed', 'succeeded']);
    expect(current.kind === 'given' && current.value.number).to.equal(1);
  });

  it('is refused when it is not ours', async () => {
    const app = new EngineApp();
    const foreign = JSON.stringify({ Resources: { Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/x' } } } });
    await updateByHand(app, foreign, {});
    const failure = await expectFailure(reconciled(app), 'stack-foreign');
    expect([failure.where, failure.what, failure.hint]).to.deep.equal([
      'empire-acme-inc',
      'there is a stack of this name that empire did not make: it has no parameter `Release`',
      'give the app another name, or set another PREFIX in the `platform` file',
    ]);
    expect(await app.records()).to.deep.equal([]);
  });
});
