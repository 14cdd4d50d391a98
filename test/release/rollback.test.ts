import { expect } from 'chai';
import type { ReleaseRecord } from '../../lib/model/release.js';
import type { Windows } from '../../lib/model/windows.js';
import { CAREFUL } from '../../lib/plan/input.js';
import { destroy } from '../../lib/release/destroy.js';
import type { Engine } from '../../lib/release/engine.js';
import { guardsInForce, putsBack } from '../../lib/release/guard.js';
import { followOther, followOwn, reconcile } from '../../lib/release/index.js';
import { type RollbackProposal, type RollbackRequest, type RollbackResult, rollback } from '../../lib/release/rollback.js';
import { targetAtRest } from '../../lib/release/rollback-target.js';
import { readSituation, type Situation } from '../../lib/release/situation.js';
import { EngineApp, minutes } from '../support/engine-app.js';
import { expectFailure } from '../support/expected-failure.js';
import type { Files } from '../support/planned.js';

const NONE = { kind: 'none' } as const;
const PROCFILE = 'web: bin/web\nworker: bin/worker\n';
const version = (tag: string, more: Files = {}): Files => ({
  image: `remind101/acme-inc:${tag}\n`,
  Procfile: PROCFILE,
  scale: 'web=1\nworker=1\n',
  ...more,
});

interface Asked {
  readonly target?: number;
  readonly withScale?: boolean;
  readonly proposals?: RollbackProposal[];
}

const request = ({ target, withScale = false, proposals = [] }: Asked): RollbackRequest => ({
  target: target === undefined ? NONE : { kind: 'given', value: target },
  withScale,
  reason: { message: NONE, by: 'tester', commit: NONE, run: NONE },
  words: () => CAREFUL,
  approve: async (proposal) => {
    proposals.push(proposal);
    return [];
  },
  timeoutSeconds: minutes(20),
  keepImages: true,
});

async function roll(app: EngineApp, asked: Asked = {}, engine: Engine = app.engine()): Promise<RollbackResult> {
  return rollback(engine, await readSituation(engine), request(asked));
}

/** To its end. */
async function rolled(app: EngineApp, asked: Asked = {}): Promise<ReleaseRecord> {
  const engine = app.engine();
  const result = await roll(app, asked, engine);
  if (result.kind === 'restored') return result.record;
  if (result.kind !== 'submitted') throw new Error(`no release was made: ${JSON.stringify(result)}`);
  return followOwn(engine, result.hold, { timeoutSeconds: minutes(20) });
}

async function counts(app: EngineApp): Promise<Record<string, number>> {
  const template = JSON.parse(await app.rehearsal.stacks.template('empire-acme-inc')).Resources;
  return { web: template.WebService?.Properties.DesiredCount, worker: template.WorkerService?.Properties.DesiredCount };
}

async function image(app: EngineApp): Promise<string> {
  const template = JSON.parse(await app.rehearsal.stacks.template('empire-acme-inc')).Resources;
  return template.WebTaskDefinition.Properties.ContainerDefinitions[0].Image;
}

/** Names of the calls that change something in CloudFormation, ECS or the store, in order. */
function recording(windows: Windows): { readonly windows: Windows; readonly calls: string[] } {
  const calls: string[] = [];
  const recorded = <W extends object>(name: string, window: W, methods: readonly string[]): W =>
    new Proxy(window, {
      get: (target, key) => {
        const value = Reflect.get(target, key) as unknown;
        if (typeof value !== 'function' || !methods.includes(String(key))) return value;
        return (...values: unknown[]) => {
          calls.push(`${name}.${String(key)}`);
          return (value as (...all: unknown[]) => unknown).apply(target, values);
        };
      },
    });
  const stacks = ['createChangeSet', 'executeChangeSet', 'deleteChangeSet', 'cancelUpdate', 'continueRollback', 'delete'];
  return {
    calls,
    windows: {
      ...windows,
      stacks: recorded('stacks', windows.stacks, stacks),
      store: recorded('store', windows.store, ['put', 'remove']),
      services: recorded('services', windows.services, ['runTask', 'stopTask']),
      registry: recorded('registry', windows.registry, ['keep']),
    },
  };
}

