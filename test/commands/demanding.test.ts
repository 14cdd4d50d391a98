import { Readable } from 'node:stream';
import { expect } from 'chai';
import { Stage } from '../support/stage.js';
import type { Screen } from '../support/transcript.js';

const FILES = {
  'apps/shop/image': 'example/shop:v1\n',
  'apps/shop/Procfile': 'web: shop serve\nworker: shop work\n',
  'apps/shop/scale': 'worker=1\n',
};

/** Hooks of one `describe`: each test has a repository and an account of its own. */
function onStage(): () => Stage {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage(FILES);
  });
  afterEach(() => stage.close());
  return () => stage;
}

describe('the command line, for a demanding stranger', function () {
  this.timeout(20_000);
  const stage = onStage();
  const run = (line: string): Promise<Screen> => stage().run(line.split(' '));
  const ok = async (line: string): Promise<Screen> => {
    const screen = await run(line);
    expect(screen.code, screen.stderr).to.equal(0);
    return screen;
  };

  for (const line of ['deploy', 'info', 'destroy', 'promote --from default', 'releases info -a shop', 'get -a shop']) {
    it(`\`${line}\` takes nothing from standard input for an argument that was left out`, async () => {
      const stdin = Object.getOwnPropertyDescriptor(process, 'stdin') as PropertyDescriptor;
      Object.defineProperty(process, 'stdin', { configurable: true, value: Readable.from([Buffer.from('shop\n')]) });
      try {
        expect((await run(line)).code).to.equal(2);
      } finally {
        Object.defineProperty(process, 'stdin', stdin);
      }
    });
  }

  it('asks for the app in the way that the command takes it', async () => {
    expect((await run('deploy')).stderr).to.contain('name it: `empire deploy <app>`');
    expect((await run('scale web=2')).stderr).to.contain('name it: `empire scale -a <app>`');
    expect((await run('releases info v1')).stderr).to.contain('name it: `empire releases info -a <app>`');
  });

  it('goes back to a release by its id, as it shows one', async () => {
    await ok('deploy shop --yes');
    await ok('deploy shop example/shop:v2 --yes');
    const { id } = JSON.parse((await ok('releases info v1 -a shop --json')).stdout);
    expect((await ok(`rollback ${id} -a shop`)).stdout).to.equal('Rolled back shop to v1 as v3.\n');
    const unknown = await run('rollback 00000000-0000-5000-8000-000000000000 -a shop');
    expect(unknown.stderr).to.contain('there is no release 00000000-0000-5000-8000-000000000000');
    expect((await run('rollback v1x -a shop')).code).to.equal(2);
  });

  it('names the line of what goes', async () => {
    await ok('deploy shop --yes');
    stage().write({ 'apps/shop/Procfile': 'web: shop serve\n', 'apps/shop/scale': 'web=1\n' });
    const gone = '  - WorkerTaskDefinition  AWS::ECS::TaskDefinition  apps/shop/Procfile:2:1\n';
    expect((await ok('deploy shop --yes')).stderr).to.contain(gone);
    await ok('rollback v1 -a shop');
    expect((await ok('rollback v2 -a shop')).stderr).to.contain(gone);
  });

  it('has no place for what only our defaults made', async () => {
    const { stdout } = await ok('deploy shop --yes --events');
    const places = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).place);
    expect(places).to.include('apps/shop/Procfile:1:1');
    expect(places).not.to.include('default');
  });

  it('--no-queue fails before a number is taken or a file is written', async () => {
    await ok('deploy shop --yes');
    await ok('deploy shop example/shop:v2 --no-wait --yes');
    const busy = await run('deploy shop example/shop:v3 --no-queue --yes --json');
    expect([busy.code, JSON.parse(busy.stdout).error.code]).to.deep.equal([1, 'release-in-progress']);
    expect(JSON.parse((await ok('releases -a shop --json')).stdout).releases).to.have.length(2);
    expect((await ok('show shop')).stdout).to.contain('example/shop:v2');
  });

  it('sees no restart in a release that only scales the first one', async () => {
    await ok('deploy shop --yes');
    await ok('scale web=2 -a shop');
    expect((await ok('releases diff v1 v2 -a shop')).stdout).not.to.contain('restart');
  });

  it('calls an image in a rollback as a person wrote it, also one that failed', async () => {
    stage().write({ 'apps/shop/Procfile': 'web: shop serve\nrelease: shop migrate\n', 'apps/shop/scale': 'web=1\n' });
    await ok('deploy shop --yes');
    await ok('set A=1 -a shop');
    expect((await run('deploy shop example/shop:v3-norelease --yes')).code).to.equal(1);
    expect((await ok('rollback v1 -a shop')).stderr).to.contain('image      v3-norelease → v1');
  });

  describe('when something else changed the stack', () => {
    beforeEach(async () => {
      await ok('deploy shop --yes');
      stage().rehearsal.look(({ state }) => {
        const [stack] = state.stacks.stacks as { template: string }[];
        if (stack === undefined) throw new Error('there is no stack');
        stack.template = stack.template.replace('"DesiredCount": 1', '"DesiredCount": 4');
      });
      await ok('deploy shop example/shop:v2 --yes');
      expect((await ok('releases -a shop')).stdout).to.contain('Changed by something other than empire');
    });

    it('a rollback to that takes no file away, since no directory made it', async () => {
      const { stderr } = await ok('rollback v2 --write --with-scale -a shop');
      expect(stderr).to.contain('note: no file was written: v2 was made by something other than empire');
      expect((await ok('show shop')).stdout).to.contain('example/shop:v2');
    });

    it('and a rollback finds the same but for the scale, files are compared with what was asked for', async () => {
      await ok('rollback v1 -a shop');
      const { stderr } = await ok('rollback v2 -a shop');
      expect(stderr).to.contain('v2 already serves as v4').and.not.contain('differ');
    });
  });

  for (const line of ['follow shpo', 'abort shpo', 'why shpo', 'destroy shpo', 'releases -a shpo', 'rollback -a shpo']) {
    it(`\`${line}\` asks whether another app was meant`, async () => {
      const { code, stderr } = await run(line);
      expect([code, stderr.split('\n').at(-2)]).to.deep.equal([1, '  hint: did you mean `shop`?']);
    });
  }

  it('refuses flags for several apps when there is one', async () => {
    for (const flag of ['--fail-fast', '--concurrency=0']) expect((await run(`deploy shop ${flag}`)).code).to.equal(2);
  });

  it('says what is missing in its own words', async () => {
    expect((await run('releases diff v1 -a shop')).stderr).to.contain('empire: the argument `to` is missing\n');
    expect((await run('promote shop')).stderr).to.contain('empire: the flag `--from` is missing\n');
    expect((await run('rollback v1 v2 -a shop')).stderr).to.contain('empire: `v2` is one argument too many\n');
  });

  it('repairs a stuck stack with a deploy of what runs', async () => {
    await ok('deploy shop --yes');
    stage().write({ 'stuck.json': JSON.stringify([{ fail: 'rollback', resource: 'WebService', times: 2 }]) });
    await ok('rehearsal script stuck.json');
    expect((await run('deploy shop example/shop:v2-crash --yes')).code).to.equal(1);
    stage().write({ 'apps/shop/image': 'example/shop:v1\n' });
    const { stderr, stdout } = await ok('deploy shop --yes');
    expect(stderr).to.contain('its rollback is continued first');
    expect(stdout).to.equal('Deployed example/shop:v1 to shop as v3.\n');
    expect((await ok('deploy shop --yes')).stderr).to.contain('nothing to change in shop: v3 already serves this');
  });
});
