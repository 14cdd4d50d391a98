import type { Arch, Capacity, PublicZone } from './app.js';
import type { Given } from './given.js';

/** The shared ground of one environment, as the `platform` file says it; every default filled in. */
export interface Platform {
  /** `default`, or the suffix of the `platform.<environment>` file. */
  readonly environment: string;
  /** First part of stack names, the log group, SSM parameters. */
  readonly prefix: string;
  /** The private DNS zone, `empire`. */
  readonly zone: string;
  /** None: the region and account of the caller's credentials. */
  readonly region: Given<string>;
  readonly account: Given<string>;
  readonly network: Network;
  readonly nat: 'one' | 'per-zone' | 'none';
  readonly capacity: Capacity;
  readonly arch: Arch;
  /** EC2 only. */
  readonly instanceType: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly loadBalancers: 'per-app' | 'shared';
  readonly publicZones: readonly PublicZone[];
  readonly logRetentionDays: number;
  readonly earlySuccess: boolean;
  /** An existing bucket for releases; none: the platform makes `<prefix>-<environment>-releases-<account>-<region>`. */
  readonly bucket: Given<string>;
  /** ARN of an IAM policy set as boundary on every role. */
  readonly permissionsBoundary: Given<string>;
  /** Extra tags on every taggable resource, sorted by key. */
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** `made`: the platform stack makes it and publishes its ids as SSM parameters. `existing`: ids from the file, literals in templates. */
export type Network =
  | { readonly kind: 'made'; readonly cidr: string }
  | {
      readonly kind: 'existing';
      readonly vpcId: string;
      readonly cidr: string;
      readonly publicSubnets: readonly string[];
      readonly privateSubnets: readonly string[];
    };
