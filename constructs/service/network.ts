import type { Capacity } from '../../lib/model/app.js';
import type { Json } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { PlatformReferences } from '../platform-references.js';
import { getAtt } from '../resource.js';

/** Where a task lives. A public address only where there is no NAT: without one it could not pull its image. */
export function awsvpcConfiguration(platform: Platform, references: PlatformReferences): Json {
  return {
    AwsvpcConfiguration: {
      AssignPublicIp: platform.nat === 'none' ? 'ENABLED' : 'DISABLED',
      SecurityGroups: [getAtt('AppSecurityGroup', 'GroupId'), references.appTasksGroup()],
      Subnets: references.taskSubnets(),
    },
  };
}

/** Always a strategy, never a launch type, so that a switch of capacity replaces nothing. */
export const capacityStrategy = (capacity: Capacity, references: PlatformReferences): Json => [
  { CapacityProvider: capacityProvider(capacity, references), Weight: 1 },
];

function capacityProvider(capacity: Capacity, references: PlatformReferences): Json {
  switch (capacity) {
    case 'fargate':
      return 'FARGATE';
    case 'spot':
      return 'FARGATE_SPOT';
    case 'ec2':
      return references.capacityProvider();
  }
}
