import { Failure } from '../../failure.js';
import type { App, Image } from '../../model/app.js';
import type { AppDirectory } from '../../model/folder.js';
import type { Given } from '../../model/given.js';
import { formatImage, parseImage, parseImageReference } from '../../parse/image.js';
import { editImage } from '../../parse/image-edit.js';
import { SourceText } from '../../parse/source-text.js';
import { Problems } from '../../problems.js';
import type { Change } from './change.js';
import { type FileEdit, textOf } from './edits.js';
import type { ReleaseFlags } from './flags.js';
import { Refusal } from './refusal.js';

/** A deploy: the directory as it is, or with another image in it. */
export function deployChange(image: Given<string>, environment: string, flags: ReleaseFlags, digest = false): Change {
  return {
    kind: 'deploy',
    describe: (_before, app) => `Deploy ${peopleReference(app)}`,
    edit: (_folder, app) => (image.kind === 'given' ? [imageEdit(app, image.value, environment)] : []),
    pins: 'fresh',
    asks: 'always',
    notes: () => [],
    parameters: () => ({}),
    done: (record, app) => `${digest ? 'Promoted' : 'Deployed'} ${peopleReference(app)} to ${record.app} as v${record.number}.`,
    flags,
  };
}

/** `remind101/acme-inc:v2`: as people write it, with the digest only when there is no tag. */
export function peopleReference({ image }: App): string {
  const plain = { ...image, credentials: { kind: 'none' } } as const;
  if (plain.kind === 'tagged' || plain.tag.kind === 'none') return formatImage(plain);
  const { digest: _, ...rest } = plain;
  return formatImage({ ...rest, kind: 'tagged', tag: plain.tag.value });
}

/** The file that the environment reads, with the image in it: an environment of its own has its own `image.<environment>`. */
function imageEdit(app: AppDirectory, text: string, environment: string): FileEdit {
  const problems = new Problems();
  const image = parseImageReference(text, { kind: 'file', file: 'image argument' }, problems);
  if (image.kind === 'none') throw new Refusal(problems.all);
  const name = environment === 'default' ? 'image' : `image.${environment}`;
  const before = textOf(app, name) || textOf(app, 'image');
  return { name, text: editImage(textOf(app, name), withCredentials(image.value, before)) };
}

/** Credentials for the same registry stay. */
function withCredentials(image: Image, before: string): Image {
  const current = parseImage(new SourceText('image', before), new Problems());
  if (current.kind === 'none' || image.credentials.kind === 'given') return image;
  const host = ({ registry }: Image) => (registry.kind === 'hub' ? '' : registry.host);
  return host(current.value) === host(image) ? { ...image, credentials: current.value.credentials } : image;
}

/** Whether a first argument is an image and not an app. */
export const isImage = (word: string): boolean => /[/:@]/.test(word);

/** The app an image is for: the last segment of its repository, when there is such an app. */
export function appOfImage(image: string, apps: readonly string[]): string {
  const repository = image.split('@')[0]?.replace(/:[^:/]*$/, '') ?? '';
  const name = repository.split('/').at(-1) ?? '';
  if (apps.includes(name)) return name;
  throw new Failure(
    'deploy',
    `which app is \`${image}\` for?`,
    `name it with \`-a\`${apps.length === 0 ? '' : `: the apps are ${apps.join(', ')}`}`,
    'usage-app-missing',
  );
}
