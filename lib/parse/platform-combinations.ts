import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { checkGround } from './ground-combinations.js';
import { checkEc2 } from './platform-ec2.js';
import { defaultOf } from './platform-keys.js';
import { checkRange } from './platform-ranges.js';
import type { PlatformValue, PlatformValues } from './platform-read.js';
import { splitPair } from './platform-values.js';

/** Refuses keys that are right one by one and impossible together. */
export function checkCombinations(values: PlatformValues, environment: string, problems: Problems): void {
  checkVpc(values, problems);
  checkEc2(values, problems);
  checkBucketName(values, environment, problems);
  checkItems(values, problems);
  checkRange(values, problems);
  checkGround(values, problems);
}

function checkVpc(values: PlatformValues, problems: Problems): void {
  const vpc = values.get('VPC_ID');
  const subnets = ['PUBLIC_SUBNETS', 'PRIVATE_SUBNETS'] as const;
  if (vpc === undefined) {
    for (const name of subnets) refuseWithoutVpc(values.get(name), problems);
    checkMadeRange(values.get('VPC_CIDR'), problems);
    return;
  }
  for (const name of [...subnets, 'VPC_CIDR'].filter((each) => !values.has(each))) {
    problems.error('platform-vpc-incomplete', vpc.place, `\`VPC_ID\` needs \`${name}\` beside it`, {
      hint:
        name === 'VPC_CIDR'
          ? 'write the address range of that VPC as `VPC_CIDR`'
          : `write the ids of two or more subnets of that VPC as \`${name}\``,
    });
  }
  for (const name of subnets) checkTwoSubnets(values.get(name), problems);
  checkSides(values.get('PUBLIC_SUBNETS'), values.get('PRIVATE_SUBNETS'), problems);
  const nat = values.get('NAT');
  if (nat === undefined) return;
  problems.error(
    'platform-vpc-nat',
    nat.place,
    '`NAT` is for a VPC that the platform makes, and `VPC_ID` names an existing one',
    {
      given: nat.text,
      hint: 'remove `NAT`: the existing private subnets have their own way out',
    },
  );
}

/** Room for a public and a private subnet in each of three zones. */
function checkMadeRange(cidr: PlatformValue | undefined, problems: Problems): void {
  if (cidr === undefined || Number(cidr.text.split('/')[1]) <= 24) return;
  problems.error('platform-vpc-small', cidr.place, `\`${cidr.text}\` is too small for the subnets of three zones`, {
    given: cidr.text,
    allowed: '/16 to /24',
    hint: 'write a larger range, like `10.0.0.0/16`',
  });
}

function refuseWithoutVpc(subnets: PlatformValue | undefined, problems: Problems): void {
  if (subnets === undefined) return;
  problems.error(
    'platform-subnets-without-vpc',
    subnets.place,
    `\`${subnets.name}\` says which subnets of \`VPC_ID\` to use, and there is no \`VPC_ID\``,
    {
      hint: `write \`VPC_ID\`, or remove \`${subnets.name}\` to have a VPC made`,
    },
  );
}

function checkTwoSubnets(subnets: PlatformValue | undefined, problems: Problems): void {
  if (subnets === undefined || subnets.items.length >= 2) return;
  problems.error('platform-one-subnet', subnets.place, `\`${subnets.name}\` has one subnet`, {
    given: subnets.text,
    allowed: 'two or more, in different zones: a load balancer needs two',
    hint: 'add a subnet in another zone',
  });
}

/** A task in a public subnet has no way out: only one with an address of its own could use the gateway. */
function checkSides(outside: PlatformValue | undefined, inside: PlatformValue | undefined, problems: Problems): void {
  const both = inside?.items.find((id) => outside?.items.includes(id));
  if (both === undefined || inside === undefined) return;
  problems.error('platform-subnet-twice', inside.place, `\`${both}\` cannot be a public and a private subnet`, {
    given: inside.text,
    allowed: 'subnets without a route to an internet gateway, which reach AWS through NAT or endpoints',
    hint: 'remove it from one of the two lists',
  });
}

/** The releases bucket is `<prefix>-<environment>-releases-<account>-<region>`, and a bucket's name has at most 63 characters. */
function checkBucketName(values: PlatformValues, environment: string, problems: Problems): void {
  if (values.has('RELEASES_BUCKET')) return;
  const region = values.get('REGION')?.text ?? 'ap-southeast-1';
  const prefix = values.get('PREFIX');
  const room = 63 - `-${environment}-releases-012345678901-${region}`.length;
  const used = prefix?.text ?? defaultOf('PREFIX');
  if (used.length <= room) return;
  const place: Place = prefix?.place ?? { kind: 'file', file: `platform.${environment}` };
  problems.error(
    'platform-bucket-name',
    place,
    `\`${used}\` and \`${environment}\` together are too long for the name of the releases bucket`,
    {
      given: `${used.length} characters`,
      allowed: `${room} characters for \`PREFIX\` in the environment \`${environment}\``,
      hint: 'write a shorter `PREFIX`, or give the environment a shorter name',
    },
  );
}

/** One tag has one value, and a public name is looked for in one zone. */
function checkItems(values: PlatformValues, problems: Problems): void {
  for (const name of ['PUBLIC_ZONES', 'TAGS']) {
    const written = values.get(name);
    if (written === undefined) continue;
    const keys = written.items.map((item) => splitPair(item)[0]);
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    if (twice === undefined && keys.length <= 40) continue;
    problems.error(
      'platform-items',
      written.place,
      twice === undefined ? `\`${name}\` has ${keys.length} items` : `\`${name}\` has \`${twice}\` twice`,
      {
        given: written.text,
        allowed: 'at most 40 items, each name once',
        hint: 'remove the items that are too many',
      },
    );
  }
}
