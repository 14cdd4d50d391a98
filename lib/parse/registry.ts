import type { Registry } from '../model/app.js';

/** Ends of ECR host names, with the partition they belong to; the longest that matches decides. */
const ECR_SUFFIXES: readonly (readonly [suffix: string, partition: string])[] = [
  ['amazonaws.com.cn', 'aws-cn'],
  ['amazonaws.com', 'aws'],
  ['amazonaws.eu', 'aws-eusc'],
  ['c2s.ic.gov', 'aws-iso'],
  ['sc2s.sgov.gov', 'aws-iso-b'],
  ['cloud.adc-e.uk', 'aws-iso-e'],
  ['csp.hci.ic.gov', 'aws-iso-f'],
];
/** Ends of ECR's dual-stack host names. */
const DUAL_STACK_SUFFIXES: readonly (readonly [suffix: string, partition: string])[] = [
  ['on.amazonwebservices.com.cn', 'aws-cn'],
  ['on.aws', 'aws'],
];

/** `refused`: it is meant to be ECR and is not quite, for example by an account of eleven digits. */
export type RegistryReading = Registry | { readonly kind: 'refused' };

/** A registry host, with what an ECR host says about account, region and partition. */
export function readRegistry(host: string): RegistryReading {
  const [, account, service, region, suffix] =
    /^([^.]+)\.(dkr\.ecr|dkr\.ecr-fips|dkr-ecr|dkr-ecr-fips)\.([^.]+)\.(.+)$/.exec(host.toLowerCase()) ?? [];
  if (account === undefined || service === undefined || region === undefined) {
    return /\.dkr[.-]ecr/i.test(host) ? { kind: 'refused' } : { kind: 'other', host };
  }
  const table = service.startsWith('dkr.') ? ECR_SUFFIXES : DUAL_STACK_SUFFIXES;
  const written = table.find(([known]) => known === suffix)?.[1];
  const partition = written === 'aws' && region.startsWith('us-gov-') ? 'aws-us-gov' : written;
  const china = region.startsWith('cn-') === (partition === 'aws-cn');
  if (partition === undefined || !china || !/^[0-9]{12}$/.test(account) || !/^[a-z]{2,4}(?:-[a-z]+)+-[0-9]$/.test(region)) {
    return { kind: 'refused' };
  }
  return { kind: 'ecr', host, account, region, partition };
}
