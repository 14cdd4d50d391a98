import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { defaultOf } from './platform-keys.js';
import type { PlatformValue, PlatformValues } from './platform-read.js';
import { archOf } from './platform-values.js';

/** Keys about EC2 instances: only with EC2 capacity, and then only what instances can do. */
export function checkEc2(values: PlatformValues, problems: Problems): void {
  const text = (name: string): string => values.get(name)?.text ?? defaultOf(name);
  const ec2 = text('CAPACITY') === 'ec2';
  const keys = ['INSTANCE_TYPE', 'MIN_SIZE', 'MAX_SIZE'].flatMap((name) => values.get(name) ?? []);
  const provider = values.get('CAPACITY_PROVIDER');
  if (!ec2) {
    for (const { name, place } of [...keys, ...(provider === undefined ? [] : [provider])]) {
      problems.error(
        'platform-ec2-only',
        place,
        `\`${name}\` is for EC2 instances, and \`CAPACITY\` is \`${text('CAPACITY')}\``,
        {
          hint: `write \`CAPACITY=ec2\`, or remove \`${name}\``,
        },
      );
    }
    return;
  }
  if (provider !== undefined) {
    for (const key of keys) refuseOwnInstances(key, problems);
    return;
  }
  checkSizes(values, text, problems);
  checkArch(values, text, problems);
  const nat = values.get('NAT');
  if (nat?.text !== 'none') return;
  problems.error(
    'platform-nat-ec2',
    nat.place,
    '`NAT=none` gives tasks public addresses, which tasks on EC2 instances cannot have',
    {
      given: nat.text,
      allowed: 'one, per-zone',
      hint: 'write `NAT=one`, or another `CAPACITY`',
    },
  );
}

function refuseOwnInstances({ name, place, text }: PlatformValue, problems: Problems): void {
  problems.error(
    'platform-provider-instances',
    place,
    `\`${name}\` is for instances that are made, and \`CAPACITY_PROVIDER\` has its own`,
    {
      given: text,
      hint: `remove \`${name}\`, or remove \`CAPACITY_PROVIDER\` and \`CLUSTER\` to have instances made`,
    },
  );
}

function checkSizes(values: PlatformValues, text: (name: string) => string, problems: Problems): void {
  const place: Place | undefined = (values.get('MIN_SIZE') ?? values.get('MAX_SIZE'))?.place;
  if (place === undefined || Number(text('MIN_SIZE')) <= Number(text('MAX_SIZE'))) return;
  problems.error('platform-sizes', place, '`MIN_SIZE` is larger than `MAX_SIZE`', {
    given: `MIN_SIZE=${text('MIN_SIZE')}, MAX_SIZE=${text('MAX_SIZE')}`,
    hint: 'lower `MIN_SIZE`, or raise `MAX_SIZE`',
  });
}

function checkArch(values: PlatformValues, text: (name: string) => string, problems: Problems): void {
  const type = values.get('INSTANCE_TYPE');
  if (type === undefined || archOf(type.text) === text('ARCH')) return;
  problems.error(
    'platform-instance-arch',
    type.place,
    `\`${type.text}\` has ${archOf(type.text)} processors, and \`ARCH\` is \`${text('ARCH')}\``,
    {
      given: type.text,
      hint: `write \`ARCH=${archOf(type.text)}\`, or another instance type`,
    },
  );
}
