import { Failure } from '../failure.js';
import type { PinnedImage, TaggedImage } from '../model/app.js';
import type { ReleaseRecord } from '../model/release.js';
import { readPlatformValues } from '../observe/index.js';
import type { Engine } from './engine.js';
import { patiently } from './patience.js';
import { needsOf } from './template-needs.js';
import { parseTemplateObject } from './template-references.js';

/**
 * Whether a stored template can still be released: its images, secrets, certificates and the platform's values are there. Gives the
 * platform's values.
 *
 * @throws Failure with the code of what is missing
 */
export async function checkStored(
  engine: Engine,
  target: ReleaseRecord,
  template: string,
): Promise<Readonly<Record<string, string>>> {
  const parsed = parseTemplateObject(template);
  const needs = needsOf(parsed, engine.place);
  const about = `${target.app} v${target.number}`;
  const [platform] = await Promise.all([
    patiently(engine, () => readPlatformValues(engine.windows, parsed)),
    ...needs.images.map((image) => checkImage(engine, about, image)),
    checkParameters(engine, about, needs.parameters),
    ...needs.secrets.map((secret) => checkSecret(engine, about, secret)),
    ...needs.certificates.map((arn) => checkCertificate(engine, about, arn)),
  ]);
  return platform;
}

async function checkImage(engine: Engine, about: string, image: TaggedImage | PinnedImage): Promise<void> {
  const found = await patiently(engine, () => engine.windows.registry.resolve(image));
  // a registry that does not answer us may answer a task
  if (found.kind !== 'missing') return;
  const what = { repository: 'its repository', tag: 'its tag', digest: 'this digest' }[found.what];
  throw missing(about, `its image ${nameOf(image)} is gone: the registry no longer has ${what}`, 'image-missing');
}

async function checkParameters(engine: Engine, about: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const found = await patiently(engine, () => engine.windows.parameters.existing(names.flatMap(spellings)));
  const gone = names.filter((name) => spellings(name).every((one) => !found.has(one)));
  if (gone.length > 0) throw missing(about, `its secret ssm:${spellings(gone[0] ?? '')[0]} no longer exists`, 'secret-missing');
}

/** An ARN does not say whether a name without a path begins with a slash. */
const spellings = (name: string): readonly string[] =>
  name.includes('/') ? [`/${name.replace(/^\//, '')}`] : [name, `/${name}`];

async function checkSecret(engine: Engine, about: string, secret: string): Promise<void> {
  if (await patiently(engine, () => engine.windows.secrets.exists(secret))) return;
  throw missing(
    about,
    `its secret ${secret.startsWith('arn:') ? secret : `secretsmanager:${secret}`} no longer exists`,
    'secret-missing',
  );
}

async function checkCertificate(engine: Engine, about: string, arn: string): Promise<void> {
  const found = await patiently(engine, () => engine.windows.certificates.describe(arn));
  if (found.kind === 'none') throw missing(about, `its certificate ${arn} no longer exists`, 'certificate-missing');
  if (found.value.status !== 'ISSUED')
    throw missing(about, `its certificate ${arn} is ${found.value.status}`, 'certificate-not-issued');
}

const missing = (about: string, what: string, code: string): Failure =>
  new Failure(about, what, 'put it back, or choose another release', code);

const nameOf = (image: TaggedImage | PinnedImage): string => {
  const host = image.registry.kind === 'hub' ? '' : `${image.registry.host}/`;
  return `${host}${image.repository}${image.kind === 'pinned' ? `@${image.digest}` : `:${image.tag}`}`;
};
