import type { PinnedImage, Registry, TaggedImage } from '../model/app.js';
import type { Given } from '../model/given.js';
import type { Json, JsonObject } from '../model/json.js';
import type { ReleasePlace } from '../model/release.js';
import { listAt, objectAt } from '../plan/template-json.js';
import { idsOfType, propertiesOf, resourcesOf, typeOf } from './template-references.js';

/** What a stored template needs of the outside. */
export interface TemplateNeeds {
  readonly images: readonly (TaggedImage | PinnedImage)[];
  /** Names, and the parameters that may be meant by each. */
  readonly parameters: readonly string[];
  /** Of Secrets Manager: names and ARNs without key. */
  readonly secrets: readonly string[];
  readonly certificates: readonly string[];
}

const NONE = { kind: 'none' } as const;

/** Read out of the template: no manifest, no compiler. */
export function needsOf(template: JsonObject, place: ReleasePlace): TemplateNeeds {
  const containers = idsOfType(template, 'AWS::ECS::TaskDefinition').flatMap((id) =>
    listAt(propertiesOf(template, id)['ContainerDefinitions']).map(objectAt),
  );
  const values = containers.flatMap((container) => [
    ...listAt(container['Secrets']).map((secret) => objectAt(secret)['ValueFrom']),
    objectAt(container['RepositoryCredentials'])['CredentialsParameter'],
  ]);
  const arns = unique(values.flatMap((value) => textOf(value, place))).filter((arn) => isHere(arn, place));
  return {
    images: unique(containers.flatMap((container) => textOf(container['Image'], place))).map(imageOf),
    parameters: unique(arns.flatMap((arn) => (arn.includes(':ssm:') ? [arn.split(':parameter/')[1] ?? ''] : []))),
    secrets: unique(arns.flatMap((arn) => (arn.includes(':secretsmanager:') ? [secretIdOf(arn, values)] : []))),
    certificates: certificatesOf(template),
  };
}

/** What is in another account or region cannot be asked from here. */
const isHere = (arn: string, { region, account }: ReleasePlace): boolean => {
  const [, , , itsRegion, itsAccount] = arn.split(':');
  return itsRegion === region && itsAccount === account;
};

/** An ARN that was written is asked for as it is; one that was made of a name lacks AWS's suffix, so the name is asked for. */
function secretIdOf(arn: string, written: readonly (Json | undefined)[]): string {
  const parts = arn.split(':');
  return written.includes(arn) ? parts.slice(0, 7).join(':') : (parts[6] ?? '');
}

function certificatesOf(template: JsonObject): readonly string[] {
  const ids = Object.keys(resourcesOf(template)).filter((id) =>
    ['AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::ListenerCertificate'].includes(typeOf(template, id)),
  );
  const arns = ids.flatMap((id) =>
    listAt(propertiesOf(template, id)['Certificates']).map((one) => objectAt(one)['CertificateArn']),
  );
  return unique(arns.flatMap((arn) => (typeof arn === 'string' ? [arn] : [])));
}

/** A text, also one made with `Fn::Sub` of pseudo parameters; nothing for what only CloudFormation knows. */
function textOf(value: Json | undefined, place: ReleasePlace): readonly string[] {
  if (typeof value === 'string') return [value];
  const sub = objectAt(value)['Fn::Sub'];
  if (typeof sub !== 'string') return [];
  const pseudo = new Map([
    ['AWS::Partition', place.partition],
    ['AWS::Region', place.region],
    ['AWS::AccountId', place.account],
  ]);
  return [sub.replaceAll(/\$\{([^!}]+)\}/g, (all, name: string) => pseudo.get(name) ?? all).replaceAll('${!', '${')];
}

/** `host/repository:tag`, `repository@sha256:…` as a container definition names it. */
export function imageOf(name: string): TaggedImage | PinnedImage {
  const [path, digest] = name.split('@') as [string, string | undefined];
  const slash = path.indexOf('/');
  const first = slash < 0 ? '' : path.slice(0, slash);
  const host = /[.:]/.test(first) || first === 'localhost' ? first : '';
  const rest = host === '' ? path : path.slice(slash + 1);
  const [repository = '', tag] = rest.split(':');
  const base = { registry: registryOf(host), repository, credentials: NONE };
  const given: Given<string> = tag === undefined ? NONE : { kind: 'given', value: tag };
  return digest === undefined
    ? { ...base, kind: 'tagged', tag: tag ?? 'latest' }
    : { ...base, kind: 'pinned', tag: given, digest };
}

function registryOf(host: string): Registry {
  const [, account, region, china] = /^([0-9]{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/.exec(host) ?? [];
  if (host === '') return { kind: 'hub' };
  if (account === undefined || region === undefined) return { kind: 'other', host };
  const partition = china !== undefined ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return { kind: 'ecr', host, account, region, partition };
}

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)].filter((value) => value !== '');