/** Waits until the update of a release runs. */
async function updating(app: EngineApp, status = 'UPDATE_IN_PROGRESS'): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    if ((await app.stack()).status === status) return;
    await app.rehearsal.clock.sleep(1_000);
  }
  throw new Error(`the stack is never ${status}`);
}

describe('rollback at rest', () => {
  it('makes a new release of the stored template, with the scale of now', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await app.deploy(version('v2'));
    await app.deploy(version('v2', { scale: 'web=3\nworker=2\n' }), { kind: 'scale' });
    const proposals: RollbackProposal[] = [];
    const record = await rolled(app, { target: 1, proposals });
    expect(record).to.deep.include({ number: 4, status: 'succeeded', rollbackTo: { kind: 'given', value: 1 } });
    expect(record.reason).to.include({ kind: 'rollback', description: 'Rollback to v1' });
    expect(await counts(app)).to.deep.equal({ web: 3, worker: 2 });
    expect(await image(app)).to.include('acme-inc:v1');
    expect(await app.stack()).to.deep.equal({ status: 'UPDATE_COMPLETE', release: 'v4' });
    expect(
      proposals.map(({ target, current }) => [target.number, current.kind === 'given' && current.value.number]),
    ).to.deep.equal([[1, 3]]);
    expect(proposals[0]?.plan.processes.map(({ name, restarts }) => [name, restarts])).to.deep.equal([
      ['web', true],
      ['worker', true],
    ]);
  });

  it('restores the scale of then with --with-scale', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await app.deploy(version('v2', { scale: 'web=3\nworker=2\n' }));
    await rolled(app, { target: 1, withScale: true });
    expect(await counts(app)).to.deep.equal({ web: 1, worker: 1 });
  });

  it('goes to the release before the one that serves when no version is named', async () => {
    const app = new EngineApp();
    for (const tag of ['v1', 'v2', 'v3']) await app.deploy(version(tag));
    expect((await rolled(app)).rollbackTo).to.deep.equal({ kind: 'given', value: 2 });
    expect((await rolled(app)).rollbackTo, 'the command that undoes it').to.deep.equal({ kind: 'given', value: 3 });
  });

  it('makes no release to what already serves', async () => {
    const app = new EngineApp();
    for (const tag of ['v1', 'v2']) await app.deploy(version(tag));
    const result = await roll(app, { target: 2 });
    expect(result).to.include({ kind: 'serves', text: 'v2 already serves' });
    await rolled(app, { target: 1 });
    const again = await roll(app, { target: 1 });
    expect(again).to.include({ kind: 'serves', text: 'v1 already serves as v3' });
    expect((await app.records()).map(({ number }) => number)).to.deep.equal([3, 2, 1]);
  });

  it('refuses right after a failed release, and names the version to type', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await app.deploy(version('v2'));
    expect((await app.deploy(version('v3-crash'))).status).to.equal('failed');
    const failure = await expectFailure(roll(app), 'rollback-which');
    expect([failure.where, failure.what, failure.hint]).to.deep.equal([
      'acme-inc',
      'v2 already serves; v3 failed and was undone',
      'to go back further, name the release: `empire rollback v1 -a acme-inc`',
    ]);
    const result = await roll(app, { target: 2 });
    expect(result).to.include({ kind: 'serves', text: 'v2 already serves; v3 failed and was undone' });
  });

  it('refuses right after the only other release failed, with nothing to name', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await app.deploy(version('v2-crash'));
    const failure = await expectFailure(roll(app), 'rollback-which');
    expect(failure.hint).to.equal('v1 is the only release that succeeded: deploy what should run instead');
  });

  it('knows when ECS went back and CloudFormation did not: what served before is to be brought back', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await app.deploy(version('v2'));
    await app.deploy(version('v3-crash'));
    const situation = await readSituation(app.engine());
    if (situation.stack.kind === 'none') throw new Error('there is no stack');
    const parameters = situation.stack.value.parameters.map((one) => (one.name === 'Release' ? { ...one, value: 'v3' } : one));
    const still: Situation = { ...situation, stack: { kind: 'given', value: { ...situation.stack.value, parameters } } };
    const failure = await expectFailure(targetAtRest(app.engine(), still, NONE), 'rollback-which');
    expect([failure.what, failure.hint]).to.deep.equal([
      'v3 failed, and the stack still has it',
      'to bring back what served before it: `empire rollback v2 -a acme-inc`',
    ]);
    expect((await targetAtRest(app.engine(), still, { kind: 'given', value: 2 })).kind).to.equal('release');
    expect((await targetAtRest(app.engine(), situation, { kind: 'given', value: 2 })).kind).to.equal('serves');
  });

  it('refuses a failed target, a cancelled one and one that does not exist', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await app.deploy(version('v2-crash'));
    await app.deploy(version('v3'));
    const failed = await expectFailure(roll(app, { target: 2 }), 'rollback-target');
    expect([failed.what, failed.hint]).to.deep.equal(['v2 failed: it never served', 'choose one that succeeded: v3, v1']);
    const unknown = await expectFailure(roll(app, { target: 9 }), 'release-unknown');
    expect([unknown.what, unknown.hint]).to.deep.equal([
      'there is no release v9',
      'the newest is v3: see `empire releases -a acme-inc`',
    ]);
    expect((await app.records()).map(({ number }) => number)).to.deep.equal([3, 2, 1]);
  });

  it('refuses where there is nothing before, and where nothing is deployed', async () => {
    const app = new EngineApp();
    const nothing = await expectFailure(roll(app), 'rollback-none');
    expect([nothing.what, nothing.hint]).to.deep.equal([
      'it is not deployed: there is nothing to roll back from',
      'deploy it with `empire deploy acme-inc`, or name the release to bring back',
    ]);
    const never = await expectFailure(roll(app, { target: 1 }), 'release-unknown');
    expect(never.hint).to.equal('it has no releases yet: `empire deploy acme-inc`');
    await app.deploy(version('v1'));
    const first = await expectFailure(roll(app), 'rollback-none');
    expect([first.what, first.hint]).to.deep.equal([
      'there is no release before v1 that succeeded',
      'deploy what should run instead: `empire deploy acme-inc`',
    ]);
  });

  it('refuses when the image of then is gone, before anything is claimed', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const pinned = await image(app);
    await app.deploy(version('v2'));
    app.script({ remove: 'image', name: pinned });
    const failure = await expectFailure(roll(app, { target: 1 }), 'image-missing');
    expect([failure.where, failure.hint]).to.deep.equal(['acme-inc v1', 'put it back, or choose another release']);
    expect(failure.what).to.match(/^its image remind101\/acme-inc:v1 is gone: the registry no longer has its tag$/);
    expect((await app.records()).length).to.equal(2);
  });

  it('refuses when a secret of then is gone, and says of the others that their values stay', async () => {
    const app = new EngineApp();
    const secrets = 'KEY=ssm:/acme/key\nPASSWORD=secretsmanager:acme/db\n';
    await app.deploy(version('v1', { secrets }));
    await app.deploy(version('v2'));
    const proposals: RollbackProposal[] = [];
    const result = await roll(app, { target: 1, proposals });
    if (result.kind === 'submitted') await followOwn(app.engine(), result.hold, { timeoutSeconds: minutes(20) });
    expect(proposals[0]?.notes).to.deep.equal(['the values of secrets stay what they are now: KEY, PASSWORD']);
    await app.deploy(version('v3'));
    app.script({ remove: 'parameter', name: '/acme/key' });
    expect((await expectFailure(roll(app, { target: 1 }), 'secret-missing')).what).to.equal(
      'its secret ssm:/acme/key no longer exists',
    );
    app.script({ restore: 'parameter', name: '/acme/key' }, { remove: 'secret', name: 'acme/db' });
    expect((await expectFailure(roll(app, { target: 1 }), 'secret-missing')).what).to.equal(
      'its secret secretsmanager:acme/db no longer exists',
    );
  });

  it('refuses when a certificate of then is gone, or what the platform published', async () => {
    const app = new EngineApp();
    const arn = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000001';
    await app.deploy(version('v1', { domains: `www.example.com cert=${arn}\n` }));
    await app.deploy(version('v2'));
    app.script({ remove: 'certificate', name: arn });
    const gone = await expectFailure(roll(app, { target: 1 }), 'certificate-missing');
    expect([gone.where, gone.what, gone.hint]).to.deep.equal([
      'acme-inc v1',
      `its certificate ${arn} no longer exists`,
      'put it back, or choose another release',
    ]);
    app.script({ restore: 'certificate', name: arn }, { remove: 'parameter', name: '/empire/default/vpc-id' });
    await expectFailure(roll(app, { target: 1 }), 'platform-missing');
    expect((await app.records()).length).to.equal(2);
  });

  it('leaves a guard against what was left, which a restart keeps and a corrected deploy clears', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await app.deploy(version('v2'));
    const bad = await app.rehearsal.stacks.template('empire-acme-inc');
    await rolled(app, { target: 1 });
    const guards = async () => guardsInForce((await readSituation(app.engine())).recent);
    expect((await guards()).map((guard) => [guard.from, guard.to, putsBack(guard, bad)])).to.deep.equal([[2, 1, true]]);
    await app.deploy(version('v1'), { kind: 'restart', parameters: { WebRestart: 'now' } });
    expect(await guards()).to.have.length(1);
    await app.deploy(version('v3'));
    expect(await guards()).to.deep.equal([]);
  });

  it('goes back from what something else made, with its scale', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const template = JSON.parse(await app.rehearsal.stacks.template('empire-acme-inc'));
    template.Resources.WebService.Properties.DesiredCount = 4;
    template.Resources.WebTaskDefinition.Properties.Cpu = '1024';
    template.Resources.WebTaskDefinition.Properties.Memory = '2048';
    const { id } = await app.rehearsal.stacks.createChangeSet({
      stack: 'empire-acme-inc',
      name: 'console',
      kind: 'update',
      template: { kind: 'body', body: JSON.stringify(template) },
      parameters: { Release: 'v1' },
      description: '',
      token: 'console',
    });
    await app.rehearsal.clock.sleep(10_000);
    await app.rehearsal.stacks.executeChangeSet({ stack: 'empire-acme-inc', id, token: 'console' });
    await app.rehearsal.clock.sleep(900_000);
    const record = await rolled(app);
    expect([record.number, record.rollbackTo]).to.deep.equal([3, { kind: 'given', value: 1 }]);
    expect(await counts(app)).to.deep.equal({ web: 4, worker: 1 });
  });

  it('brings back a release after the stack was destroyed, when it is named', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const engine = app.engine();
    expect(await destroy(engine, await readSituation(engine), { purge: false, logGroup: '/empire/default/acme-inc' })).to.include(
      { deleted: true, purged: 0 },
    );
    await expectFailure(roll(app), 'rollback-none');
    const record = await rolled(app, { target: 1 });
    expect([record.number, record.status]).to.deep.equal([2, 'succeeded']);
  });
});

