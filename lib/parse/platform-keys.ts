import { GROUND_KEYS } from './ground-keys.js';
import { between, matching, oneOf } from './platform-limits.js';
import { isArn, isCidr, isPublicZone, isSubnetId, isTag, isZoneName } from './platform-values.js';

/**
 * How the text of a key becomes its value. `number`, `boolean` and `list` go through the coercion of
 * dotenv-parse-variables; everything else is taken verbatim.
 */
export type KeyType = 'word' | 'number' | 'boolean' | 'list';

/** One key of the `platform` file. */
export interface PlatformKey {
  readonly name: string;
  readonly type: KeyType;
  /** As it would be written; empty when the key has no default. */
  readonly default: string;
  /** What may be written, in words. */
  readonly limits: string;
  /** One line for people. */
  readonly doc: string;
  /** Whether one value, or one item of a list, keeps the limits. */
  readonly accepts: (text: string) => boolean;
}

/** What CloudWatch Logs takes as `RetentionInDays`. */
const RETENTION = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

const SUBNETS = { limits: 'two or more subnet ids (`subnet-…`), with commas between them', accepts: isSubnetId };

/** The keys that apps look at too. */
const APP_KEYS: readonly PlatformKey[] = [
  {
    name: 'REGION',
    type: 'word',
    default: '',
    doc: 'the AWS region; without it, the one of the credentials',
    ...matching('an AWS region, like `us-east-1`', /^[a-z]{2,3}(-[a-z]+){1,3}-[1-9][0-9]?$/),
  },
  {
    name: 'ACCOUNT',
    type: 'word',
    default: '',
    doc: 'the AWS account that a deploy must reach; without it, the one of the credentials',
    ...matching('twelve digits', /^[0-9]{12}$/),
  },
  {
    name: 'PREFIX',
    type: 'word',
    default: 'empire',
    doc: 'first part of the names of stacks, log groups and SSM parameters',
    ...matching(
      '2 to 20 lower-case letters, digits and single dashes, starting with a letter',
      /^(?=.{2,20}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    ),
  },
  {
    name: 'ZONE',
    type: 'word',
    default: 'empire',
    doc: 'the private DNS zone of the VPC',
    limits: 'a DNS name in lower case, without a final dot',
    accepts: isZoneName,
  },
  {
    name: 'VPC_CIDR',
    type: 'word',
    default: '10.0.0.0/16',
    doc: 'the address range of the VPC; with `VPC_ID`, the range that the VPC has',
    limits: 'an IPv4 network of /16 to /28, like `10.0.0.0/16`',
    accepts: isCidr,
  },
  {
    name: 'VPC_ID',
    type: 'word',
    default: '',
    doc: 'an existing VPC, used instead of making one',
    ...matching('a VPC id (`vpc-…`)', /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/),
  },
  { name: 'PUBLIC_SUBNETS', type: 'list', default: '', doc: 'with `VPC_ID`: its public subnets', ...SUBNETS },
  { name: 'PRIVATE_SUBNETS', type: 'list', default: '', doc: 'with `VPC_ID`: its private subnets, where tasks run', ...SUBNETS },
  {
    name: 'NAT',
    type: 'word',
    default: 'one',
    doc: 'NAT gateways: one, one per zone, or none (then tasks have public addresses)',
    ...oneOf('one', 'per-zone', 'none'),
  },
  {
    name: 'CAPACITY',
    type: 'word',
    default: 'fargate',
    doc: 'where tasks run unless their process says otherwise',
    ...oneOf('fargate', 'spot', 'ec2'),
  },
  { name: 'ARCH', type: 'word', default: 'x86_64', doc: 'the processor that images are built for', ...oneOf('x86_64', 'arm64') },
  {
    name: 'INSTANCE_TYPE',
    type: 'word',
    default: 't3.medium',
    doc: 'with `CAPACITY=ec2`: the instances (`t4g.medium` by default when `ARCH=arm64`)',
    ...matching('an EC2 instance type, like `t3.medium`', /^[a-z][a-z0-9-]{0,19}\.[a-z0-9-]{1,20}$/),
  },
  { name: 'MIN_SIZE', type: 'number', default: '1', doc: 'with `CAPACITY=ec2`: the fewest instances', ...between(0, 1000) },
  { name: 'MAX_SIZE', type: 'number', default: '10', doc: 'with `CAPACITY=ec2`: the most instances', ...between(1, 1000) },
  {
    name: 'LOAD_BALANCERS',
    type: 'word',
    default: 'per-app',
    doc: 'whether apps have their own load balancers or share the platform’s',
    ...oneOf('per-app', 'shared'),
  },
  {
    name: 'PUBLIC_ZONES',
    type: 'list',
    default: '',
    doc: 'public hosted zones in which certificates and records are made',
    limits: 'items `name=zone-id`, like `example.com=Z0123456789ABC`, with commas between them',
    accepts: isPublicZone,
  },
  {
    name: 'LOG_RETENTION_DAYS',
    type: 'number',
    default: '30',
    doc: 'how long logs are kept',
    limits: RETENTION.join(', '),
    accepts: (text) => RETENTION.includes(Number(text)),
  },
  {
    name: 'EARLY_SUCCESS',
    type: 'boolean',
    default: 'false',
    doc: 'a release is done when the new tasks serve; the old ones drain behind it',
    ...oneOf('true', 'false'),
  },
  {
    name: 'PERMISSIONS_BOUNDARY',
    type: 'word',
    default: '',
    doc: 'an IAM policy that bounds every role',
    limits: 'the ARN of an IAM policy',
    accepts: isArn,
  },
  {
    name: 'TAGS',
    type: 'list',
    default: '',
    doc: 'extra tags on everything that takes tags',
    limits: 'at most 40 items `key=value`, with commas between them; keys may not start with `aws:` or `empire:`',
    accepts: isTag,
  },
];

/** Every key of the `platform` file, in the order of the reference. */
export const PLATFORM_KEYS: readonly PlatformKey[] = [...APP_KEYS, ...GROUND_KEYS];

/** The default of a key, as it would be written. */
export function defaultOf(name: string): string {
  const key = PLATFORM_KEYS.find((each) => each.name === name);
  if (key === undefined) throw new TypeError(`no platform key ${name}`);
  return key.default;
}
