import { BatchGetImageCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient, ListServicesCommand } from '@aws-sdk/client-ecs';
import { expect } from 'chai';
import type { Moto } from '../support/moto.js';
import type { Screen } from '../support/transcript.js';
import { copyAcme, IMAGE, REPOSITORY, useAccount } from './account.js';
import { client, pushImage, pushImages } from './registry.js';

/** The session of the post that introduced Empire in 2015, through the real calls of the AWS SDK. */
describe('a life of an app, by real API calls', function () {
  this.timeout(180_000);
  const account = useAccount(['default'], copyAcme);
  const { ok } = account;

  before(() => pushImages(account.moto, REPOSITORY, []));

  it('deploys, scales, lists, and rolls back by name', async () => {
    const first = await pushImage(account.moto, REPOSITORY, 'v1', 'one');
    const second = await pushImage(account.moto, REPOSITORY, 'v2', 'two');

    await ok('deploy', `${IMAGE}:v1`, '-a', 'acme-inc', '--yes');
    expect(await imagesThatRun()).to.deep.equal({ web: `${IMAGE}@${first}`, worker: `${IMAGE}@${first}` });
    await ok('deploy', `${IMAGE}:v2`, '-a', 'acme-inc', '--yes');
    expect(await imagesThatRun()).to.deep.equal({ web: `${IMAGE}@${second}`, worker: `${IMAGE}@${second}` });
    await ok('scale', 'worker=2', '-a', 'acme-inc');
    await ok('scale', 'worker=1:256:128mb', '-a', 'acme-inc');
    expect((await ok('apps')).stdout).to.match(/^acme-inc +v4 +web=1 worker=1 /m);
    expect((await ok('releases', '-a', 'acme-inc')).stdout.match(/^v\d+/gm)).to.deep.equal(['v4', 'v3', 'v2', 'v1']);

    const rolledBack = await ok('rollback', 'v1', '-a', 'acme-inc');
    expect(rolledBack.stdout).to.equal('Rolled back acme-inc to v1 as v5.\n');
    expect(await imagesThatRun()).to.deep.equal({ web: `${IMAGE}@${first}`, worker: `${IMAGE}@${first}` });
    expect(await countsThatRun()).to.deep.equal({ web: 1, worker: 1 });
  });

  it('releases a tag that moves by its digest, and rolls back to the old one', async () => {
    const old = await pushImage(account.moto, REPOSITORY, 'moving', 'three');
    await ok('deploy', `${IMAGE}:moving`, '-a', 'acme-inc', '--yes');
    const [release] = releaseNumbers(await ok('releases', '-a', 'acme-inc'));
    const next = await pushImage(account.moto, REPOSITORY, 'moving', 'four');
    await ok('deploy', 'acme-inc', '--yes');
    expect(await imagesThatRun()).to.deep.equal({ web: `${IMAGE}@${next}`, worker: `${IMAGE}@${next}` });
    await ok('rollback', `${release}`, '-a', 'acme-inc');
    expect(await imagesThatRun()).to.deep.equal({ web: `${IMAGE}@${old}`, worker: `${IMAGE}@${old}` });
    expect(await isKept(account.moto, old), 'the old digest is still in the registry').to.equal(true);
  });

  const releaseNumbers = ({ stdout }: Screen) => stdout.match(/^v\d+/gm) ?? [];

  async function services() {
    const ecs = new ECSClient(client(account.moto));
    const { serviceArns = [] } = await ecs.send(new ListServicesCommand({ cluster: 'empire-default' }));
    const { services: found = [] } = await ecs.send(
      new DescribeServicesCommand({ cluster: 'empire-default', services: serviceArns, include: ['TAGS'] }),
    );
    return { ecs, found: found.filter(({ status }) => status === 'ACTIVE') };
  }

  const processOf = (tags: readonly { key?: string | undefined; value?: string | undefined }[] = []) =>
    tags.find(({ key }) => key === 'empire:process')?.value ?? '';

  async function imagesThatRun(): Promise<Record<string, string>> {
    const { ecs, found } = await services();
    const images = await Promise.all(
      found.map(async ({ tags, taskDefinition }) => {
        const { taskDefinition: definition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
        return [processOf(tags), definition?.containerDefinitions?.[0]?.image ?? ''] as const;
      }),
    );
    return Object.fromEntries(images.sort());
  }

  async function countsThatRun(): Promise<Record<string, number>> {
    const { found } = await services();
    return Object.fromEntries(found.map(({ tags, desiredCount }) => [processOf(tags), desiredCount ?? -1] as const).sort());
  }
});

async function isKept(account: Moto, imageDigest: string): Promise<boolean> {
  const asked = new BatchGetImageCommand({ repositoryName: REPOSITORY, imageIds: [{ imageDigest }] });
  const { images = [] } = await new ECRClient(client(account)).send(asked);
  return images.length > 0;
}