describe('rollback while a release runs', () => {
  it('cancels it as its first writing call; what CloudFormation restores is the rollback', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const running = app.deploy(version('v2-slow'));
    await updating(app);
    const { windows, calls } = recording(app.rehearsal);
    const result = await roll(app, {}, app.engine(windows));
    expect(calls[0]).to.equal('stacks.cancelUpdate');
    expect(calls.filter((call) => call === 'stacks.createChangeSet')).to.deep.equal([]);
    expect(result.kind).to.equal('restored');
    const [third, second] = await app.records();
    expect(third).to.deep.include({
      number: 3,
      status: 'succeeded',
      summary: 'restored by CloudFormation',
      rollbackTo: { kind: 'given', value: 1 },
    });
    expect(second).to.include({ number: 2, status: 'superseded', summary: 'ended by a rollback to v1' });
    expect((await running).status, 'its owner notices').to.equal('superseded');
    expect(await app.stack()).to.deep.equal({ status: 'UPDATE_ROLLBACK_COMPLETE', release: 'v1' });
    expect((await app.deploy(version('v3'))).number, 'nothing foreign was found').to.equal(4);
  });

  it('goes on to an older release when what is restored is not the target', async () => {
    const app = new EngineApp();
    for (const tag of ['v1', 'v2']) await app.deploy(version(tag));
    const running = app.deploy(version('v3-slow'));
    await updating(app);
    const { windows, calls } = recording(app.rehearsal);
    const engine = app.engine(windows);
    const result = await roll(app, { target: 1 }, engine);
    expect(calls[0]).to.equal('stacks.cancelUpdate');
    if (result.kind !== 'submitted') throw new Error(result.kind);
    const record = await followOwn(engine, result.hold, { timeoutSeconds: minutes(20) });
    expect([record.number, record.status]).to.deep.equal([4, 'succeeded']);
    expect((await running).status).to.equal('superseded');
    expect(await image(app)).to.include(':v1');
  });

  it('ends those that wait behind it too, and none of them has its turn', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const running = app.deploy(version('v2-slow'));
    await updating(app);
    const waiting = app.deploy(version('v3')).catch((error: Error) => error);
    await app.rehearsal.clock.sleep(10_000);
    expect((await roll(app)).kind).to.equal('restored');
    await Promise.all([running, waiting]);
    expect((await app.records()).map(({ number, status }) => [number, status])).to.deep.equal([
      [4, 'succeeded'],
      [3, 'superseded'],
      [2, 'superseded'],
      [1, 'succeeded'],
    ]);
    expect(await image(app)).to.include(':v1');
  });

  it('refuses a target that never served before it stops anything', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await app.deploy(version('v2-crash'));
    const running = app.deploy(version('v3-slow'));
    await updating(app);
    await expectFailure(roll(app, { target: 2 }), 'rollback-target');
    const itself = await expectFailure(roll(app, { target: 3 }), 'rollback-target');
    expect(itself.what).to.equal('v3 has not finished');
    expect((await running).status).to.equal('succeeded');
  });

  it('deletes a first create', async () => {
    const app = new EngineApp();
    const running = app.deploy(version('v1-slow')).catch((error: Error) => error);
    await updating(app, 'CREATE_IN_PROGRESS');
    const { windows, calls } = recording(app.rehearsal);
    const result = await roll(app, {}, app.engine(windows));
    expect(calls[0]).to.equal('stacks.delete');
    expect(result).to.have.property('kind', 'stopped');
    await running;
    expect((await app.stack()).status).to.equal('none');
    expect((await app.records()).map(({ status, summary }) => [status, summary])).to.deep.equal([
      ['superseded', 'ended by a rollback'],
    ]);
    expect(await app.deploy(version('v2'))).to.include({ number: 2, status: 'succeeded' });
  });

  it('waits for an update that is through and only cleans up, then goes back', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1', { Procfile: `${PROCFILE}extra: bin/extra\n` }));
    const running = app.deploy(version('v2'));
    await updating(app, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    const engine = app.engine();
    const result = await roll(app, { target: 1 }, engine);
    expect(app.notes().join('\n')).to.include(
      'the update of v2 is through and cannot be cancelled: waiting until what it replaced is gone; then v1',
    );
    expect((await running).status).to.equal('succeeded');
    if (result.kind !== 'submitted') throw new Error(result.kind);
    expect(await followOwn(engine, result.hold, { timeoutSeconds: minutes(20) })).to.include({ number: 3, status: 'succeeded' });
  });

  it('makes no release when the running one fails by itself and is undone', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const running = app.deploy(version('v2-crash'));
    await updating(app, 'UPDATE_ROLLBACK_IN_PROGRESS');
    const result = await roll(app);
    expect(result).to.include({ kind: 'serves', text: 'v1 already serves; v2 failed and was undone' });
    expect((await running).status).to.equal('failed');
    expect((await app.records()).length).to.equal(2);
  });

  it('stops a release before it began to change what runs', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1', { Procfile: `${PROCFILE}release: bin/migrate\n` }));
    const running = app
      .deploy(version('v2-slow', { Procfile: `${PROCFILE}release: bin/migrate\n` }))
      .catch((error: Error) => error);
    for (let look = 0; look < 100 && (await unfinishedReleaseTask(app)) === false; look += 1)
      await app.rehearsal.clock.sleep(1_000);
    const result = await roll(app);
    expect(result).to.include({ kind: 'serves', text: 'v1 still serves; v2 was stopped before it changed a running process' });
    await running;
    expect((await app.records())[0]).to.include({ number: 2, status: 'superseded' });
    expect((await app.stack()).release).to.equal('v1');
  });

  it('goes on without us when one stops following, and the next command ends it', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const running = app.deploy(version('v2-slow'));
    await updating(app);
    const controller = new AbortController();
    const going = roll(app, {}, app.engine(app.rehearsal, controller.signal));
    while ((await app.records())[0]?.number !== 3) await app.rehearsal.clock.sleep(500);
    controller.abort();
    const result = await going;
    expect(result.kind === 'restored' && [result.record.status, result.record.held.kind]).to.deep.equal(['running', 'none']);
    await running;
    await app.rehearsal.clock.sleep(1_200_000);
    const { current } = await reconcile(app.engine(), await readSituation(app.engine()));
    expect(current.kind === 'given' && current.value).to.include({ number: 3, status: 'succeeded' });
  });

  it('can be followed by somebody else while CloudFormation restores', async () => {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    const running = app.deploy(version('v2-slow'));
    await updating(app);
    const controller = new AbortController();
    const going = roll(app, {}, app.engine(app.rehearsal, controller.signal));
    while ((await app.records())[0]?.number !== 3) await app.rehearsal.clock.sleep(500);
    controller.abort();
    await going;
    const followed = await followOther(app.engine(), 3, { timeoutSeconds: minutes(20) });
    expect(followed).to.include({ number: 3, status: 'succeeded' });
    await running;
  });

  it('twice at once ends with what serves, each number once', async () => {
    const app = new EngineApp();
    for (const tag of ['v1', 'v2']) await app.deploy(version(tag));
    const running = app.deploy(version('v3-slow'));
    await updating(app);
    await Promise.all([rolled(app, { target: 1 }).catch(() => undefined), rolled(app, { target: 1 }).catch(() => undefined)]);
    await running;
    await app.rehearsal.clock.sleep(1_200_000);
    const { recent, unfinished } = await reconcile(app.engine(), await readSituation(app.engine()));
    expect(unfinished).to.deep.equal([]);
    const numbers = recent.map(({ record }) => record.number);
    expect(numbers).to.deep.equal(numbers.map((_, index) => numbers.length - index));
    expect(await image(app)).to.include(':v1');
    expect(recent.some(({ record }) => record.reason.kind === 'external')).to.equal(false);
  });
});

async function unfinishedReleaseTask(app: EngineApp): Promise<boolean> {
  const [newest] = await app.records();
  return newest?.number === 2 && newest.releaseProcess.kind === 'given';
}
