import { expect } from 'chai';
import { Stage } from '../support/stage.js';
import type { Screen } from '../support/transcript.js';

describe('a stack whose template is not JSON any more', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage({ 'apps/shop/image': 'example/shop:v1\n', 'apps/shop/Procfile': 'web: shop serve\n' });
  });
  afterEach(() => stage.close());

  const run = (line: string): Promise<Screen> => stage.run(line.split(' '));
  async function ok(line: string): Promise<Screen> {
    const screen = await run(line);
    expect(screen.code, `${line}\n${screen.stderr}`).to.equal(0);
    return screen;
  }

  /** What `aws cloudformation deploy` does, with the parameters as they are. */
  async function updateByHand(template: string): Promise<void> {
    const { stacks, store, clock } = stage.rehearsal;
    const caller = await stage.rehearsal.identity.caller();
    const bucket = `empire-default-releases-${caller.account}-${caller.region}`;
    await store.put(bucket, 'by-hand.json', template, { kind: 'always' });
    const found = await stacks.describe('empire-shop');
    const parameters = found.kind === 'given' ? found.value.parameters : [];
    const { id } = await stacks.createChangeSet({
      stack: 'empire-shop',
      name: 'by-hand',
      kind: 'update',
      template: { kind: 'url', url: store.url(bucket, 'by-hand.json') },
      parameters: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
      description: '',
      token: 'by-hand',
    });
    for (let look = 0; look < 60; look += 1) await clock.sleep(1_000);
    await stacks.executeChangeSet({ stack: 'empire-shop', id, token: 'by-hand-2' });
    await clock.sleep(600_000);
  }

  it('is rolled back and deployed again after what the refusal says to do', async () => {
    await ok('deploy shop --yes');
    await ok('deploy shop example/shop:v2 --yes');
    stage.rehearsal.look(({ state }) => {
      const [first] = state.stacks.stacks as { template: string }[];
      if (first === undefined) throw new Error('there is no stack');
      first.template = 'Resources: {}\n';
    });
    for (const line of ['rollback v1 -a shop', 'deploy shop example/shop:v3 --yes', 'diff shop']) {
      const { code, stderr } = await run(line);
      expect(code, line).to.equal(1);
      expect(stderr).to.contain('error: stack: the running template is not JSON, so it was not made by empire\n');
      expect(stderr).to.contain('`empire synth <app> --json`');
    }
    await updateByHand((await ok('synth shop --json')).stdout);
    expect((await ok('rollback v1 -a shop --yes')).stdout).to.match(/^Rolled back shop to v1 as v\d+\.\n$/);
    expect((await ok('deploy shop example/shop:v3 --yes --force')).stdout).to.match(
      /^Deployed example\/shop:v3 to shop as v\d+\.\n$/,
    );
  });
});
