import type { Folder } from '../model/folder.js';
import type { Given } from '../model/given.js';
import type { Network, Platform } from '../model/platform.js';
import type { Problems } from '../problems.js';
import { checkEnvironment, checkEnvironmentNames, environmentsOf } from './environments.js';
import { checkCombinations } from './platform-combinations.js';
import { defaultOf } from './platform-keys.js';
import { mergePlatform, type PlatformFile, type PlatformValues, readPlatformFiles } from './platform-read.js';
import { splitPair } from './platform-values.js';

/** The platform of one environment: `platform`, with `platform.<environment>` over it. None when it was refused. */
export function parsePlatform(folder: Folder, environment: string, problems: Problems): Given<Platform> {
  const before = errors(problems);
  const files = readOwnFiles(folder, environment, problems);
  if (files.kind === 'none') return files;
  const platform = assemblePlatform(files.value, environment, problems);
  return errors(problems) === before ? { kind: 'given', value: platform } : { kind: 'none' };
}

/** The files that an environment is made of, and no others. None: there is no such environment. */
export function readOwnFiles(folder: Folder, environment: string, problems: Problems): Given<ReadonlyMap<string, PlatformFile>> {
  checkEnvironmentNames(folder, problems);
  if (!checkEnvironment(environment, environmentsOf(folder), problems)) return { kind: 'none' };
  const wanted = folder.platforms.filter(({ name }) => name === 'platform' || name === `platform.${environment}`);
  return { kind: 'given', value: readPlatformFiles({ ...folder, platforms: wanted }, problems) };
}

const errors = (problems: Problems): number => problems.all.filter(({ severity }) => severity === 'error').length;

/** The platform that the files make, with the default in place of every value that was refused. */
export function assemblePlatform(files: ReadonlyMap<string, PlatformFile>, environment: string, problems: Problems): Platform {
  const values = mergePlatform(files, environment, problems);
  const layers = [files.get('default'), files.get(environment)];
  if (!layers.some((file) => file?.refused)) checkCombinations(values, environment, problems);
  const text = (name: string): string => values.get(name)?.text ?? defaultOf(name);
  const list = (name: string): readonly string[] => values.get(name)?.items ?? [];
  const arch = text('ARCH') as Platform['arch'];
  return {
    environment,
    prefix: text('PREFIX'),
    zone: text('ZONE'),
    region: optional(text('REGION')),
    account: optional(text('ACCOUNT')),
    network: networkOf(values, text),
    nat: text('NAT') as Platform['nat'],
    capacity: text('CAPACITY') as Platform['capacity'],
    arch,
    instanceType: arch === 'arm64' && !values.has('INSTANCE_TYPE') ? 't4g.medium' : text('INSTANCE_TYPE'),
    minSize: Number(text('MIN_SIZE')),
    maxSize: Number(text('MAX_SIZE')),
    loadBalancers: text('LOAD_BALANCERS') as Platform['loadBalancers'],
    publicZones: list('PUBLIC_ZONES')
      .map(splitPair)
      .map(([name, id]) => ({ name, id }))
      .sort((a, b) => order(a.name, b.name)),
    logRetentionDays: Number(text('LOG_RETENTION_DAYS')),
    earlySuccess: text('EARLY_SUCCESS') === 'true',
    bucket: optional(text('RELEASES_BUCKET')),
    permissionsBoundary: optional(text('PERMISSIONS_BOUNDARY')),
    tags: list('TAGS')
      .map(splitPair)
      .map(([key, value]) => ({ key, value }))
      .sort((a, b) => order(a.key, b.key)),
  };
}

function networkOf(values: PlatformValues, text: (name: string) => string): Network {
  const vpcId = text('VPC_ID');
  const cidr = text('VPC_CIDR');
  if (vpcId === '') return { kind: 'made', cidr };
  const subnets = (name: string): readonly string[] => [...(values.get(name)?.items ?? [])].sort(order);
  return { kind: 'existing', vpcId, cidr, publicSubnets: subnets('PUBLIC_SUBNETS'), privateSubnets: subnets('PRIVATE_SUBNETS') };
}

const optional = (text: string): Given<string> => (text === '' ? { kind: 'none' } : { kind: 'given', value: text });
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
