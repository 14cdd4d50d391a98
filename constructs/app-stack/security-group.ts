import type { App } from '../../lib/model/app.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import type { PlatformReferences } from '../platform-references.js';
import { resource, tags } from '../resource.js';

/** The group of the app's tasks: out to everywhere; in only through the rules its load balancers add. */
export function securityGroupResources(app: App, platform: Platform, references: PlatformReferences): Resource[] {
  return [
    resource({
      id: 'AppSecurityGroup',
      type: 'AWS::EC2::SecurityGroup',
      properties: {
        GroupDescription: `Tasks of ${app.name}`,
        VpcId: references.vpcId(),
        SecurityGroupEgress: [
          { CidrIp: '0.0.0.0/0', Description: 'out to everywhere', IpProtocol: '-1' },
          { CidrIpv6: '::/0', Description: 'out to everywhere', IpProtocol: '-1' },
        ],
        Tags: tags(app, platform),
      },
      from: ['/name'],
    }),
  ];
}
