import type { Image } from '../../lib/model/app.js';
import { isAppName } from '../../lib/parse/app-name.js';
import { editEnv, parseEnv } from '../../lib/parse/env.js';
import { formatImage, parseImageReference } from '../../lib/parse/image.js';
import { readRegistry } from '../../lib/parse/registry.js';
import { parseScaleArgument } from '../../lib/parse/scale.js';
import { formatMemory, formatSize, parseSize } from '../../lib/parse/size.js';
import { SourceText } from '../../lib/parse/source-text.js';
import { splitWords } from '../../lib/parse/words.js';
import { Problems } from '../../lib/problems.js';
import { exposureOf, fallbackOf, processesOf } from './vectors-procfile.js';
import { taskOf } from './vectors-ps.js';

/** One input of Remind's Empire with what it made of it. */
export interface Vector {
  readonly id: string;
  readonly area: string;
  // biome-ignore lint/suspicious/noExplicitAny: each area has its own shape
  readonly input: any;
  // biome-ignore lint/suspicious/noExplicitAny: each area has its own shape
  readonly expected?: any;
  readonly error?: string;
}

/** What we make of an input. `wanted` is Empire's result in the same words: only what an outside user could see. */
export type Outcome = { readonly kind: 'refused' } | { readonly kind: 'value'; readonly ours: unknown; readonly wanted: unknown };

const PLACE = { kind: 'file', file: 'vector' } as const;
const MIB = 1024 * 1024;
const REFUSED: Outcome = { kind: 'refused' };
const value = (ours: unknown, wanted: unknown): Outcome => ({ kind: 'value', ours, wanted });

/** A function per area that exists here; the rows of other areas must be listed as differences. */
export const AREAS = new Map<string, (row: Vector) => Outcome>([
  ['procfile.parse', processesOf],
  ['procfile.formation', processesOf],
  ['procfile.fallback', fallbackOf],
  ['exposure', exposureOf],
  [
    'command.shellwords',
    ({ input, expected }) =>
      checked(
        (problems) => splitWords(input, PLACE, problems),
        (words) => value(words, expected),
      ),
  ],
  ['constraints.cpu', ({ input, expected }) => size(`${input}:512mb`, ({ cpu }) => value(cpu, expected))],
  [
    'constraints.memory.parse',
    ({ input, expected }) => size(`256:${input}`, ({ memoryMiB }) => value(memoryMiB * MIB, expected)),
  ],
  [
    'constraints.memory.format',
    ({ input, expected }) => value(input % MIB === 0 ? formatMemory(input / MIB) : 'less than a MiB is not said', expected),
  ],
  ['constraints.parse', constraints],
  ['constraints.json', constraints],
  [
    'constraints.format',
    ({ input, expected }) =>
      value(
        formatSize({ cpu: input.cpu, memoryMiB: input.memoryBytes / MIB, nproc: { kind: 'given', value: input.nproc } }),
        expected,
      ),
  ],
  ['scale.arg', scaleArgument],
  ['image.decode', imageDecode],
  ['image.encode', imageEncode],
  [
    'app.name',
    ({ input, expected }) => (isAppName(input) || expected !== undefined ? value(isAppName(input), expected?.valid) : REFUSED),
  ],
  ['env.merge', envMerge],
  ['env.dotenv.line', ({ input, expected }) => env(input, (ours) => value(ours, [[expected?.key, expected?.value]]))],
  ['env.dotenv.roundtrip', roundtrip],
  ['ps.task', taskOf],
  ['env.env_load_file', ({ input, expected }) => env(input, (ours) => value(Object.fromEntries(ours), expected))],
]);

/** Whether we do what Empire did: the same value, or a refusal where it refused. A crash is nothing to reproduce. */
export function reproduces(row: Vector, same: (a: unknown, b: unknown) => boolean): boolean {
  const area = AREAS.get(row.area);
  if (area === undefined || row.error?.startsWith('PANIC')) return false;
  const outcome = area(row);
  if (outcome.kind === 'refused') return row.error !== undefined;
  return row.error === undefined && same(outcome.ours, outcome.wanted);
}

