import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeServicesCommand, ECSClient, ListClustersCommand, ListServicesCommand } from '@aws-sdk/client-ecs';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { GetBucketVersioningCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import { useAccount } from './account.js';
import { client, pushImages, REGISTRY } from './registry.js';

const REPOSITORY = 'remind101/hello';
const IMAGE = `${REGISTRY}/${REPOSITORY}`;
const BUCKET = 'empire-default-releases-123456789012-us-east-1';

/** An account in which there is nothing: no network, no cluster, no bucket. */
describe('from nothing to a running app, by real API calls', function () {
  this.timeout(180_000);
  const account = useAccount([], (root) => {
    mkdirSync(join(root, 'apps/hello'), { recursive: true });
    writeFileSync(join(root, 'apps/hello/image'), `${IMAGE}:v1\n`);
  });
  const { ok, run } = account;

  before(() => pushImages(account.moto, REPOSITORY, ['v1']));

  it('refuses the app while there is no platform', async () => {
    const screen = await run('deploy', 'hello', '--yes');
    expect(screen.stderr).to.contain(`error: platform: the bucket ${BUCKET}, which keeps the releases, is not there\n`);
    expect(screen.stderr).to.contain('hint: make the platform first: `empire platform deploy`\n');
    expect(screen.code).to.equal(1);
  });

  it('makes the platform, and what AWS services need in an account', async () => {
    expect(await rolesOfServices()).to.deep.equal([]);
    const screen = await ok('platform', 'deploy', '--yes');
    expect(screen.stdout).to.equal('Made the platform of default.\n');
    expect(await rolesOfServices()).to.deep.equal([
      'AWSServiceRoleForApplicationAutoScaling_ECSService',
      'AWSServiceRoleForAutoScaling',
      'AWSServiceRoleForECS',
      'AWSServiceRoleForElasticLoadBalancing',
    ]);
    const { Status } = await new S3Client({ ...client(account.moto), forcePathStyle: true }).send(
      new GetBucketVersioningCommand({ Bucket: BUCKET }),
    );
    expect(Status).to.equal('Enabled');
    expect(Object.keys(await published())).to.deep.equal(
      ['app-tasks-group', 'cluster-name', 'private-subnets', 'public-subnets', 'vpc-cidr', 'vpc-id', 'zone-id'].map(
        (name) => `/empire/default/${name}`,
      ),
    );
  });

  it('finds nothing to change afterwards', async () => {
    expect((await ok('platform', 'diff', '--exit-code')).stderr).to.equal('the platform: nothing would change\n');
    expect((await ok('platform', 'deploy', '--yes')).stderr).to.contain('nothing to change in the platform of default\n');
  });

  it('runs an app on it, with the values that the platform published', async () => {
    await ok('deploy', 'hello', '--yes');
    const ecs = new ECSClient(client(account.moto));
    const values = await published();
    const { clusterArns = [] } = await ecs.send(new ListClustersCommand({}));
    expect(clusterArns.map((arn) => arn.split('/').at(-1))).to.include(values['/empire/default/cluster-name']);
    const cluster = values['/empire/default/cluster-name'] ?? '';
    const { serviceArns = [] } = await ecs.send(new ListServicesCommand({ cluster }));
    const { services: [web] = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: serviceArns }));
    const network = web?.networkConfiguration?.awsvpcConfiguration;
    expect(network?.subnets).to.deep.equal(values['/empire/default/private-subnets']?.split(','));
    expect(network?.securityGroups).to.include(values['/empire/default/app-tasks-group']);
    expect((await ok('environments', '--state')).stdout).to.match(
      /^default +\(defaults\) +deployed +123456789012, us-east-1 .* 1 app$/m,
    );
  });

  it('refuses to take away what the app stands on', async () => {
    const gone = await run('platform', 'destroy', '--confirm', 'default');
    expect(gone.stderr).to.contain(
      'error: platform of default: apps stand on it: hello\n  hint: destroy them first: `empire destroy hello`\n',
    );
    expect(gone.code).to.equal(1);
    writeFileSync(join(account.root, 'platform'), 'ZONE=other\n');
    const other = await run('platform', 'deploy', '--yes');
    expect(other.stderr).to.contain('error: platform of default: this would replace Zone, and apps stand on that: hello\n');
    expect(other.code).to.equal(1);
    rmSync(join(account.root, 'platform'));
  });

  it('destroys both; the bucket goes only when it is asked for', async () => {
    await ok('destroy', 'hello', '--confirm', 'hello');
    await ok('platform', 'destroy', '--confirm', 'default');
    expect(await published()).to.deep.equal({});
    expect(await hasBucket()).to.equal(true);
    await ok('platform', 'destroy', '--confirm', 'default', '--purge');
    expect(await hasBucket()).to.equal(false);
  });

  async function published(): Promise<Record<string, string>> {
    const { Parameters = [] } = await new SSMClient(client(account.moto)).send(
      new GetParametersByPathCommand({ Path: '/empire/default' }),
    );
    const pairs = Parameters.map(({ Name = '', Value = '' }) => [Name, Value] as const);
    return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  async function rolesOfServices(): Promise<string[]> {
    const { Roles = [] } = await new IAMClient(client(account.moto)).send(
      new ListRolesCommand({ PathPrefix: '/aws-service-role/' }),
    );
    return Roles.map(({ RoleName = '' }) => RoleName).sort();
  }

  async function hasBucket(): Promise<boolean> {
    try {
      await new S3Client({ ...client(account.moto), forcePathStyle: true }).send(new HeadBucketCommand({ Bucket: BUCKET }));
      return true;
    } catch (error) {
      if ((error as Error).name === 'NotFound') return false;
      throw error;
    }
  }
});
