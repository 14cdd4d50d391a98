import { expect } from 'chai';
import type { PinnedImage, TaggedImage } from '../../lib/model/app.js';
import { openRehearsal } from '../../lib/rehearsal/index.js';
import { expectFailure } from '../support/expected-failure.js';
import { openInMemory, PLATFORM, START } from '../support/rehearsed-services.js';

const NONE = { kind: 'none' } as const;

const ECR = {
  kind: 'ecr',
  host: '123456789012.dkr.ecr.us-east-1.amazonaws.com',
  account: '123456789012',
  region: 'us-east-1',
  partition: 'aws',
} as const;

const tagged = (tag: string, registry: TaggedImage['registry'] = { kind: 'hub' }): TaggedImage => {
  return { kind: 'tagged', registry, repository: 'remind101/acme-inc', tag, credentials: NONE };
};

const pinned = (digest: string, registry: TaggedImage['registry'] = { kind: 'hub' }): PinnedImage => {
  return { kind: 'pinned', registry, repository: 'remind101/acme-inc', tag: NONE, digest, credentials: NONE };
};

describe('rehearsed account', () => {
  it('is the account and region of the platform', async () => {
    const made = await openInMemory().identity.caller();
    expect([made.account, made.region, made.partition]).to.deep.equal(['123456789012', 'us-east-1', 'aws']);
    expect(made.arn).to.match(/^arn:aws:sts::123456789012:assumed-role\/rehearsal\/.+$/);
    const platform = {
      ...PLATFORM,
      account: { kind: 'given', value: '999999999999' },
      region: { kind: 'given', value: 'cn-north-1' },
    } as const;
    const { identity } = openRehearsal({ platform, root: NONE, speed: Number.POSITIVE_INFINITY, start: NONE });
    const named = await identity.caller();
    expect([named.account, named.region, named.partition]).to.deep.equal(['999999999999', 'cn-north-1', 'aws-cn']);
  });

  it('begins at the given time', () => {
    expect(openInMemory().clock.now()).to.equal(START);
  });

  it('has the parameters of the platform of every environment', async () => {
    const names = ['vpc-id', 'vpc-cidr', 'public-subnets', 'private-subnets', 'app-tasks-group', 'cluster-name', 'zone-id']
      .concat(['capacity-provider', 'listener-internal-80', 'listener-public-443', 'public-balancer-dns-name'])
      .concat(['internal-balancer-security-group', 'public-balancer-zone-id', 'public-balancer-full-name']);
    for (const environment of ['default', 'production']) {
      const asked = names.map((name) => `/empire/${environment}/${name}`);
      const values = await openInMemory().parameters.values(asked);
      expect(Object.keys(values)).to.deep.equal(asked);
      expect(values[`/empire/${environment}/vpc-id`]).to.match(/^vpc-[0-9a-f]{17}$/);
      expect(values[`/empire/${environment}/private-subnets`]).to.match(/^subnet-[0-9a-f]{17},subnet-[0-9a-f]{17}$/);
      expect(values[`/empire/${environment}/cluster-name`]).to.equal(`empire-${environment}`);
      expect(values[`/empire/${environment}/listener-internal-80`]).to.match(/^arn:aws:elasticloadbalancing:.*:listener\/app\//);
    }
  });

  it('has the parameters of apps, never keeps a value, and forgets what is removed', async () => {
    const { parameters, world } = openInMemory();
    const names = ['/acme/db', '/acme/key-missing'];
    expect(Object.keys(await parameters.values(names))).to.deep.equal(['/acme/db']);
    expect([...(await parameters.existing(names))]).to.deep.equal(['/acme/db']);
    expect([
      await parameters.putSecret('/acme/key-missing', 'hunter2'),
      await parameters.putSecret('/acme/key-missing', 'hunter3'),
    ]).to.deep.equal([1, 2]);
    expect(JSON.stringify(world.state)).not.to.contain('hunter');
    expect(Object.keys(await parameters.values(names))).to.deep.equal(names);
    await parameters.remove('/acme/db');
    expect(Object.keys(await parameters.values(names))).to.deep.equal(['/acme/key-missing']);
  });

  it('refuses values that a parameter does not hold', async () => {
    const { parameters } = openInMemory();
    await expectFailure(parameters.putSecret('/acme/db', ''), 'outside-refused');
    await expectFailure(parameters.putSecret('/acme/db', 'x'.repeat(4097)), 'outside-refused');
    expect(await parameters.putSecret('/acme/db', 'x'.repeat(4096))).to.equal(1);
  });

  it('has secrets by name and by ARN', async () => {
    const { secrets } = openInMemory();
    const arn = (name: string): string => `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}`;
    const asked = ['acme/db', arn('acme/db-AbCdEf'), 'acme/db-missing', arn('acme/db-missing'), arn('acme/db-missing-AbCdEf')];
    expect(await Promise.all(asked.map((name) => secrets.exists(name)))).to.deep.equal([true, true, false, false, false]);
  });

  it('has certificates of its own region', async () => {
    const { certificates } = openInMemory();
    const describe = (id: string, region = 'us-east-1') =>
      certificates.describe(`arn:aws:acm:${region}:123456789012:certificate/${id}`);
    expect(await describe('good')).to.deep.equal({ kind: 'given', value: { status: 'ISSUED', names: [] } });
    expect(await describe('a-pending')).to.deep.equal({ kind: 'given', value: { status: 'PENDING_VALIDATION', names: [] } });
    expect(await describe('an-other')).to.deep.equal({
      kind: 'given',
      value: { status: 'ISSUED', names: ['other.example.com'] },
    });
    expect([await describe('a-missing'), await describe('good', 'eu-west-1')]).to.deep.equal([NONE, NONE]);
  });

  it('has every image, unless the end of its tag says otherwise', async () => {
    const { registry } = openInMemory();
    const found = await registry.resolve(tagged('v1'));
    if (found.kind !== 'found') throw new Error('v1 is there');
    expect(found.digest).to.match(/^sha256:[0-9a-f]{64}$/);
    expect([found.architectures, found.login]).to.deep.equal([['x86_64', 'arm64'], 'anonymous']);
    expect(await registry.resolve(tagged('v1'))).to.deep.equal(found);
    expect(await registry.resolve(tagged('v2'))).not.to.deep.equal(found);
    expect(await registry.resolve(tagged('v1-missing'))).to.deep.equal({ kind: 'missing', what: 'tag' });
    expect(await registry.resolve(tagged('v1-arm64')))
      .to.include({ kind: 'found', login: 'anonymous' })
      .and.have.deep.property('architectures', ['arm64']);
    expect(await registry.resolve(tagged('v1-private'))).to.include({ login: 'local' });
    expect(await registry.resolve(tagged('v1', ECR))).to.include({ login: 'ecr' });
    expect(await registry.resolve(pinned(found.digest))).to.deep.equal(found);
  });

  it('remembers what a digest was when its tag moves', async () => {
    const rehearsal = openInMemory();
    const digest = async (): Promise<string> => {
      const found = await rehearsal.registry.resolve(tagged('latest'));
      return found.kind === 'found' ? found.digest : found.kind;
    };
    const before = await digest();
    rehearsal.script('{"push": "remind101/acme-inc:latest", "behaviour": "arm64"}', 'script');
    expect(await digest()).not.to.equal(before);
    const old = await rehearsal.registry.resolve(pinned(before));
    expect(old.kind === 'found' && old.architectures).to.deep.equal(['x86_64', 'arm64']);
    const now = await rehearsal.registry.resolve(pinned(await digest()));
    expect(now.kind === 'found' && now.architectures).to.deep.equal(['arm64']);
    rehearsal.script(JSON.stringify({ remove: 'image', name: before }), 'script');
    expect(await rehearsal.registry.resolve(pinned(before))).to.deep.equal({ kind: 'missing', what: 'digest' });
  });

  it('keeps digests in ECR only', async () => {
    const { registry } = openInMemory();
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(await registry.keep(pinned(digest, ECR), 'empire-default-acme-v1')).to.deep.equal({ kind: 'kept' });
    expect((await registry.keep(pinned(digest), 'empire-default-acme-v1')).kind).to.equal('skipped');
  });

  it('finds what was kept by the tag of ours, and nothing of what was deleted', async () => {
    const rehearsal = openInMemory();
    const { registry } = rehearsal;
    const found = await registry.resolve(tagged('v1', ECR));
    if (found.kind !== 'found') throw new Error('v1 is there');
    await registry.keep(pinned(found.digest, ECR), 'empire-default-acme-v1');
    rehearsal.script(JSON.stringify({ push: `${ECR.host}/remind101/acme-inc:v1`, behaviour: 'arm64' }), 'script');
    expect(await registry.resolve(tagged('v1', ECR))).not.to.deep.equal(found);
    expect(await registry.resolve(tagged('empire-default-acme-v1', ECR))).to.deep.equal(found);
    rehearsal.script(JSON.stringify({ remove: 'image', name: found.digest }), 'script');
    expect(await registry.resolve(tagged('empire-default-acme-v1', ECR))).to.deep.equal({ kind: 'missing', what: 'tag' });
    expect((await registry.keep(pinned(found.digest, ECR), 'empire-default-acme-v2')).kind).to.equal('skipped');
  });
});
