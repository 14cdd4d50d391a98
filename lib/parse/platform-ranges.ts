import type { Problems } from '../problems.js';
import { defaultOf } from './platform-keys.js';
import type { PlatformValues } from './platform-read.js';
import { rangeOf } from './platform-values.js';

/** Ranges that no VPC can have, or in which AWS's own addresses are. */
const RESERVED = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '198.19.0.0/16', '224.0.0.0/3'];

/** Docker gives this one to the bridge of every host; containers could not reach a VPC with the same addresses. */
const DOCKER = '172.17.0.0/16';

/** Refuses address ranges that are somebody else's. */
export function checkRange(values: PlatformValues, problems: Problems): void {
  const cidr = values.get('VPC_CIDR');
  if (cidr === undefined || values.has('VPC_ID')) return;
  const reserved = RESERVED.find((other) => overlap(other, cidr.text));
  if (reserved !== undefined) {
    problems.error('platform-cidr-reserved', cidr.place, `\`${cidr.text}\` overlaps \`${reserved}\`, which no VPC can have`, {
      given: cidr.text,
      allowed: 'a private range: within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
      hint: 'write a private range, like `10.0.0.0/16`',
    });
  }
  if ((values.get('CAPACITY')?.text ?? defaultOf('CAPACITY')) !== 'ec2' || !overlap(DOCKER, cidr.text)) return;
  problems.error(
    'platform-cidr-docker',
    cidr.place,
    `\`${cidr.text}\` overlaps \`${DOCKER}\`, which Docker uses on every instance`,
    {
      given: cidr.text,
      hint: 'write another range, like `10.0.0.0/16`',
    },
  );
}

/** Whether two networks have an address in common. */
export function overlap(a: string, b: string): boolean {
  const [one, other] = [rangeOf(a), rangeOf(b)];
  return one.first <= other.last && other.first <= one.last;
}
