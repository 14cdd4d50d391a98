import type { Problems } from '../problems.js';
import { checkArns } from './ground-arns.js';
import { checkBalancers } from './ground-balancers.js';
import { defaultOf } from './platform-keys.js';
import type { PlatformValue, PlatformValues } from './platform-read.js';

/** Refuses keys of the platform's own stack that are right one by one and impossible together. */
export function checkGround(values: PlatformValues, problems: Problems): void {
  checkAdoptedInVpc(values, problems);
  checkCluster(values, problems);
  checkBalancers(values, problems);
  checkGithub(values, problems);
  checkArns(values, problems);
}

/** These things live in a VPC, so they cannot be there before the VPC is. */
const IN_A_VPC = ['ZONE_ID', 'APP_TASKS_GROUP', 'INTERNAL_LISTENERS', 'PUBLIC_LISTENERS'];

function checkAdoptedInVpc(values: PlatformValues, problems: Problems): void {
  const zones = values.get('AVAILABILITY_ZONES');
  if (values.has('VPC_ID')) {
    if (zones !== undefined) refuseZones(zones, problems);
    return;
  }
  for (const { name, place, text } of written(values, IN_A_VPC)) {
    problems.error('platform-needs-vpc', place, `\`${name}\` is in an existing VPC, and there is no \`VPC_ID\``, {
      given: text,
      hint: `write the \`VPC_ID\` that it is in, or remove \`${name}\` to have one made`,
    });
  }
}

function refuseZones({ place, text }: PlatformValue, problems: Problems): void {
  problems.error(
    'platform-vpc-zones',
    place,
    '`AVAILABILITY_ZONES` is for a VPC that the platform makes, and `VPC_ID` names an existing one',
    { given: text, hint: 'remove `AVAILABILITY_ZONES`: the zones are those of the subnets that you name' },
  );
}

/** A cluster's providers are one list, so only the cluster's owner can add to it. */
function checkCluster(values: PlatformValues, problems: Problems): void {
  const cluster = values.get('CLUSTER');
  const provider = values.get('CAPACITY_PROVIDER');
  if (cluster === undefined) {
    if (provider !== undefined) refuseLoneProvider(provider, problems);
    return;
  }
  const insights = values.get('CONTAINER_INSIGHTS');
  if (insights !== undefined) {
    problems.error(
      'platform-cluster-settings',
      insights.place,
      'an existing `CLUSTER` has its own setting for Container Insights',
      {
        given: `CONTAINER_INSIGHTS=${insights.text}`,
        hint: 'remove `CONTAINER_INSIGHTS`, and set it on the cluster itself',
      },
    );
  }
  if (provider !== undefined || (values.get('CAPACITY')?.text ?? defaultOf('CAPACITY')) !== 'ec2') return;
  problems.error(
    'platform-cluster-capacity',
    cluster.place,
    '`CAPACITY=ec2` in an existing `CLUSTER` needs a `CAPACITY_PROVIDER` of that cluster: adding one would replace the list it has',
    { given: cluster.text, hint: 'write the name of its provider as `CAPACITY_PROVIDER`, or remove `CLUSTER` to have one made' },
  );
}

function refuseLoneProvider({ place, text }: PlatformValue, problems: Problems): void {
  problems.error(
    'platform-provider-without-cluster',
    place,
    'the instances of an existing `CAPACITY_PROVIDER` have joined a cluster already, and there is no `CLUSTER`',
    { given: text, hint: 'write the name of that cluster as `CLUSTER`, or remove `CAPACITY_PROVIDER` to have instances made' },
  );
}

function checkGithub(values: PlatformValues, problems: Problems): void {
  if (values.has('GITHUB_REPOSITORY')) return;
  for (const { name, place, text } of written(values, ['GITHUB_BRANCH', 'GITHUB_PROVIDER'])) {
    problems.error('platform-github', place, `\`${name}\` is for the roles of \`GITHUB_REPOSITORY\`, which is not there`, {
      given: text,
      hint: `write \`GITHUB_REPOSITORY=owner/name\`, or remove \`${name}\``,
    });
  }
}

/** Those of some keys that were written. */
export function written(values: PlatformValues, names: readonly string[]): PlatformValue[] {
  return names.flatMap((name) => values.get(name) ?? []);
}
