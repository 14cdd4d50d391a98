import type { Ground } from '../../lib/model/ground.js';
import type { Json } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { getAtt, sub } from '../resource.js';
import { subnetIds, vpcId } from './network.js';
import { ground, groundTags } from './resource.js';

/** What a task calls before its program runs: pull the image, write logs, read secrets, open a session. */
const SERVICES = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'ssm', 'ssmmessages'];

/** These two begin with `cn.` in China, where `REGION` has to be written for them. */
const CHINESE = new Set(['ecr.api', 'ecr.dkr']);

function serviceName({ region }: Platform, service: string): Json {
  const chinese = CHINESE.has(service) && region.kind === 'given' && region.value.startsWith('cn-');
  return sub(`${chinese ? 'cn.' : ''}com.amazonaws.\${AWS::Region}.${service}`);
}

/** Private ways to AWS, so that tasks reach it without NAT. Each costs by the hour and zone. */
export function endpointResources(input: Ground): Resource[] {
  const { platform } = input;
  if (!input.interfaceEndpoints) return [];
  const group = ground({
    id: 'EndpointSecurityGroup',
    type: 'AWS::EC2::SecurityGroup',
    properties: {
      GroupDescription: 'Private ways to AWS',
      VpcId: vpcId(platform),
      SecurityGroupIngress: [
        { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: platform.network.cidr, Description: 'From the VPC' },
      ],
      Tags: groundTags(platform, 'endpoints'),
    },
    key: 'INTERFACE_ENDPOINTS',
  });
  return [
    group,
    ...SERVICES.map((service) =>
      ground({
        id: `${service.replaceAll('.', '').replace(/^./, (letter) => letter.toUpperCase())}Endpoint`,
        type: 'AWS::EC2::VPCEndpoint',
        properties: {
          VpcEndpointType: 'Interface',
          ServiceName: serviceName(platform, service),
          VpcId: vpcId(platform),
          SubnetIds: subnetIds(input, 'Private'),
          SecurityGroupIds: [getAtt('EndpointSecurityGroup', 'GroupId')],
          PrivateDnsEnabled: true,
          Tags: groundTags(platform, service),
        },
        key: 'INTERFACE_ENDPOINTS',
      }),
    ),
  ];
}
