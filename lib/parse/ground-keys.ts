import type { PlatformKey } from './platform-keys.js';
import { matching, oneOf } from './platform-limits.js';

const LISTENER = /^[1-9][0-9]{0,4}=arn:aws(-[a-z]+)*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:listener\/app\/[\w/-]+$/;
const LISTENERS = {
  limits:
    'items `port=arn` with the ARNs of listeners of one application load balancer, with commas between them; at least port 80',
  accepts: (text: string): boolean => LISTENER.test(text),
};
const GROUP = matching('a security group id (`sg-…`)', /^sg-([0-9a-f]{8}|[0-9a-f]{17})$/);
const DNS_NAME = matching('the DNS name of the load balancer', /^[a-z0-9.-]{1,200}\.elb\.[a-z0-9.-]{1,60}$/i);
const ZONE_ID = matching('a hosted zone id (`Z…`)', /^Z[A-Z0-9]{1,31}$/);

/** The keys that only the platform's own stack looks at, in the order of the reference. */
export const GROUND_KEYS: readonly PlatformKey[] = [
  { name: 'AVAILABILITY_ZONES', type: 'number', default: '2', doc: 'zones of the VPC that is made', ...oneOf('2', '3') },
  {
    name: 'INTERFACE_ENDPOINTS',
    type: 'boolean',
    default: 'false',
    doc: 'private ways to ECR, Logs, Secrets Manager and SSM, so that tasks need no NAT for them',
    ...oneOf('true', 'false'),
  },
  {
    name: 'CONTAINER_INSIGHTS',
    type: 'boolean',
    default: 'true',
    doc: 'metrics of tasks and services; queues that wake a process from 0 need them',
    ...oneOf('true', 'false'),
  },
  {
    name: 'CLUSTER',
    type: 'word',
    default: '',
    doc: 'an existing ECS cluster, by name',
    ...matching('1 to 255 letters, digits, `-` and `_`', /^[A-Za-z0-9_-]{1,255}$/),
  },
  {
    name: 'CAPACITY_PROVIDER',
    type: 'word',
    default: '',
    doc: 'with `CLUSTER` and `CAPACITY=ec2`: the capacity provider of that cluster, by name',
    ...matching('1 to 255 letters, digits, `-` and `_`', /^[A-Za-z0-9_-]{1,255}$/),
  },
  {
    name: 'ZONE_ID',
    type: 'word',
    default: '',
    doc: 'with `VPC_ID`: an existing private hosted zone with the name `ZONE`, associated with that VPC',
    ...ZONE_ID,
  },
  {
    name: 'APP_TASKS_GROUP',
    type: 'word',
    default: '',
    doc: 'with `VPC_ID`: an existing security group of that VPC, which every task carries',
    ...GROUP,
  },
  {
    name: 'INTERNAL_LISTENERS',
    type: 'list',
    default: '',
    doc: 'with `LOAD_BALANCERS=shared`: listeners of an existing internal load balancer of `VPC_ID`',
    ...LISTENERS,
  },
  { name: 'INTERNAL_BALANCER_DNS', type: 'word', default: '', doc: 'its DNS name', ...DNS_NAME },
  { name: 'INTERNAL_BALANCER_ZONE', type: 'word', default: '', doc: 'the hosted zone of that DNS name', ...ZONE_ID },
  { name: 'INTERNAL_BALANCER_GROUP', type: 'word', default: '', doc: 'its security group', ...GROUP },
  {
    name: 'PUBLIC_LISTENERS',
    type: 'list',
    default: '',
    doc: 'with `LOAD_BALANCERS=shared`: listeners of an existing public load balancer of `VPC_ID`',
    ...LISTENERS,
  },
  { name: 'PUBLIC_BALANCER_DNS', type: 'word', default: '', doc: 'its DNS name', ...DNS_NAME },
  { name: 'PUBLIC_BALANCER_ZONE', type: 'word', default: '', doc: 'the hosted zone of that DNS name', ...ZONE_ID },
  { name: 'PUBLIC_BALANCER_GROUP', type: 'word', default: '', doc: 'its security group', ...GROUP },
  {
    name: 'CERTIFICATE',
    type: 'word',
    default: '',
    doc: 'with `LOAD_BALANCERS=shared`: the default certificate of the public load balancer that is made',
    ...matching('the ARN of an ACM certificate', /^arn:aws(-[a-z]+)*:acm:[a-z0-9-]+:[0-9]{12}:certificate\/[0-9a-f-]{36}$/),
  },
  {
    name: 'RELEASES_BUCKET',
    type: 'word',
    default: '',
    doc: 'an existing bucket for releases',
    ...matching(
      '3 to 63 lower-case letters, digits and dashes, a letter or digit at both ends',
      /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|--x-s3|--table-s3)$)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    ),
  },
  {
    name: 'GITHUB_REPOSITORY',
    type: 'word',
    default: '',
    doc: 'the GitHub repository whose workflows may plan, and from one branch deploy',
    ...matching('`owner/name`', /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?\/[A-Za-z0-9._-]{1,100}$/),
  },
  {
    name: 'GITHUB_BRANCH',
    type: 'word',
    default: 'main',
    doc: 'with `GITHUB_REPOSITORY`: the branch that may deploy',
    ...matching('a branch name of letters, digits, `.`, `_`, `-` and `/`', /^[A-Za-z0-9._/-]{1,200}$/),
  },
  {
    name: 'GITHUB_PROVIDER',
    type: 'word',
    default: '',
    doc: 'with `GITHUB_REPOSITORY`: the existing OIDC provider of the account; without it, one is made',
    ...matching(
      'the ARN of an IAM OIDC provider',
      /^arn:aws(-[a-z]+)*:iam::[0-9]{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
    ),
  },
];
