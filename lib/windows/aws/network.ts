import type { EC2 } from '@aws-sdk/client-ec2';
import type { Route53 } from '@aws-sdk/client-route-53';
import type { Given } from '../../model/given.js';
import type { NetworkWindow, SubnetState, VpcState, ZoneState } from '../../model/windows.js';
import { type AwsSession, allPages, given, once } from './session.js';

/** EC2's network and Route 53's zones. */
export function openNetwork(session: AwsSession): NetworkWindow {
  const ec2 = once(() => {
    const sdk = require('@aws-sdk/client-ec2') as typeof import('@aws-sdk/client-ec2');
    return new sdk.EC2(session.settings());
  });
  return {
    async vpc(id) {
      return await session.call<Given<VpcState>>(
        { action: 'ec2:DescribeVpcs', resource: `VPC ${id}` },
        async () => {
          const { Vpcs: [found] = [] } = await ec2().describeVpcs({ VpcIds: [id] });
          if (found === undefined) return { kind: 'none' };
          const more = (found.CidrBlockAssociationSet ?? []).map(({ CidrBlock }) => CidrBlock);
          const cidrs = [found.CidrBlock, ...more].filter((cidr): cidr is string => cidr !== undefined);
          return { kind: 'given', value: { cidrs: [...new Set(cidrs)], dns: await hasDns(ec2(), id) } };
        },
        (error) => (error.name === 'InvalidVpcID.NotFound' ? { kind: 'none' } : undefined),
      );
    },
    subnets: (ids) =>
      session.call({ action: 'ec2:DescribeSubnets', resource: `subnets ${ids.join(', ')}` }, () => subnets(ec2(), ids)),
    async groupVpc(id) {
      return await session.call<Given<string>>(
        { action: 'ec2:DescribeSecurityGroups', resource: `security group ${id}` },
        async () => given((await ec2().describeSecurityGroups({ GroupIds: [id] })).SecurityGroups?.[0]?.VpcId),
        (error) => (error.name === 'InvalidGroup.NotFound' ? { kind: 'none' } : undefined),
      );
    },
    zone: zoneCall(session),
  };
}

async function hasDns(client: EC2, VpcId: string): Promise<boolean> {
  const [support, hostnames] = await Promise.all([
    client.describeVpcAttribute({ VpcId, Attribute: 'enableDnsSupport' }),
    client.describeVpcAttribute({ VpcId, Attribute: 'enableDnsHostnames' }),
  ]);
  return support.EnableDnsSupport?.Value === true && hostnames.EnableDnsHostnames?.Value === true;
}

/** By a filter: asked by id, EC2 refuses all when one of them does not exist. */
function subnets(client: EC2, ids: readonly string[]): Promise<SubnetState[]> {
  const Filters = [{ Name: 'subnet-id', Values: [...ids] }];
  return allPages(async (token) => {
    const { Subnets = [], NextToken } = await client.describeSubnets(
      token === undefined ? { Filters } : { Filters, NextToken: token },
    );
    const items = Subnets.map(({ SubnetId = '', VpcId = '', AvailabilityZone = '' }) => {
      return { id: SubnetId, vpc: VpcId, zone: AvailabilityZone };
    });
    return { items, next: NextToken };
  });
}

function zoneCall(session: AwsSession): NetworkWindow['zone'] {
  const client = once((): Route53 => {
    const sdk = require('@aws-sdk/client-route-53') as typeof import('@aws-sdk/client-route-53');
    return new sdk.Route53(session.settings());
  });
  return async (id) =>
    await session.call<Given<ZoneState>>(
      { action: 'route53:GetHostedZone', resource: `hosted zone ${id}` },
      async () => {
        const { HostedZone, VPCs = [] } = await client().getHostedZone({ Id: id });
        return {
          kind: 'given',
          value: {
            name: (HostedZone?.Name ?? '').replace(/\.$/, ''),
            private: HostedZone?.Config?.PrivateZone === true,
            vpcs: VPCs.map(({ VPCId = '' }) => VPCId),
          },
        };
      },
      (error) => (error.name === 'NoSuchHostedZone' ? { kind: 'none' } : undefined),
    );
}
