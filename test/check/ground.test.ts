import { expect } from 'chai';
import { runGroundChecks } from '../../lib/check/ground/index.js';
import { firstRefusal } from '../../lib/check/index.js';
import { Failure } from '../../lib/failure.js';
import type { Given } from '../../lib/model/given.js';
import type { AdoptedBalancer, Ground } from '../../lib/model/ground.js';
import type { Origins } from '../../lib/model/problem.js';
import type { BalancerState, BucketState, ClusterState, SubnetState, Windows, ZoneState } from '../../lib/model/windows.js';
import { PLATFORM } from '../support/rehearsed-engine.js';

const NONE = { kind: 'none' } as const;
const given = <T>(value: T): Given<T> => ({ kind: 'given', value });

const VPC = 'vpc-0a';
const BALANCER = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shared/0123456789abcdef';
const LISTENER = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/0123456789abcdef';
const BOUNDARY = 'arn:aws:iam::123456789012:policy/boundary';
const PROVIDER = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000000';

const MADE: Ground = {
  platform: PLATFORM,
  availabilityZones: 2,
  interfaceEndpoints: false,
  containerInsights: true,
  cluster: NONE,
  zoneId: NONE,
  capacityProvider: NONE,
  appTasksGroup: NONE,
  internalBalancer: NONE,
  publicBalancer: NONE,
  certificate: NONE,
  github: NONE,
};

const BALANCED: AdoptedBalancer = {
  arn: BALANCER,
  securityGroup: 'sg-0b',
  dnsName: 'shared-1.us-east-1.elb.amazonaws.com',
  zoneId: 'Z35SXDOTRQ7X7K',
  listeners: { 80: LISTENER },
};

/** A platform that adopts everything. */
const ADOPTED: Ground = {
  ...MADE,
  platform: {
    ...PLATFORM,
    network: {
      kind: 'existing',
      vpcId: VPC,
      cidr: '10.1.0.0/16',
      publicSubnets: ['subnet-1a', 'subnet-1b'],
      privateSubnets: ['subnet-2a', 'subnet-2b'],
    },
    publicZones: [{ name: 'example.com', id: 'Z0PUBLIC' }],
    bucket: given('our-releases'),
    loadBalancers: 'shared',
    permissionsBoundary: given(BOUNDARY),
  },
  cluster: given('ours'),
  zoneId: given('Z0PRIVATE'),
  appTasksGroup: given('sg-0a'),
  internalBalancer: given(BALANCED),
  certificate: given(CERTIFICATE),
  github: given({ repository: 'acme/apps', branch: 'main', provider: given(PROVIDER) }),
};

/** What there is outside; by default everything fits. */
interface Outside {
  readonly cidrs: Given<readonly string[]>;
  readonly dns: boolean;
  readonly subnets: readonly SubnetState[];
  readonly group: Given<string>;
  readonly zone: Given<ZoneState>;
  readonly open: Given<ZoneState>;
  readonly cluster: Given<ClusterState>;
  readonly balancer: Given<BalancerState>;
  readonly certificate: Given<{ readonly status: string; readonly names: readonly string[] }>;
  readonly bucket: Given<BucketState>;
  readonly policy: boolean;
  readonly audiences: Given<readonly string[]>;
}

const SUBNETS = ['1a', '1b', '2a', '2b'].map((id) => ({ id: `subnet-${id}`, vpc: VPC, zone: `us-east-1${id.slice(-1)}` }));
const ZONE: ZoneState = { name: 'empire', private: true, vpcs: [VPC] };
const OPEN: ZoneState = { name: 'example.com', private: false, vpcs: [] };
const STATE: BalancerState = {
  type: 'application',
  scheme: 'internal',
  vpc: VPC,
  dnsName: BALANCED.dnsName,
  zone: BALANCED.zoneId,
  securityGroups: ['sg-0b'],
  listeners: [{ arn: LISTENER, port: 80 }],
};

