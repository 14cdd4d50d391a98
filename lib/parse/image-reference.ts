import type { Registry } from '../model/app.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { readRegistry } from './registry.js';

/** An image reference taken apart. */
export interface ImageParts {
  readonly registry: Registry;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

type PlaceAt = (offset: number) => Place;

/** `[registry/]repository[:tag][@sha256:digest]`; undefined when it was refused. */
export function splitImage(text: string, at: PlaceAt, problems: Problems): ImageParts | undefined {
  if (refuseScheme(text, at, problems)) return undefined;
  const digestAt = text.indexOf('@');
  const named = digestAt === -1 ? text : text.slice(0, digestAt);
  const slash = named.indexOf('/');
  const host = slash !== -1 && isHost(named.slice(0, slash)) ? named.slice(0, slash) : undefined;
  const registry = host === undefined ? ({ kind: 'hub' } as const) : parseRegistry(host, at, problems);
  const start = host === undefined ? 0 : slash + 1;
  const colon = named.indexOf(':', start);
  const repository = named.slice(start, colon === -1 ? undefined : colon);
  const tag = colon === -1 ? undefined : named.slice(colon + 1);
  const digest = digestAt === -1 ? undefined : text.slice(digestAt + 1);
  const fine = [
    registry !== undefined,
    repositoryFine(repository, text, at(start), problems),
    tag === undefined || tagFine(tag, at(colon + 1), problems),
    digest === undefined || digestFine(digest, at(digestAt + 1), problems),
  ].every(Boolean);
  return fine && registry !== undefined ? { registry, repository, tag, digest } : undefined;
}

/** Docker's rule: a first segment with a dot or a colon, or `localhost`, is a registry. */
function isHost(segment: string): boolean {
  return segment.includes('.') || segment.includes(':') || segment === 'localhost';
}

function refuseScheme(text: string, at: PlaceAt, problems: Problems): boolean {
  const scheme = /^[a-z+]{1,20}:\/\//i.exec(text)?.[0];
  if (scheme === undefined) return false;
  problems.error('image-scheme', at(0), `\`${text}\` begins with a scheme`, {
    given: text,
    allowed: '`[registry/]repository[:tag][@sha256:digest]`',
    hint: `did you mean \`${text.slice(scheme.length)}\`?`,
  });
  return true;
}

function parseRegistry(host: string, at: PlaceAt, problems: Problems): Registry | undefined {
  const [, name, port] = /^([A-Za-z0-9.-]{1,253})(?::([0-9]{1,5}))?$/.exec(host) ?? [];
  const labels = name?.split('.').every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(label));
  if (!labels || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))) {
    problems.error('image-registry', at(0), `\`${host}\` is not the host of a registry`, {
      given: host,
      allowed: 'a host name, and a port from 1 to 65535 after a colon',
      hint: 'write for example `quay.io/remind101/acme-inc` or `registry.example.com:5000/acme-inc`',
    });
    return undefined;
  }
  const registry = readRegistry(host);
  if (registry.kind !== 'refused') return registry;
  problems.error('image-ecr-host', at(0), `\`${host}\` is nearly, but not quite, a host of ECR`, {
    given: host,
    allowed: '`ACCOUNT.dkr.ecr.REGION.amazonaws.com` with an account of twelve digits (`.com.cn` for regions in China)',
    hint: 'copy the URI of the repository from ECR',
  });
  return undefined;
}

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/;

function repositoryFine(repository: string, text: string, place: Place, problems: Problems): boolean {
  if (repository.length <= 255 && repository.split('/').every((component) => COMPONENT.test(component))) return true;
  const lower = repository.toLowerCase();
  const repaired = lower !== repository && lower.split('/').every((component) => COMPONENT.test(component));
  problems.error(
    'image-repository',
    place,
    repository === '' ? 'the repository is missing' : `\`${repository}\` is not the name of a repository`,
    {
      given: text,
      allowed: 'lower-case letters and digits, with `.`, `_`, `__` or `-` between them and `/` between parts',
      hint: repaired ? `did you mean \`${lower}\`?` : 'write for example `remind101/acme-inc:v1`',
    },
  );
  return false;
}

function tagFine(tag: string, place: Place, problems: Problems): boolean {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag)) return true;
  problems.error('image-tag', place, tag === '' ? 'the tag is missing after `:`' : `\`${tag}\` is not a tag`, {
    ...(tag === '' ? {} : { given: tag }),
    allowed: 'letters, digits, `_`, `.` and `-`, not beginning with `.` or `-`, at most 128 characters',
    hint: tag === '' ? 'write the tag, or remove the `:`' : 'write the tag as the registry shows it',
  });
  return false;
}

function digestFine(digest: string, place: Place, problems: Problems): boolean {
  if (/^sha256:[0-9a-f]{64}$/.test(digest)) return true;
  problems.error('image-digest', place, `\`${digest}\` is not a digest`, {
    given: digest,
    allowed: '`sha256:` and 64 hexadecimal digits in lower case',
    hint: 'copy the whole digest as the registry shows it',
  });
  return false;
}
