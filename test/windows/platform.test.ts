import {
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import { CreateClusterCommand, DeleteClusterCommand, ECSClient, PutClusterCapacityProvidersCommand } from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import type { Windows } from '../../lib/model/windows.js';
import { openAws } from '../../lib/windows/aws/index.js';
import { BARE_AWS, setEnvironment } from '../support/environment.js';
import { expectFailure } from '../support/expected-failure.js';
import { type Moto, motoEnvironment, startMotoOrSkip } from '../support/moto.js';
import { refusal, SmallAws } from '../support/small-aws.js';

const NONE = { kind: 'none' } as const;
const given = <T>(value: T) => ({ kind: 'given', value }) as const;

describe('what a platform adopts, by real API calls', function () {
  this.timeout(60_000);
  let moto: Moto;
  let windows: Windows;
  let restore: () => void;
  const client = () => ({
    endpoint: moto.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  });

  before(async function () {
    moto = await startMotoOrSkip(this);
    restore = setEnvironment({ ...BARE_AWS, ...motoEnvironment(moto) });
    windows = openAws({ region: given('us-east-1'), profile: NONE, endpoint: given(moto.url) });
  });

  after(async () => {
    restore?.();
    await moto?.stop();
  });

  async function network() {
    const ec2 = new EC2Client(client());
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));
    const vpc = Vpc?.VpcId ?? '';
    const subnets = await Promise.all(
      ['a', 'b'].map(async (letter, index) => {
        const subnet = { VpcId: vpc, CidrBlock: `10.1.${index}.0/24`, AvailabilityZone: `us-east-1${letter}` };
        return (await ec2.send(new CreateSubnetCommand(subnet))).Subnet?.SubnetId ?? '';
      }),
    );
    const name = { GroupName: 'tasks', Description: 'tasks', VpcId: vpc };
    const { GroupId: group = '' } = await ec2.send(new CreateSecurityGroupCommand(name));
    return { ec2, vpc, subnets, group };
  }

  it('finds a VPC, whether it has DNS, its subnets with their zones, and a group', async () => {
    const { ec2, vpc, subnets, group } = await network();
    expect(await windows.network.vpc(vpc)).to.deep.equal(given({ cidrs: ['10.1.0.0/16'], dns: false }));
    await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpc, EnableDnsHostnames: { Value: true } }));
    expect(await windows.network.vpc(vpc)).to.deep.equal(given({ cidrs: ['10.1.0.0/16'], dns: true }));
    expect(await windows.network.vpc('vpc-0123456789abcdef0')).to.deep.equal(NONE);
    const found = await windows.network.subnets([...subnets, 'subnet-0123456789abcdef0']);
    expect([...found].sort((a, b) => (a.zone < b.zone ? -1 : 1))).to.deep.equal(
      subnets.map((id, index) => ({ id, vpc, zone: `us-east-1${'ab'[index]}` })),
    );
    expect(await windows.network.groupVpc(group)).to.deep.equal(given(vpc));
    expect(await windows.network.groupVpc('sg-0123456789abcdef0')).to.deep.equal(NONE);
  });

  it('finds a zone, its name and its VPCs', async () => {
    const { vpc } = await network();
    const route53 = new Route53Client(client());
    const inside = { Name: 'empire', CallerReference: 'one', VPC: { VPCId: vpc, VPCRegion: 'us-east-1' as const } };
    const { HostedZone: own } = await route53.send(
      new CreateHostedZoneCommand({ ...inside, HostedZoneConfig: { PrivateZone: true } }),
    );
    const { HostedZone: open } = await route53.send(new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'two' }));
    const id = (zone: typeof own) => zone?.Id?.replace('/hostedzone/', '') ?? '';
    expect(await windows.network.zone(id(own))).to.deep.equal(given({ name: 'empire', private: true, vpcs: [vpc] }));
    expect(await windows.network.zone(id(open))).to.deep.equal(given({ name: 'example.com', private: false, vpcs: [] }));
    expect(await windows.network.zone('Z0MISSING')).to.deep.equal(NONE);
  });

  it('finds a cluster with its capacity, and not one that was deleted', async () => {
    const ecs = new ECSClient(client());
    await ecs.send(new CreateClusterCommand({ clusterName: 'ours' }));
    const capacity = { cluster: 'ours', capacityProviders: ['FARGATE'], defaultCapacityProviderStrategy: [] };
    await ecs.send(new PutClusterCapacityProvidersCommand(capacity));
    expect(await windows.services.cluster('ours')).to.deep.equal(given({ status: 'ACTIVE', capacityProviders: ['FARGATE'] }));
    await ecs.send(new DeleteClusterCommand({ cluster: 'ours' }));
    expect(await windows.services.cluster('ours')).to.deep.equal(NONE);
    expect(await windows.services.cluster('nobodys')).to.deep.equal(NONE);
  });

  it('finds a load balancer with its listeners', async () => {
    const { vpc, subnets, group } = await network();
    const elb = new ElasticLoadBalancingV2Client(client());
    const { LoadBalancers: [made] = [] } = await elb.send(
      new CreateLoadBalancerCommand({ Name: 'shared', Subnets: subnets, SecurityGroups: [group], Scheme: 'internal' }),
    );
    const arn = made?.LoadBalancerArn ?? '';
    const { Listeners: [listener] = [] } = await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: arn,
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      }),
    );
    expect(await windows.balancers.balancer(arn)).to.deep.equal(
      given({
        type: 'application',
        scheme: 'internal',
        vpc,
        dnsName: made?.DNSName,
        zone: made?.CanonicalHostedZoneId,
        securityGroups: [group],
        listeners: [{ arn: listener?.ListenerArn, port: 80 }],
      }),
    );
    expect(await windows.balancers.balancer(`${arn.slice(0, -4)}ffff`)).to.deep.equal(NONE);
  });

  it('knows whether a bucket keeps versions, and removes one with all of them', async () => {
    const s3 = new S3Client({ ...client(), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'our-releases' }));
    expect(await windows.store.bucket('our-releases')).to.deep.equal(given({ region: 'us-east-1', versioned: false }));
    const versions = { Bucket: 'our-releases', VersioningConfiguration: { Status: 'Enabled' as const } };
    await s3.send(new PutBucketVersioningCommand(versions));
    expect(await windows.store.bucket('our-releases')).to.deep.equal(given({ region: 'us-east-1', versioned: true }));
    for (const Body of ['one', 'two']) await s3.send(new PutObjectCommand({ Bucket: 'our-releases', Key: 'a', Body }));
    expect(await windows.store.removeBucket('our-releases')).to.equal(2);
    expect(await windows.store.bucket('our-releases')).to.deep.equal(NONE);
    expect(await windows.store.removeBucket('our-releases')).to.equal(0);
  });

  it('makes a service-linked role once', async () => {
    expect(await windows.roles.exists('AWSServiceRoleForAutoScaling')).to.equal(false);
    await windows.roles.createServiceLinked('autoscaling.amazonaws.com');
    expect(await windows.roles.exists('AWSServiceRoleForAutoScaling')).to.equal(true);
  });
});

describe('a service-linked role that somebody else made in the meantime', () => {
  let restore: () => void;
  before(() => {
    restore = setEnvironment({ ...BARE_AWS, AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' });
  });
  after(() => restore());

  async function create(code: string, message: string): Promise<void> {
    const server = new SmallAws({ CreateServiceLinkedRole: refusal(400, code, message) });
    const url = await server.open();
    try {
      const aws = openAws({ region: given('us-east-1'), profile: NONE, endpoint: given(url) });
      await aws.roles.createServiceLinked('ecs.amazonaws.com');
    } finally {
      server.close();
    }
  }

  it('is no error', async () => {
    const taken = 'Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix.';
    await create('InvalidInput', taken);
  });

  it('is not confused with another refusal', async () => {
    const failure = await expectFailure(create('InvalidInput', 'no such service'), 'outside-refused');
    expect(failure.where).to.equal('service-linked role of ecs.amazonaws.com');
  });
});
