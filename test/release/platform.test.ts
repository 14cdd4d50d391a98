import { expect } from 'chai';
import { compactTemplate } from '../../lib/compile/ground.js';
import type { Plan } from '../../lib/model/plan.js';
import type { StackState, Windows } from '../../lib/model/windows.js';
import { planChanges } from '../../lib/plan/index.js';
import type { Rehearsal } from '../../lib/rehearsal/index.js';
import type { Engine } from '../../lib/release/engine.js';
import { Phases } from '../../lib/release/phases.js';
import {
  deployPlatform,
  destroyPlatform,
  type PlatformResult,
  type PlatformSituation,
  platformAtRest,
  readPlatformSituation,
} from '../../lib/release/platform/index.js';
import { type Accident, watchedWindows } from '../support/killed-windows.js';
import { platformGoldens } from '../support/platform-golden.js';
import { engineOn, openTest } from '../support/rehearsed-engine.js';

const GOLDENS = platformGoldens();
const goldenOf = (name: string) => GOLDENS.find((one) => one.name === name && one.environment === 'default') ?? refuse(name);
const refuse = (name: string): never => {
  throw new Error(`no golden ${name}`);
};
const MADE = goldenOf('no-file');
const LARGER = goldenOf('nat-per-zone');

function engineFor(windows: Windows): Engine & { readonly stop: () => void } {
  const engine = engineOn(windows);
  return { ...engine, place: { ...engine.place, app: 'platform', stack: 'empire-platform' } };
}

/** As `platform deploy` does it: waits, plans, changes. */
async function deploy(engine: Engine, golden = MADE): Promise<PlatformResult> {
  const template = compactTemplate(golden.text);
  const { sourceMap } = golden.compiled;
  const replan = async ({ running }: PlatformSituation): Promise<Plan> => {
    const none = { before: {}, after: {} };
    return planChanges({
      before: running,
      after: template,
      sourceMap,
      sourceMapBefore: { kind: 'none' },
      parameters: none,
      platform: none,
    });
  };
  await platformAtRest(engine, (await readPlatformSituation(engine)).stack, async () => undefined);
  const plan = await replan(await readPlatformSituation(engine));
  const change = { template, sourceMap, plan, replan, timeoutSeconds: 3600, noWait: false };
  return deployPlatform(engine, change, new Phases(engine, []));
}

async function stackOf({ stacks }: Windows): Promise<StackState | undefined> {
  const found = await stacks.describe('empire-platform');
  return found.kind === 'given' ? found.value : undefined;
}

const ACCIDENTS: readonly Accident[] = ['killed before', 'killed after', 'answer lost'];

/** Somebody does something, and an accident happens at one of its writing calls; later another one tries. */
async function afterAccidents(
  prepare: (rehearsal: Rehearsal) => Promise<unknown>,
  act: (engine: Engine) => Promise<unknown>,
  then: (rehearsal: Rehearsal, about: string) => Promise<void>,
): Promise<number> {
  const count = async (): Promise<number> => {
    const rehearsal = openTest();
    await prepare(rehearsal);
    const { windows, calls } = watchedWindows(rehearsal);
    await act(engineFor(windows));
    return calls.length;
  };
  const calls = await count();
  for (let at = 0; at < calls; at += 1)
    for (const accident of ACCIDENTS) {
      const rehearsal = openTest();
      await prepare(rehearsal);
      const { windows } = watchedWindows(rehearsal, at, accident);
      const going = act(engineFor(windows)).catch(() => undefined);
      await Promise.race([going, rehearsal.clock.sleep(60_000)]);
      await then(rehearsal, `${accident} at call ${at}`);
    }
  return calls;
}

describe('a platform, whatever happens to who makes it', function () {
  this.timeout(60_000);

  it('is made by the next deploy', async () => {
    const calls = await afterAccidents(
      async () => undefined,
      (engine) => deploy(engine),
      async (rehearsal, about) => {
        const result = await deploy(engineFor(rehearsal));
        expect(result.kind, about).to.be.oneOf(['deployed', 'unchanged']);
        expect((await stackOf(rehearsal))?.status, about).to.equal('CREATE_COMPLETE');
      },
    );
    expect(calls).to.equal(2);
  });

  it('is changed by the next deploy', async () => {
    await afterAccidents(
      (rehearsal) => deploy(engineFor(rehearsal)),
      (engine) => deploy(engine, LARGER),
      async (rehearsal, about) => {
        const result = await deploy(engineFor(rehearsal), LARGER);
        expect(result.kind, about).to.be.oneOf(['deployed', 'unchanged']);
        expect((await stackOf(rehearsal))?.status, about).to.equal('UPDATE_COMPLETE');
        expect((await rehearsal.stacks.resources('empire-platform')).map(({ id }) => id)).to.include('NatGateway2');
      },
    );
  });

  it('is gone after the next destroy, and its bucket with it when that is asked for', async () => {
    const options = { purge: true, sourceMap: MADE.compiled.sourceMap };
    await afterAccidents(
      (rehearsal) => deploy(engineFor(rehearsal)),
      (engine) => destroyPlatform(engine, options),
      async (rehearsal, about) => {
        await destroyPlatform(engineFor(rehearsal), options);
        expect(await stackOf(rehearsal), about).to.equal(undefined);
        expect(await rehearsal.store.exists(engineFor(rehearsal).place.bucket), about).to.equal(false);
        expect((await deploy(engineFor(rehearsal))).kind, about).to.equal('deployed');
      },
    );
  });

  it('goes on without who stops following', async () => {
    const rehearsal = openTest();
    const engine = engineFor(rehearsal);
    const going = deploy(engine);
    while ((await stackOf(rehearsal))?.status !== 'CREATE_IN_PROGRESS') await rehearsal.clock.sleep(1_000);
    engine.stop();
    expect(await going).to.deep.equal({ kind: 'left' });
    expect((await deploy(engineFor(rehearsal))).kind).to.equal('unchanged');
  });

  it('keeps the releases of an app that was there before it had a stack', async () => {
    const rehearsal = openTest();
    const engine = engineFor(rehearsal);
    await rehearsal.store.put(engine.place.bucket, 'releases/default/hello/records/1', '{}', { kind: 'absent' });
    await deploy(engine);
    expect((await rehearsal.store.get(engine.place.bucket, 'releases/default/hello/records/1')).kind).to.equal('given');
  });
});
