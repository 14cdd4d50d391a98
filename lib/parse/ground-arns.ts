import type { Problems } from '../problems.js';
import type { PlatformValue, PlatformValues } from './platform-read.js';
import { splitPair } from './platform-values.js';

/** Keys with ARNs in them. IAM has no regions. */
const KEYS = ['PERMISSIONS_BOUNDARY', 'CERTIFICATE', 'INTERNAL_LISTENERS', 'PUBLIC_LISTENERS', 'GITHUB_PROVIDER'];

/** An ARN says partition, region and account; it must be the platform's own of each, as far as the file says them. */
export function checkArns(values: PlatformValues, problems: Problems): void {
  const region = values.get('REGION')?.text;
  const account = values.get('ACCOUNT')?.text;
  for (const key of KEYS.flatMap((name) => values.get(name) ?? [])) {
    for (const item of key.items) {
      const arn = item.startsWith('arn:') ? item : splitPair(item)[1];
      if (!checkArn(key, arn, { region, account }, problems)) break;
    }
  }
}

interface Own {
  readonly region: string | undefined;
  readonly account: string | undefined;
}

function checkArn(key: PlatformValue, arn: string, own: Own, problems: Problems): boolean {
  const [, partition = '', , region = '', account = ''] = arn.split(':');
  if (own.region !== undefined && partition !== partitionOf(own.region)) {
    problems.error('platform-arn-partition', key.place, `\`${key.name}\` is in \`${partition}\`, and \`REGION\` is not`, {
      given: arn,
      allowed: `ARNs that begin with \`arn:${partitionOf(own.region)}:\``,
      hint: `write the ARN of one in ${own.region}, or correct \`REGION\``,
    });
    return false;
  }
  if (own.region !== undefined && region !== '' && region !== own.region) {
    problems.error('platform-arn-region', key.place, `\`${key.name}\` is in another region than \`REGION\``, {
      given: region,
      allowed: own.region,
      hint: `write the ARN of one in ${own.region}, or correct \`REGION\``,
    });
    return false;
  }
  if (own.account === undefined || account === 'aws' || account === own.account) return true;
  problems.error('platform-arn-account', key.place, `\`${key.name}\` is in another account than \`ACCOUNT\``, {
    given: account,
    allowed: own.account,
    hint: `write the ARN of one in ${own.account}, or correct \`ACCOUNT\``,
  });
  return false;
}

/** The part of AWS that a region is in: the second word of its ARNs. */
export function partitionOf(region: string): string {
  const [first = ''] = region.split('-');
  if (first === 'cn') return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (first === 'eusc') return 'aws-eusc';
  const iso = /^(?:us|eu)-(iso[a-z]?)-/.exec(region)?.[1];
  return iso === undefined ? 'aws' : `aws-${iso === 'iso' ? 'iso' : `iso-${iso.slice(3)}`}`;
}
