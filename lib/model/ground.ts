import type { Given } from './given.js';
import type { Platform } from './platform.js';

/** What the platform stack makes or adopts: the platform as apps see it, and what only its own stack has to know. */
export interface Ground {
  readonly platform: Platform;
  /** Zones of a VPC that is made. */
  readonly availabilityZones: 2 | 3;
  /** Private ways to ECR, Logs, Secrets Manager and SSM, without NAT. */
  readonly interfaceEndpoints: boolean;
  readonly containerInsights: boolean;
  /** Name of an existing ECS cluster. */
  readonly cluster: Given<string>;
  /** Id of an existing private hosted zone, associated with the VPC. */
  readonly zoneId: Given<string>;
  /** Name of an existing capacity provider with instances. */
  readonly capacityProvider: Given<string>;
  /** Id of an existing security group that every task carries. */
  readonly appTasksGroup: Given<string>;
  /** Existing shared balancers. */
  readonly internalBalancer: Given<AdoptedBalancer>;
  readonly publicBalancer: Given<AdoptedBalancer>;
  /** ARN of the default certificate of the shared public balancer; none: one for the public zones is made. */
  readonly certificate: Given<string>;
  /** Who may plan and deploy from GitHub Actions. */
  readonly github: Given<Github>;
}

export interface AdoptedBalancer {
  /** ARN of the load balancer. */
  readonly arn: string;
  readonly securityGroup: string;
  readonly dnsName: string;
  /** Hosted zone of the balancer's own name. */
  readonly zoneId: string;
  /** ARNs of its listeners, by port. */
  readonly listeners: Readonly<Record<string, string>>;
}

export interface Github {
  /** `owner/name`. */
  readonly repository: string;
  /** Only this branch may deploy. */
  readonly branch: string;
  /** ARN of an existing OIDC provider for GitHub; none: it is made. */
  readonly provider: Given<string>;
}
