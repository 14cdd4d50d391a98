import { expect } from 'chai';
import type { Ground } from '../../lib/model/ground.js';
import { parseGround } from '../../lib/parse/ground.js';
import { partitionOf } from '../../lib/parse/ground-arns.js';
import { PLATFORM_KEYS } from '../../lib/parse/platform-keys.js';
import { overlap } from '../../lib/parse/platform-ranges.js';
import { Problems } from '../../lib/problems.js';
import { SHOWN_KEYS } from '../../lib/view/platform-settings.js';
import { makeRoot, parseFiles, readRoot, refusals, removeRoots } from '../support/root.js';

const IMAGE = { 'apps/demo/image': 'remind101/acme-inc:v1\n' };
const VPC = `VPC_ID=vpc-0123456789abcdef0
VPC_CIDR=10.1.0.0/16
PUBLIC_SUBNETS=subnet-0000000000000000a,subnet-1111111111111111a
PRIVATE_SUBNETS=subnet-0000000000000000b,subnet-1111111111111111b
`;
const LISTENER = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/inside/50dc6c495c0c9188/f2f7dc8efc522ab1';

function groundOf(text: string): Ground {
  const problems = new Problems();
  const ground = parseGround(readRoot(makeRoot({ ...IMAGE, platform: text })), 'default', problems);
  expect(problems.all).to.deep.equal([]);
  if (ground.kind === 'none') throw new Error('refused');
  return ground.value;
}

const refused = (text: string, overlay?: string): string[] =>
  refusals(parseFiles({ ...IMAGE, platform: text, ...(overlay === undefined ? {} : { 'platform.production': overlay }) }));

describe('the ground', () => {
  after(removeRoots);

  it('is all made when nothing is written', () => {
    const { platform, ...ground } = groundOf('');
    expect(platform.network.kind).to.equal('made');
    const none = { kind: 'none' };
    expect(ground).to.deep.equal({
      availabilityZones: 2,
      interfaceEndpoints: false,
      containerInsights: true,
      cluster: none,
      zoneId: none,
      capacityProvider: none,
      appTasksGroup: none,
      internalBalancer: none,
      publicBalancer: none,
      certificate: none,
      github: none,
    });
  });

  it('takes an existing load balancer from the ARNs of its listeners', () => {
    const { internalBalancer } = groundOf(
      `${VPC}LOAD_BALANCERS=shared\nINTERNAL_LISTENERS=80=${LISTENER}\nINTERNAL_BALANCER_DNS=internal-inside-1.us-east-1.elb.amazonaws.com\nINTERNAL_BALANCER_ZONE=Z35SXDOTRQ7X7K\nINTERNAL_BALANCER_GROUP=sg-0123456789abcdef0\n`,
    );
    expect(internalBalancer).to.deep.equal({
      kind: 'given',
      value: {
        arn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/inside/50dc6c495c0c9188',
        securityGroup: 'sg-0123456789abcdef0',
        dnsName: 'internal-inside-1.us-east-1.elb.amazonaws.com',
        zoneId: 'Z35SXDOTRQ7X7K',
        listeners: { 80: LISTENER },
      },
    });
  });

  it('has the branch main unless another may deploy', () => {
    const { github } = groundOf('GITHUB_REPOSITORY=acme/apps\n');
    expect(github).to.deep.equal({
      kind: 'given',
      value: { repository: 'acme/apps', branch: 'main', provider: { kind: 'none' } },
    });
  });

  it('may use a bucket with any name that S3 has, and then no length of other names matters', () => {
    expect(
      groundOf('PREFIX=a-very-long-prefix-1\nREGION=ap-southeast-1\nRELEASES_BUCKET=acme-releases\n').platform.bucket,
    ).to.deep.equal({
      kind: 'given',
      value: 'acme-releases',
    });
    for (const name of ['Acme', 'a', 'xn--acme', 'acme-s3alias', `a${'b'.repeat(63)}`, 'acme_releases', '-acme'])
      expect(refused(`RELEASES_BUCKET=${name}\n`), name).to.deep.equal(['platform-value platform:1:17']);
  });

  it('is none, with the reasons, when a key is refused', () => {
    const problems = new Problems();
    const folder = readRoot(makeRoot({ ...IMAGE, platform: 'AVAILABILITY_ZONES=1\n' }));
    expect(parseGround(folder, 'default', problems)).to.deep.equal({ kind: 'none' });
    expect(problems.all.map(({ code }) => code)).to.deep.equal(['platform-value']);
  });

  it('refuses keys that exclude each other in every environment, whichever is selected', () => {
    expect(refused('', 'CLUSTER=main\nCONTAINER_INSIGHTS=true\n')).to.deep.equal([
      'platform-cluster-settings platform.production:2:20',
    ]);
    expect(refused('CAPACITY=spot\nCAPACITY_PROVIDER=hosts\nCLUSTER=main\n')).to.deep.equal(['platform-ec2-only platform:2:19']);
    expect(refused('INTERNAL_BALANCER_GROUP=sg-01234567\n')).to.deep.equal(['platform-shared-only platform:1:25']);
    expect(refused(`${VPC}LOAD_BALANCERS=shared\nPUBLIC_BALANCER_GROUP=sg-01234567\n`)).to.deep.equal(
      Array(3).fill('platform-balancer-incomplete platform:6:23'),
    );
  });

  it('lets two environments have the same range, or ranges apart, and nothing between', () => {
    expect(refused('', 'VPC_CIDR=10.1.0.0/16\n')).to.deep.equal([]);
    expect(refused('VPC_CIDR=10.9.0.0/16\n', 'NAT=none\n')).to.deep.equal([]);
    expect(refused('', 'VPC_CIDR=10.0.16.0/20\n')).to.deep.equal(['platform-cidr-overlap platform.production:1:10']);
  });

  it('makes one OIDC provider in an account', () => {
    const text = 'GITHUB_REPOSITORY=acme/apps\nACCOUNT=123456789012\n';
    expect(refused(text, 'ACCOUNT=210987654321\n')).to.deep.equal([]);
    expect(refused(text, 'ZONE=production\n')).to.deep.equal(['platform-github-twice platform.production']);
    const provider = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
    expect(refused(text, `GITHUB_PROVIDER=${provider}\n`)).to.deep.equal([]);
  });

  it('knows the partition of a region, and networks that overlap', () => {
    const regions = [
      'us-east-1',
      'cn-north-1',
      'us-gov-east-1',
      'us-iso-east-1',
      'us-isob-east-1',
      'eu-isoe-west-1',
      'eusc-de-east-1',
    ];
    expect(regions.map(partitionOf)).to.deep.equal([
      ...['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-eusc'],
    ]);
    expect(overlap('10.0.0.0/16', '10.0.255.0/24')).to.equal(true);
    expect(overlap('10.0.0.0/16', '10.1.0.0/16')).to.equal(false);
    expect(overlap('224.0.0.0/3', '240.0.0.0/16')).to.equal(true);
  });

  it('can be shown key by key', () => {
    expect([...SHOWN_KEYS]).to.deep.equal(PLATFORM_KEYS.map(({ name }) => name));
  });
});