const FITS: Outside = {
  cidrs: given(['10.1.0.0/16']),
  dns: true,
  subnets: SUBNETS,
  group: given(VPC),
  zone: given(ZONE),
  open: given(OPEN),
  cluster: given({ status: 'ACTIVE', capacityProviders: ['FARGATE', 'FARGATE_SPOT'] }),
  balancer: given(STATE),
  certificate: given({ status: 'ISSUED', names: [] }),
  bucket: given({ region: 'us-east-1', versioned: true }),
  policy: true,
  audiences: given(['sts.amazonaws.com']),
};

function windowsOf(outside: Outside): Windows {
  const windows = {
    network: {
      vpc: async () => (outside.cidrs.kind === 'given' ? given({ cidrs: outside.cidrs.value, dns: outside.dns }) : NONE),
      subnets: async (ids: readonly string[]) => outside.subnets.filter(({ id }) => ids.includes(id)),
      groupVpc: async () => outside.group,
      zone: async (id: string) => (id === 'Z0PRIVATE' ? outside.zone : outside.open),
    },
    services: { cluster: async () => outside.cluster },
    balancers: { balancer: async () => outside.balancer },
    certificates: { describe: async () => outside.certificate },
    store: { bucket: async () => outside.bucket },
    roles: { policyExists: async () => outside.policy, providerAudiences: async () => outside.audiences },
  };
  return windows as unknown as Windows;
}

const CALLER = { account: '123456789012', arn: 'arn', region: 'us-east-1', partition: 'aws' };
const ORIGINS: Origins = new Map([
  ['/VPC_ID', { kind: 'written' as const, file: 'platform', line: 1, column: 8, over: [] }],
  ['/PERMISSIONS_BOUNDARY', { kind: 'written' as const, file: 'platform', line: 7, column: 22, over: [] }],
  ['/PRIVATE_SUBNETS', { kind: 'written' as const, file: 'platform', line: 3, column: 17, over: [] }],
]);

const checks = (ground: Ground, outside: Partial<Outside> = {}) =>
  runGroundChecks({ windows: windowsOf({ ...FITS, ...outside }), caller: CALLER, ground, origins: ORIGINS });

/** What a deploy of the platform would stop with. */
async function refusal(outside: Partial<Outside>, ground = ADOPTED): Promise<string> {
  const failure = firstRefusal(await checks(ground, outside));
  expect(failure).to.be.instanceOf(Failure);
  return `${failure?.where}: ${failure?.what}\n${failure?.hint}\n${failure?.code}`;
}