function checked<T>(
  read: (problems: Problems) => { kind: 'none' } | { kind: 'given'; value: T },
  then: (value: T) => Outcome,
): Outcome {
  const problems = new Problems();
  const found = read(problems);
  return problems.refused || found.kind === 'none' ? REFUSED : then(found.value);
}

function size(
  text: string,
  then: (size: { cpu: number; memoryMiB: number; nproc: { kind: 'none' } | { kind: 'given'; value: number } }) => Outcome,
): Outcome {
  return checked((problems) => parseSize(text, PLACE, problems), then);
}

function constraints({ input, expected }: Vector): Outcome {
  return size(input, (ours) => {
    const { cpu, memoryMiB, nproc } = ours;
    const said = { cpu, memoryBytes: memoryMiB * MIB, nproc: nproc.kind === 'given' ? nproc.value : 0 };
    return value(expected?.formatted === undefined ? said : { ...said, formatted: formatSize(ours) }, expected);
  });
}

/** The present count is 2, so that a relative argument shows. */
function scaleArgument({ input, expected }: Vector): Outcome {
  const present = { kind: 'given', value: { kind: 'fixed', tasks: 2 } } as const;
  return checked(
    (problems) => parseScaleArgument(input, () => present, problems),
    ({ process, count, size }) => {
      const quantity = count.kind === 'none' ? null : count.value.kind === 'fixed' ? count.value.tasks : count.value;
      return value({ type: process, quantity, size: size.kind === 'given' ? formatSize(size.value) : '' }, expected);
    },
  );
}

/** The name of the app in a repository is the business of `deploy`, so `appNameFromRepository` is not compared. */
function imageDecode({ input, expected }: Vector): Outcome {
  const { appNameFromRepository: _, ...wanted } = expected;
  return checked(
    (problems) => parseImageReference(input, PLACE, problems),
    (image) => {
      const tag = image.kind === 'tagged' ? image.tag : image.tag.kind === 'given' ? image.tag.value : '';
      const registry = image.registry.kind === 'hub' ? '' : image.registry.host;
      const ours = { registry, repository: image.repository, tag, digest: image.kind === 'pinned' ? image.digest : '' };
      return value(wanted.encoded === undefined ? ours : { ...ours, encoded: formatImage(image) }, wanted);
    },
  );
}

function imageEncode({ input, expected }: Vector): Outcome {
  const registry = input.registry === '' ? ({ kind: 'hub' } as const) : readRegistry(input.registry);
  if (registry.kind === 'refused' || (input.tag === '' && input.digest === '')) return REFUSED;
  const name = { registry, repository: input.repository, credentials: { kind: 'none' } } as const;
  const tag = input.tag === '' ? ({ kind: 'none' } as const) : ({ kind: 'given', value: input.tag } as const);
  const image: Image =
    input.digest === '' ? { ...name, kind: 'tagged', tag: input.tag } : { ...name, kind: 'pinned', tag, digest: input.digest };
  return value(formatImage(image), expected);
}

function env(text: string, then: (entries: [string, string][]) => Outcome): Outcome {
  const problems = new Problems();
  const file = parseEnv(new SourceText('env', text.replaceAll('\r\n', '\n')), false, problems);
  return problems.refused ? REFUSED : then(file.entries.map((entry) => [entry.name, entry.value]));
}

function envMerge({ input, expected }: Vector): Outcome {
  const changes = Object.entries(input.changes as Record<string, string | null>);
  const set = new Map(changes.filter((change): change is [string, string] => change[1] !== null));
  const unset = new Set(changes.filter(([, to]) => to === null).map(([name]) => name));
  const old = editEnv('', { set: new Map(Object.entries(input.old as Record<string, string>)), unset: new Set() }, false);
  return env(editEnv(old, { set, unset }, false), (ours) => value(Object.fromEntries(ours), expected));
}

/** What counts is what comes back; how it is quoted in between does not (`K=bar` is as good as `K="bar"`). */
function roundtrip({ input, expected }: Vector): Outcome {
  const written = editEnv('', { set: new Map(Object.entries(input as Record<string, string>)), unset: new Set() }, false);
  return env(written, (ours) => {
    const wanted = expected.readBack === undefined ? Object.entries(expected) : [['K', expected.readBack]];
    return value(ours, wanted);
  });
}
