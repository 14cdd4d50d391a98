import { expect } from 'chai';
import { PRICES } from '../../lib/estimate/index.js';
import { estimatePlatform } from '../../lib/estimate/platform.js';
import { platformGoldens } from '../support/platform-golden.js';

const costOf = (name: string) => {
  const golden = platformGoldens().find((one) => one.name === name);
  if (golden === undefined) throw new Error(`no platform golden ${name}`);
  return estimatePlatform(golden.ground);
};

/** Resources that cost by the hour or month whether they are used or not, and the lines that count them. */
const COUNTED: Readonly<Record<string, RegExp>> = {
  'AWS::EC2::NatGateway': /^NAT gateway/,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': /^shared load balancer/,
  'AWS::Route53::HostedZone': /^private hosted zone/,
};

describe('the monthly cost of the platform', () => {
  it('is a NAT gateway and a zone when nothing was written', () => {
    const { lines, total, pricesOf } = costOf('no-file');
    expect(lines.map(({ what, count, monthly }) => [what, count, monthly])).to.deep.equal([
      ['NAT gateway, with its address', 1, 36.5],
      ['private hosted zone', 1, 0.5],
    ]);
    expect(total).to.equal(37);
    expect(pricesOf).to.equal(PRICES.asOf);
  });

  it('counts what each template really has', () => {
    for (const { name, ground, compiled } of platformGoldens()) {
      const { lines } = estimatePlatform(ground);
      for (const [type, what] of Object.entries(COUNTED)) {
        const made = compiled.template.resources.filter((resource) => resource.type === type).length;
        const said = lines.filter((line) => what.test(line.what)).reduce((sum, { count }) => sum + count, 0);
        expect(said, `${name} ${type}`).to.equal(made);
      }
      const endpoints = compiled.template.resources.filter(({ properties }) => properties['VpcEndpointType'] === 'Interface');
      const subnets = endpoints.reduce((sum, { properties }) => sum + (properties['SubnetIds'] as readonly unknown[]).length, 0);
      expect(lines.find(({ what }) => what.startsWith('interface endpoint'))?.count ?? 0, name).to.equal(subnets);
    }
  });

  it('counts the fewest instances, and says when it does not know a price', () => {
    expect(costOf('capacity-ec2').lines.find(({ what }) => what.startsWith('m6i.large'))?.count).to.equal(2);
    const ground = platformGoldens().find(({ name }) => name === 'capacity-ec2')?.ground;
    if (ground === undefined) throw new Error('no golden');
    const unknown = estimatePlatform({ ...ground, platform: { ...ground.platform, instanceType: 'z9.huge' } });
    expect(unknown.assumptions.join()).to.include('the price of `z9.huge` is not in the table');
  });

  it('is only a little for what was there before', () => {
    expect(costOf('everything-adopted').lines).to.deep.equal([]);
  });
});
