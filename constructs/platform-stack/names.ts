import type { Ground } from '../../lib/model/ground.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Resource } from '../../lib/model/template.js';
import { getAtt, ref } from '../resource.js';
import { vpcId } from './network.js';
import { ground, groundTags } from './resource.js';

/** Without a rule of ours AWS lets a group go anywhere; this one takes that back (the same one as in the AWS CDK). */
const NOWHERE: JsonObject = {
  CidrIp: '255.255.255.255/32',
  Description: 'Goes nowhere',
  FromPort: 252,
  IpProtocol: 'icmp',
  ToPort: 86,
};

/** The private zone, and the group that every task carries so that a database can trust it. */
export function nameResources(input: Ground): Resource[] {
  const { platform } = input;
  const zone = ground({
    id: 'Zone',
    type: 'AWS::Route53::HostedZone',
    properties: {
      Name: platform.zone,
      HostedZoneConfig: { Comment: `Private names of ${platform.prefix} ${platform.environment}` },
      VPCs: [{ VPCId: vpcId(platform), VPCRegion: ref('AWS::Region') }],
      HostedZoneTags: groundTags(platform),
    },
    key: 'ZONE',
  });
  const group = ground({
    id: 'AppTasksSecurityGroup',
    type: 'AWS::EC2::SecurityGroup',
    properties: {
      GroupDescription: 'Every task of every app; let it into your databases',
      VpcId: vpcId(platform),
      SecurityGroupEgress: [NOWHERE],
      Tags: groundTags(platform, 'app tasks'),
    },
    key: 'VPC_ID',
  });
  return [...(input.zoneId.kind === 'none' ? [zone] : []), ...(input.appTasksGroup.kind === 'none' ? [group] : [])];
}

export const zoneIdOf = ({ zoneId }: Ground): Json => (zoneId.kind === 'given' ? zoneId.value : ref('Zone'));

export const appTasksGroupOf = ({ appTasksGroup }: Ground): Json =>
  appTasksGroup.kind === 'given' ? appTasksGroup.value : getAtt('AppTasksSecurityGroup', 'GroupId');
