import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Stage } from '../support/stage.js';
import type { Screen } from '../support/transcript.js';

const THEN = {
  'apps/shop/image': 'example/shop:v1\n',
  'apps/shop/Procfile': 'web: shop serve\n',
  'apps/shop/env': '# for all\nA=1\nB=1\n',
  'apps/shop/env.production': 'C=1\n',
  'apps/shop/secrets': 'KEY=ssm:/shop/key\n',
};
const NOW = {
  'apps/shop/image': 'example/shop:v2\n',
  'apps/shop/Procfile': 'web: shop serve --fast\n',
  'apps/shop/env': '# for all\nA=2\nD=2\n',
  'apps/shop/secrets': 'KEY=ssm:/shop/other\nNEW=ssm:/shop/new\n',
};

describe('empire rollback --write', () => {
  let stage: Stage;

  beforeEach(() => {
    stage = new Stage({
      platform: 'ZONE=dev\n',
      'platform.production': 'ZONE=prod\n',
      'platform.staging': 'ZONE=test\n',
      ...THEN,
    });
  });
  afterEach(() => stage.close());

  const file = (name: string): string => readFileSync(join(stage.root, 'apps/shop', name), 'utf8');
  const run = (line: string): Promise<Screen> => stage.run(line.split(' '));
  async function ok(line: string): Promise<Screen> {
    const screen = await run(line);
    expect(screen.code, `${line}\n${screen.stderr}`).to.equal(0);
    return screen;
  }

  async function twoReleases(where: string): Promise<void> {
    await ok(`deploy shop --yes --allow broader${where}`);
    stage.write(NOW);
    await ok(`deploy shop --yes --allow broader${where}`);
  }

  it('with -e writes only files of that environment, with which the app is what it was', async () => {
    const was = (await ok('show shop -e production --json')).stdout;
    await twoReleases(' -e production');
    const staging = (await ok('show shop -e staging --json')).stdout;
    const { stderr } = await ok('rollback v1 --write --allow broader --yes -a shop -e production');
    for (const [path, text] of Object.entries(NOW)) expect(file(path.slice('apps/shop/'.length)), path).to.equal(text);
    expect((await ok('show shop -e staging --json')).stdout).to.equal(staging);
    expect(file('image.production')).to.equal('example/shop:v1\n');
    expect(file('env.production')).to.equal('C=1\nA=1\nB=1\nunset D\n');
    expect(file('secrets.production')).to.equal('KEY=ssm:/shop/key\nunset NEW\n');
    const written = ['Procfile', 'env', 'image', 'secrets'].map((name) => `wrote apps/shop/${name}.production\n`);
    for (const line of written) expect(stderr).to.contain(line);
    expect((await ok('deploy shop --yes --allow broader -e production')).stderr).to.contain(
      'nothing to change in shop: v3 already serves this',
    );
    const is = JSON.parse((await ok('show shop -e production --json')).stdout) as { variables: object };
    expect(is.variables).to.deep.equal((JSON.parse(was) as { variables: object }).variables);
  });

  it('without -e says which environments read what was written', async () => {
    stage.write({ 'apps/shop/image.staging': 'example/shop:own\n' });
    await twoReleases('');
    const { stderr } = await ok('rollback v1 --write --allow broader --yes -a shop');
    expect(file('env')).to.equal(THEN['apps/shop/env']);
    expect(stderr).to.contain('note: production reads image too\n');
    expect(stderr).to.contain('note: production, staging read env too\n');
    expect((await ok('deploy shop --yes --allow broader')).stderr).to.contain('nothing to change in shop');
  });

  it('says what a file of one environment cannot take back', async () => {
    stage.write({ 'apps/shop/image.production': 'example/shop:p1\n' });
    await ok('deploy shop --yes --allow broader -e production');
    stage.write({
      'apps/shop/policy': JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
      }),
    });
    await ok('deploy shop --yes --allow broader -e production');
    const { stderr } = await ok('rollback v1 --write --allow broader --yes -a shop -e production');
    expect(stderr).to.contain('note: policy holds for every environment and is left as it is: correct it by hand\n');
  });

  it('removes an overlay that was not there, and says so', async () => {
    await ok('deploy shop --yes --allow broader -e production');
    stage.write({ 'apps/shop/image.production': 'example/shop:p2\n' });
    await ok('deploy shop --yes --allow broader -e production');
    const { stderr } = await ok('rollback v1 --write --allow broader --yes -a shop -e production');
    expect(stderr).to.contain('removed apps/shop/image.production\n');
    expect((await ok('deploy shop --yes --allow broader -e production')).stderr).to.contain('nothing to change in shop');
  });
});
