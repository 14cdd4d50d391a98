import { Failure } from '../../failure.js';
import type { Size } from '../../model/app.js';
import type { JsonObject } from '../../model/json.js';
import { fargateSize } from '../../parse/procfile/fargate-size.js';
import { parseSize } from '../../parse/size.js';
import { Problems } from '../../problems.js';
import type { RunChoice } from './run-choice.js';

/** ECS takes no longer overrides, in characters. */
const LONGEST = 8192;

export interface RunWishes {
  readonly size: Size | undefined;
  /** Name → value. */
  readonly variables: ReadonlyMap<string, string>;
}

/** `-s 2X`, `--env NAME=value`. */
export function parseWishes(size: string | undefined, variables: readonly string[]): RunWishes {
  return { size: size === undefined ? undefined : parseRunSize(size), variables: new Map(variables.map(parseVariable)) };
}

function parseRunSize(text: string): Size {
  const problems = new Problems();
  const size = parseSize(text, { kind: 'file', file: '--size' }, problems);
  const [problem] = problems.all;
  if (size.kind === 'given') return size.value;
  throw new Failure(
    '--size',
    problem?.message ?? `\`${text}\` is no size`,
    problem?.hint ?? 'write for example 2X or 512:1gb',
    'usage-size',
  );
}

function parseVariable(word: string): [string, string] {
  const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(word) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  const shown = word.includes('=') ? word.slice(0, word.indexOf('=')) : word;
  throw new Failure(
    '--env',
    word.includes('=') ? `\`${shown}\` is not a name of a variable` : `\`${shown}\` has no value`,
    'write `--env NAME=value`: letters, digits and `_`',
    'usage-env',
  );
}

/** What this one task has otherwise than its definition. */
export function overridesOf(
  { container }: Pick<RunChoice, 'container'>,
  command: readonly string[],
  { size, variables }: RunWishes,
  ec2: boolean,
): JsonObject {
  const own: Record<string, JsonObject[string]> = { name: container };
  if (command.length > 0) own['command'] = command;
  if (variables.size > 0) own['environment'] = [...variables].map(([name, value]) => ({ name, value }));
  const overrides: JsonObject = { containerOverrides: [own], ...sizeOf(size, ec2) };
  if (JSON.stringify(overrides).length <= LONGEST) return overrides;
  throw new Failure(
    'run',
    `the command and its variables are longer than the ${LONGEST} characters that ECS takes`,
    'put a long script into the image, or give it a place to read from',
    'usage-run-long',
  );
}

function sizeOf(size: Size | undefined, ec2: boolean): JsonObject {
  if (size === undefined) return {};
  const fits = ec2 ? size : fargateSize(size);
  if (fits !== undefined) return { cpu: String(fits.cpu), memory: String(fits.memoryMiB) };
  throw new Failure('--size', 'Fargate has no task that large', 'take at most 16384 CPU units and 120gb', 'usage-size');
}
