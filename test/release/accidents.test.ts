import { expect } from 'chai';
import { CAREFUL } from '../../lib/plan/input.js';
import { abort } from '../../lib/release/abort.js';
import { destroy } from '../../lib/release/destroy.js';
import type { Engine } from '../../lib/release/engine.js';
import { followOwn } from '../../lib/release/index.js';
import { reconcile } from '../../lib/release/reconcile.js';
import { rollback } from '../../lib/release/rollback.js';
import { readSituation } from '../../lib/release/situation.js';
import { isFinished, servingValue } from '../../lib/release/stored-record.js';
import { EngineApp, minutes } from '../support/engine-app.js';
import { type Accident, type Watched, watchedWindows } from '../support/killed-windows.js';
import type { Files } from '../support/planned.js';

const NONE = { kind: 'none' } as const;
const version = (tag: string): Files => ({ image: `remind101/acme-inc:${tag}\n` });

type Act = (engine: Engine) => Promise<unknown>;

/** v1 and v2 were released, v3 rolls out when somebody does something about it. */
async function whileItRuns(act: Act, at: number, accident: Accident): Promise<{ app: EngineApp; watched: Watched }> {
  const app = new EngineApp();
  await app.deploy(version('v1'));
  await app.deploy(version('v2'));
  app.deploy(version('v3-slow')).catch(() => undefined);
  while ((await app.stack()).status !== 'UPDATE_IN_PROGRESS') await app.rehearsal.clock.sleep(1_000);
  const watched = watchedWindows(app.rehearsal, at, accident);
  const engine = app.engine(watched.windows);
  const going = act(engine).catch(() => undefined);
  await Promise.race([going, app.rehearsal.clock.sleep(1_800_000)]);
  await app.rehearsal.clock.sleep(1_800_000);
  return { app, watched };
}

async function goBack(engine: Engine, target: number): Promise<void> {
  const result = await rollback(engine, await readSituation(engine), {
    target: { kind: 'given', value: target },
    withScale: false,
    reason: { message: NONE, by: 'tester', commit: NONE, run: NONE },
    words: () => CAREFUL,
    approve: async () => [],
    timeoutSeconds: minutes(20),
    keepImages: true,
  });
  if (result.kind === 'submitted') await followOwn(engine, result.hold, { timeoutSeconds: minutes(20) });
}

/** A fresh command finds a history that says what is so, and can go on. */
async function expectConsistent(app: EngineApp, about: string): Promise<void> {
  const engine = app.engine();
  const { recent, current, stack } = await reconcile(engine, await readSituation(engine));
  const numbers = recent.map(({ record }) => record.number);
  expect(numbers, about).to.deep.equal([...Array(numbers.length).keys()].map((index) => numbers.length - index));
  expect(
    recent.filter(({ record }) => !isFinished(record.status)).map(({ record }) => record.number),
    about,
  ).to.deep.equal([]);
  if (current.kind === 'none' || stack.kind === 'none') throw new Error(`${about}: nothing serves`);
  const release = stack.value.parameters.find(({ name }) => name === 'Release')?.value;
  expect(servingValue(current.value), about).to.equal(release);
  expect(
    recent.map(({ record }) => record.reason.kind),
    about,
  ).to.not.include('external');
  const next = await app.deploy(version('v9'));
  expect([next.number, next.status], about).to.deep.equal([numbers.length + 1, 'succeeded']);
}

const OPERATIONS: readonly (readonly [string, Act])[] = [
  ['a rollback to what CloudFormation restores', (engine) => goBack(engine, 2)],
  ['a rollback to an older release', (engine) => goBack(engine, 1)],
  ['an abort', async (engine) => abort(engine, await readSituation(engine), 'alice')],
];

describe('an accident while a release runs', function () {
  this.timeout(120_000);

  for (const [what, act] of OPERATIONS) {
    it(`leaves a consistent history at every writing call of ${what}`, async () => {
      const { watched } = await whileItRuns(act, -1, 'killed before');
      expect(watched.calls[0]).to.equal('stacks.cancelUpdate');
      let count = 0;
      for (const at of watched.calls.keys()) {
        for (const accident of ['killed before', 'killed after', 'answer lost'] as const) {
          const { app, watched: tried } = await whileItRuns(act, at, accident);
          if (accident !== 'answer lost') expect(tried.calls.length, 'a killed process does nothing more').to.equal(at + 1);
          await expectConsistent(app, `${accident} ${watched.calls[at]} (${at})`);
          count += 1;
        }
      }
      expect(count).to.equal(watched.calls.length * 3);
    });
  }
});

describe('an accident while an app is destroyed', function () {
  this.timeout(120_000);

  const destroyed = async (app: EngineApp, engine: Engine = app.engine()) =>
    destroy(engine, await readSituation(app.engine()), { purge: true, logGroup: '/empire/default/acme-inc' });

  async function withAccident(at: number, accident: Accident): Promise<{ app: EngineApp; watched: Watched }> {
    const app = new EngineApp();
    await app.deploy(version('v1'));
    await app.deploy(version('v2'));
    const watched = watchedWindows(app.rehearsal, at, accident);
    const going = destroyed(app, app.engine(watched.windows)).catch(() => undefined);
    await Promise.race([going, app.rehearsal.clock.sleep(1_800_000)]);
    return { app, watched };
  }

  it('never lets a number be used twice, and the second try ends it', async () => {
    const { watched } = await withAccident(-1, 'killed before');
    for (const at of watched.calls.keys()) {
      for (const accident of ['killed before', 'killed after', 'answer lost'] as const) {
        const { app } = await withAccident(at, accident);
        await destroyed(app);
        expect(await app.stack(), `${accident} ${at}`).to.include({ status: 'none' });
        const next = await app.deploy(version('v3'));
        expect([next.number, next.status], `${accident} ${watched.calls[at]} (${at})`).to.deep.equal([3, 'succeeded']);
      }
    }
  });
});
