import type { Ground } from '../../lib/model/ground.js';
import type { Json } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { getAtt, ref, sub } from '../resource.js';
import { ground, groundTags } from './resource.js';
import { type Zone, zonesOf } from './subnets.js';

/** The VPC with its subnets and ways out; nothing when an existing one is used. */
export function networkResources(input: Ground): Resource[] {
  const { platform } = input;
  if (platform.network.kind === 'existing') return [];
  const zones = zonesOf(input, platform.network.cidr);
  return [
    ...vpc(platform, platform.network.cidr),
    ...zones.flatMap((zone) => subnetPair(platform, zone)),
    ...zones.flatMap((zone) => wayOut(platform, zone)),
    s3Endpoint(platform, zones),
    ...dhcp(platform),
  ];
}

/** Ids of the subnets, as the platform publishes them. */
export function subnetIds(input: Ground, side: 'Public' | 'Private'): Json[] {
  const { network } = input.platform;
  if (network.kind === 'existing') return [...(side === 'Public' ? network.publicSubnets : network.privateSubnets)];
  return zonesOf(input, network.cidr).map(({ number }) => ref(`${side}Subnet${number}`));
}

export const vpcId = ({ network }: Platform): Json => (network.kind === 'existing' ? network.vpcId : ref('Vpc'));

function vpc(platform: Platform, cidr: string): Resource[] {
  return [
    ground({
      id: 'Vpc',
      type: 'AWS::EC2::VPC',
      properties: { CidrBlock: cidr, EnableDnsHostnames: true, EnableDnsSupport: true, Tags: groundTags(platform, 'VPC') },
      key: 'VPC_CIDR',
    }),
    ground({
      id: 'InternetGateway',
      type: 'AWS::EC2::InternetGateway',
      properties: { Tags: groundTags(platform, 'internet gateway') },
      key: 'VPC_ID',
    }),
    ground({
      id: 'InternetGatewayAttachment',
      type: 'AWS::EC2::VPCGatewayAttachment',
      properties: { VpcId: ref('Vpc'), InternetGatewayId: ref('InternetGateway') },
      key: 'VPC_ID',
    }),
    routeTable(platform, 'Public', 'public'),
    ground({
      id: 'PublicRoute',
      type: 'AWS::EC2::Route',
      properties: {
        RouteTableId: ref('PublicRouteTable'),
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: ref('InternetGateway'),
      },
      dependsOn: ['InternetGatewayAttachment'],
      key: 'VPC_ID',
    }),
  ];
}

const routeTable = (platform: Platform, id: string, name: string): Resource =>
  ground({
    id: `${id}RouteTable`,
    type: 'AWS::EC2::RouteTable',
    properties: { VpcId: ref('Vpc'), Tags: groundTags(platform, name) },
    key: 'VPC_ID',
  });

function subnetPair(platform: Platform, zone: Zone): Resource[] {
  const { number } = zone;
  return [
    ...subnet(platform, 'Public', number, zone.publicCidr, 'PublicRouteTable'),
    routeTable(platform, `Private${number}`, `private ${number}`),
    ...subnet(platform, 'Private', number, zone.privateCidr, `Private${number}RouteTable`),
  ];
}

function subnet(platform: Platform, side: 'Public' | 'Private', number: number, cidr: string, table: string): Resource[] {
  const id = `${side}Subnet${number}`;
  return [
    ground({
      id,
      type: 'AWS::EC2::Subnet',
      properties: {
        VpcId: ref('Vpc'),
        AvailabilityZone: { 'Fn::Select': [number - 1, { 'Fn::GetAZs': '' }] },
        CidrBlock: cidr,
        // Tasks ask for an address themselves where they need one; nothing else is to have one by accident.
        MapPublicIpOnLaunch: false,
        Tags: groundTags(platform, `${side.toLowerCase()} ${number}`),
      },
      key: 'VPC_CIDR',
    }),
    ground({
      id: `${id}RouteTableAssociation`,
      type: 'AWS::EC2::SubnetRouteTableAssociation',
      properties: { SubnetId: ref(id), RouteTableId: ref(table) },
      key: 'VPC_ID',
    }),
  ];
}

/** The private subnet's way out: the gateway of its own zone, the only one, or none. */
function wayOut(platform: Platform, { number }: Zone): Resource[] {
  if (platform.nat === 'none') return [];
  const own = platform.nat === 'per-zone' || number === 1;
  return [
    ...(own ? natGateway(platform, number) : []),
    ground({
      id: `Private${number}Route`,
      type: 'AWS::EC2::Route',
      properties: {
        RouteTableId: ref(`Private${number}RouteTable`),
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: ref(`NatGateway${own ? number : 1}`),
      },
      key: 'NAT',
    }),
  ];
}

function natGateway(platform: Platform, number: number): Resource[] {
  return [
    ground({
      id: `NatAddress${number}`,
      type: 'AWS::EC2::EIP',
      properties: { Domain: 'vpc', Tags: groundTags(platform, `NAT ${number}`) },
      dependsOn: ['InternetGatewayAttachment'],
      key: 'NAT',
    }),
    ground({
      id: `NatGateway${number}`,
      type: 'AWS::EC2::NatGateway',
      properties: {
        AllocationId: getAtt(`NatAddress${number}`, 'AllocationId'),
        SubnetId: ref(`PublicSubnet${number}`),
        Tags: groundTags(platform, `NAT ${number}`),
      },
      dependsOn: ['PublicRoute', `PublicSubnet${number}RouteTableAssociation`],
      key: 'NAT',
    }),
  ];
}

/** Image layers and releases come from S3: through the gateway endpoint they cost nothing. */
function s3Endpoint(platform: Platform, zones: readonly Zone[]): Resource {
  return ground({
    id: 'S3Endpoint',
    type: 'AWS::EC2::VPCEndpoint',
    properties: {
      VpcEndpointType: 'Gateway',
      ServiceName: sub(`com.amazonaws.\${AWS::Region}.s3`),
      VpcId: ref('Vpc'),
      RouteTableIds: [ref('PublicRouteTable'), ...zones.map(({ number }) => ref(`Private${number}RouteTable`))],
      Tags: groundTags(platform, 'S3'),
    },
    key: 'VPC_ID',
  });
}

/** The search domain: with it `http://<app>` is enough inside the VPC. */
function dhcp(platform: Platform): Resource[] {
  return [
    ground({
      id: 'DhcpOptions',
      type: 'AWS::EC2::DHCPOptions',
      properties: {
        DomainName: platform.zone,
        DomainNameServers: ['AmazonProvidedDNS'],
        Tags: groundTags(platform, `search domain ${platform.zone}`),
      },
      key: 'ZONE',
    }),
    ground({
      id: 'DhcpOptionsAssociation',
      type: 'AWS::EC2::VPCDHCPOptionsAssociation',
      properties: { VpcId: ref('Vpc'), DhcpOptionsId: ref('DhcpOptions') },
      key: 'ZONE',
    }),
  ];
}