describe('what a platform adopts', () => {
  it('is not asked about when the platform makes everything', async () => {
    expect(await checks(MADE)).to.deep.equal([]);
  });

  it('fits', async () => {
    const answers = (await checks(ADOPTED)).map(({ name, answer, text }) => `${answer} ${name}: ${text}`);
    expect(answers).to.deep.equal([
      'OK vpc: has the address range 10.1.0.0/16',
      'OK subnets: in us-east-1a, us-east-1b',
      'OK subnets: in us-east-1a, us-east-1b',
      'OK zone: empire, associated with vpc-0a',
      'OK public-zones: public',
      'OK app-tasks-group: of vpc-0a',
      'OK cluster: active',
      'OK balancers: internal, listens on 80',
      'OK certificate: issued',
      'OK releases-bucket: keeps every version',
      'OK permissions-boundary: there',
      'OK github-provider: for sts.amazonaws.com',
    ]);
  });

  const cases: readonly [string, Partial<Outside>, string][] = [
    [
      'a VPC that is not there',
      { cidrs: NONE },
      'vpc-0a: there is no such VPC in us-east-1 of 123456789012\ncorrect `VPC_ID` (platform:1:8)\nadopted-missing',
    ],
    [
      'another address range',
      { cidrs: given(['10.2.0.0/16', '100.64.0.0/16']) },
      'vpc-0a: its address range is 10.2.0.0/16, 100.64.0.0/16, and the platform file says 10.1.0.0/16\nwrite `VPC_CIDR=10.2.0.0/16`\nadopted-misfit',
    ],
    [
      'a VPC without DNS',
      { dns: false },
      'vpc-0a: its DNS support or its DNS host names are off: nobody there could resolve a name of an app\nturn both on: `aws ec2 modify-vpc-attribute --vpc-id vpc-0a --enable-dns-hostnames`, and the same with --enable-dns-support\nadopted-misfit',
    ],
    [
      'subnets that are not there',
      { subnets: SUBNETS.slice(0, 3) },
      'subnet-2a, subnet-2b: there is no subnet subnet-2b in us-east-1\ncorrect `PRIVATE_SUBNETS` (platform:3:17)\nadopted-missing',
    ],
    [
      'subnets of another VPC',
      { subnets: SUBNETS.map((one) => (one.id === 'subnet-1b' ? { ...one, vpc: 'vpc-0b' } : one)) },
      'subnet-1a, subnet-1b: subnet-1b is in vpc-0b, not in vpc-0a\nname subnets of vpc-0a in `PUBLIC_SUBNETS`\nadopted-misfit',
    ],
    [
      'subnets of one zone',
      { subnets: SUBNETS.map((one) => ({ ...one, zone: 'us-east-1a' })) },
      'subnet-1a, subnet-1b: all of them are in us-east-1a: a load balancer needs subnets in two zones\nadd a subnet of another zone to `PUBLIC_SUBNETS`\nadopted-misfit',
    ],
    ['a zone that is not there', { zone: NONE }, 'Z0PRIVATE: there is no such hosted zone\ncorrect `ZONE_ID`\nadopted-missing'],
    [
      'a public zone for private names',
      { zone: given({ ...ZONE, private: false }) },
      'Z0PRIVATE: empire is a public zone: everybody would see the private names\nname a private zone in `ZONE_ID`\nadopted-misfit',
    ],
    [
      'a zone with another name',
      { zone: given({ ...ZONE, name: 'corp.internal' }) },
      'Z0PRIVATE: its name is corp.internal, and the platform file says empire\nwrite `ZONE=corp.internal`\nadopted-misfit',
    ],
    [
      'a zone that is not associated with the VPC',
      { zone: given({ ...ZONE, vpcs: ['vpc-0b'] }) },
      'Z0PRIVATE: it is not associated with vpc-0a: nobody there could resolve a name of an app\nassociate it: `aws route53 associate-vpc-with-hosted-zone --hosted-zone-id Z0PRIVATE --vpc VPCRegion=us-east-1,VPCId=vpc-0a`\nadopted-misfit',
    ],
    [
      'a public zone that is not there',
      { open: NONE },
      'example.com=Z0PUBLIC: there is no such hosted zone\ncorrect `PUBLIC_ZONES`\nadopted-missing',
    ],
    [
      'a private zone for public names',
      { open: given({ ...OPEN, private: true }) },
      'example.com=Z0PUBLIC: it is a private zone: nobody outside would see a name in it\nname a public zone in `PUBLIC_ZONES`\nadopted-misfit',
    ],
    [
      'a public zone of another name',
      { open: given({ ...OPEN, name: 'example.org' }) },
      'example.com=Z0PUBLIC: its name is example.org\nwrite `example.org=Z0PUBLIC` in `PUBLIC_ZONES`\nadopted-misfit',
    ],
    [
      'a group that is not there',
      { group: NONE },
      'sg-0a: there is no such security group in us-east-1\ncorrect `APP_TASKS_GROUP`\nadopted-missing',
    ],
    [
      'a group of another VPC',
      { group: given('vpc-0b') },
      'sg-0a: it is of vpc-0b, not of vpc-0a\nname a security group of vpc-0a in `APP_TASKS_GROUP`\nadopted-misfit',
    ],
    [
      'a cluster that is not there',
      { cluster: NONE },
      'ours: there is no such cluster in us-east-1\ncorrect `CLUSTER`\nadopted-missing',
    ],
    [
      'a cluster that goes',
      { cluster: given({ status: 'DEPROVISIONING', capacityProviders: [] }) },
      'ours: it is DEPROVISIONING, not ACTIVE\nname another cluster in `CLUSTER`\nadopted-misfit',
    ],
    [
      'a cluster without Fargate',
      { cluster: given({ status: 'ACTIVE', capacityProviders: [] }) },
      'ours: it has no capacity provider FARGATE; it has none\nassociate it: `aws ecs put-cluster-capacity-providers --cluster ours …`\nadopted-misfit',
    ],
    [
      'a balancer that is not there',
      { balancer: NONE },
      'app/shared/0123456789abcdef: there is no such load balancer\ncorrect `INTERNAL_LISTENERS`\nadopted-missing',
    ],
    [
      'a network load balancer',
      { balancer: given({ ...STATE, type: 'network' }) },
      'app/shared/0123456789abcdef: it is a network load balancer: only an application load balancer can tell apps apart by name\nname listeners of another load balancer in `INTERNAL_LISTENERS`\nadopted-misfit',
    ],
    [
      'a public balancer for private apps',
      { balancer: given({ ...STATE, scheme: 'internet-facing' }) },
      'app/shared/0123456789abcdef: it is internet-facing: private apps would be open to everybody\nname listeners of another load balancer in `INTERNAL_LISTENERS`\nadopted-misfit',
    ],
    [
      'a balancer of another VPC',
      { balancer: given({ ...STATE, vpc: 'vpc-0b' }) },
      'app/shared/0123456789abcdef: it is in vpc-0b, not in vpc-0a\nname listeners of another load balancer in `INTERNAL_LISTENERS`\nadopted-misfit',
    ],
    [
      'a listener on another port',
      { balancer: given({ ...STATE, listeners: [{ arn: LISTENER, port: 8080 }] }) },
      'app/shared/0123456789abcdef: it has no such listener on port 80; it listens on 8080\ncorrect `INTERNAL_LISTENERS`\nadopted-missing',
    ],
    [
      'another DNS name',
      { balancer: given({ ...STATE, dnsName: 'shared-2.us-east-1.elb.amazonaws.com' }) },
      'app/shared/0123456789abcdef: its DNS name is shared-2.us-east-1.elb.amazonaws.com, not shared-1.us-east-1.elb.amazonaws.com\nwrite `INTERNAL_BALANCER_DNS=shared-2.us-east-1.elb.amazonaws.com`\nadopted-misfit',
    ],
    [
      'another hosted zone',
      { balancer: given({ ...STATE, zone: 'Z0OTHER' }) },
      'app/shared/0123456789abcdef: the hosted zone of its DNS name is Z0OTHER, not Z35SXDOTRQ7X7K\nwrite `INTERNAL_BALANCER_ZONE=Z0OTHER`\nadopted-misfit',
    ],
    [
      'another security group',
      { balancer: given({ ...STATE, securityGroups: ['sg-0c'] }) },
      'app/shared/0123456789abcdef: it does not have the security group sg-0b: tasks would let nobody in\nwrite `INTERNAL_BALANCER_GROUP=sg-0c`\nadopted-misfit',
    ],
    [
      'a certificate that is not there',
      { certificate: NONE },
      `${CERTIFICATE}: there is no such certificate\ncorrect \`CERTIFICATE\`\nadopted-missing`,
    ],
    [
      'a certificate that was not validated',
      { certificate: given({ status: 'PENDING_VALIDATION', names: [] }) },
      `${CERTIFICATE}: it is PENDING_VALIDATION, not ISSUED\nvalidate it in ACM first\nadopted-misfit`,
    ],
    [
      'a bucket that is not there',
      { bucket: NONE },
      'our-releases: there is no such bucket\ncorrect `RELEASES_BUCKET`\nadopted-missing',
    ],
    [
      'a bucket of another region',
      { bucket: given({ region: 'eu-west-1', versioned: true }) },
      'our-releases: it is in eu-west-1, not in us-east-1: CloudFormation would not read templates from it\nname a bucket of us-east-1 in `RELEASES_BUCKET`\nadopted-misfit',
    ],
    [
      'a bucket without versions',
      { bucket: given({ region: 'us-east-1', versioned: false }) },
      'our-releases: it does not keep versions: a release that is overwritten or deleted by mistake would be gone\nturn it on: `aws s3api put-bucket-versioning --bucket our-releases --versioning-configuration Status=Enabled`\nadopted-misfit',
    ],
    [
      'a permissions boundary that is not there',
      { policy: false },
      `${BOUNDARY}: there is no such policy\ncorrect \`PERMISSIONS_BOUNDARY\` (platform:7:22)\nadopted-missing`,
    ],
    [
      'an identity provider that is not there',
      { audiences: NONE },
      `${PROVIDER}: there is no such identity provider\ncorrect \`GITHUB_PROVIDER\`\nadopted-missing`,
    ],
    [
      'an identity provider for others',
      { audiences: given(['https://github.com/acme']) },
      `${PROVIDER}: its tokens are for https://github.com/acme, not for sts.amazonaws.com\nadd it: \`aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${PROVIDER} --client-id sts.amazonaws.com\`\nadopted-misfit`,
    ],
  ];

  for (const [what, outside, words] of cases) {
    it(`refuses ${what}`, async () => {
      expect(await refusal(outside)).to.equal(words);
    });
  }

  it('refuses a certificate of another region', async () => {
    const arn = CERTIFICATE.replace('us-east-1', 'eu-west-1');
    expect(await refusal({}, { ...ADOPTED, certificate: given(arn) })).to.equal(
      `${arn}: it is in eu-west-1 of 123456789012, and the platform in us-east-1 of 123456789012: a load balancer takes only its own region's\nwrite the ARN of a certificate of us-east-1 into \`CERTIFICATE\`\nadopted-misfit`,
    );
  });

  it('refuses a permissions boundary of another account, and takes one of AWS', async () => {
    const bounded = (arn: string): Ground => ({
      ...MADE,
      platform: { ...PLATFORM, permissionsBoundary: given(arn) },
    });
    const arn = BOUNDARY.replace('123456789012', '999999999999');
    expect(await refusal({}, bounded(arn))).to.equal(
      `${arn}: it is of 999999999999, and the platform of 123456789012: IAM takes only its own account's\nwrite the ARN of one of 123456789012 into \`PERMISSIONS_BOUNDARY\` (platform:7:22)\nadopted-misfit`,
    );
    expect(firstRefusal(await checks(bounded('arn:aws:iam::aws:policy/PowerUserAccess')))).to.equal(undefined);
  });

  it('refuses an internal balancer for the public', async () => {
    const ground: Ground = { ...ADOPTED, internalBalancer: NONE, publicBalancer: given(BALANCED) };
    expect(await refusal({}, ground)).to.equal(
      'app/shared/0123456789abcdef: it is internal: nobody outside the VPC would reach it\nname listeners of another load balancer in `PUBLIC_LISTENERS`\nadopted-misfit',
    );
  });

  it('refuses a cluster without the provider of hosts that the platform names', async () => {
    const ground: Ground = { ...ADOPTED, platform: { ...ADOPTED.platform, capacity: 'ec2' }, capacityProvider: given('hosts') };
    expect(await refusal({}, ground)).to.equal(
      'ours: it has no capacity provider hosts; it has FARGATE, FARGATE_SPOT\nassociate it: `aws ecs put-cluster-capacity-providers --cluster ours …`\nadopted-misfit',
    );
  });
});
