import type { Image, SecretsManagerReference } from '../model/app.js';
import type { Given } from '../model/given.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { splitImage } from './image-reference.js';
import { formatSecretReference, parseSecretReference } from './secret-reference.js';
import type { SourceText } from './source-text.js';
import { type LineWord, wordsOfLines } from './words-of-line.js';

const NONE = { kind: 'none' } as const;
const ALLOWED = '`[registry/]repository[:tag][@sha256:digest]`';

/** Reads `image`: one reference, and credentials for a private registry after it. */
export function parseImage(source: SourceText, problems: Problems): Given<Image> {
  const [first, second] = wordsOfLines(source);
  if (first === undefined) {
    problems.error('image-empty', { kind: 'file', file: source.file }, 'there is no image in this file', {
      allowed: ALLOWED,
      hint: 'write one image reference, for example `remind101/acme-inc:v1`',
    });
    return NONE;
  }
  if (second !== undefined) {
    const word = second[0] as LineWord;
    problems.error('image-second', source.place(word.start), `\`${word.text}\` is a second image`, {
      given: word.text,
      allowed: 'one image',
      hint: 'remove one of the two lines; other images go into `sidecars` in the Procfile',
    });
    return NONE;
  }
  return parseWords(first, (offset) => source.place(offset), problems);
}

/** One reference that stands somewhere else, as a sidecar's image; credentials may follow it here too. */
export function parseImageReference(text: string, place: Place, problems: Problems): Given<Image> {
  const words = [...text.matchAll(/[^ \t\n]+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  const [first] = words;
  if (first !== undefined) return parseWords(words, () => place, problems);
  problems.error('image-missing', place, 'there is no image here', { allowed: ALLOWED, hint: 'write one image reference' });
  return NONE;
}

/** The text that `parseImage` reads back. */
export function formatImage(image: Image): string {
  const host = image.registry.kind === 'hub' ? '' : `${image.registry.host}/`;
  const credentials = image.credentials.kind === 'given' ? ` credentials=${formatSecretReference(image.credentials.value)}` : '';
  const tag = image.kind === 'tagged' ? `:${image.tag}` : image.tag.kind === 'given' ? `:${image.tag.value}` : '';
  return `${host}${image.repository}${tag}${image.kind === 'pinned' ? `@${image.digest}` : ''}${credentials}`;
}

function parseWords(words: readonly LineWord[], at: (offset: number) => Place, problems: Problems): Given<Image> {
  const [reference, second, third] = words as [LineWord, LineWord | undefined, LineWord | undefined];
  const parts = splitImage(reference.text, (offset) => at(reference.start + offset), problems);
  const extra = second?.text.startsWith('credentials=') ? third : second;
  if (extra !== undefined) {
    problems.error('image-word', at(extra.start), `\`${extra.text}\` has no place after the image`, {
      given: extra.text,
      allowed: '`credentials=secretsmanager:name` and a comment',
      hint: 'remove it, or begin a comment with `#`',
    });
    return NONE;
  }
  if (parts === undefined) return NONE;
  const credentials = second === undefined ? NONE : parseCredentials(second, parts.registry.kind === 'ecr', at, problems);
  if (credentials === undefined) return NONE;
  const { registry, repository, tag, digest } = parts;
  if (digest !== undefined) {
    const people: Given<string> = tag === undefined ? NONE : { kind: 'given', value: tag };
    return { kind: 'given', value: { kind: 'pinned', registry, repository, credentials, tag: people, digest } };
  }
  if (tag === undefined) {
    problems.warning(
      'image-latest',
      at(reference.start),
      `\`${reference.text}\` has no tag, so it means \`${reference.text}:latest\``,
      {
        given: reference.text,
        hint: 'write the tag, or a digest, so that the same directory means the same image tomorrow',
      },
    );
  }
  return { kind: 'given', value: { kind: 'tagged', registry, repository, credentials, tag: tag ?? 'latest' } };
}

/** Undefined when refused. */
function parseCredentials(
  word: LineWord,
  ecr: boolean,
  at: (offset: number) => Place,
  problems: Problems,
): Given<SecretsManagerReference> | undefined {
  const start = word.start + 'credentials='.length;
  if (ecr) {
    problems.error('image-credentials-ecr', at(word.start), 'an image in ECR is pulled with the task’s own role', {
      allowed: 'credentials for other private registries',
      hint: 'remove `credentials=`',
    });
    return undefined;
  }
  const text = word.text.slice('credentials='.length);
  const reference = parseSecretReference(text, at(start), problems);
  if (reference.kind === 'none') return undefined;
  const { value } = reference;
  const whole =
    (value.kind === 'secretsmanager' && value.key.kind === 'none') ||
    (value.kind === 'secretsmanager-arn' && [value.key, value.stage, value.version].every((part) => part.kind === 'none'));
  if (whole) return { kind: 'given', value: value as SecretsManagerReference };
  problems.error('image-credentials', at(start), `\`${text}\` is not a whole secret of Secrets Manager`, {
    given: text,
    allowed: '`credentials=secretsmanager:name`, or the ARN of a secret, without key, stage and version',
    hint: 'AWS reads `username` and `password` from the secret',
  });
  return undefined;
}
