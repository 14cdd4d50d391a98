import type { Size } from '../model/app.js';
import type { Given } from '../model/given.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { didYouMean } from './nearest.js';

const nproc = (value: number): Given<number> => ({ kind: 'given', value });

/** Empire's named sizes. */
const NAMED = new Map<string, Size>([
  ['1X', { cpu: 256, memoryMiB: 512, nproc: nproc(256) }],
  ['2X', { cpu: 512, memoryMiB: 1024, nproc: nproc(512) }],
  ['PX', { cpu: 1024, memoryMiB: 6144, nproc: nproc(1024) }],
]);

/** What a process gets when `scale` says nothing. */
export const DEFAULT_SIZE = NAMED.get('1X') as Size;

const NONE = { kind: 'none' } as const;
const ALLOWED = '`1X`, `2X`, `PX` or `cpu:memory`, for example `256:512mb`';
/** 192 vCPU, the most that a task definition takes. */
const MAX_CPU = 196_608;
/** Docker reserves 6 MiB for a container. */
const MIN_MEMORY = 6;
/** 24 TiB, the largest host. */
const MAX_MEMORY = 25_165_824;
const MAX_NPROC = 2_147_483_647;

/** Whether a text is one of the named sizes, in any case. */
export function isNamedSize(text: string): boolean {
  return NAMED.has(text.toUpperCase());
}

/** Whether a text is an amount of memory with its unit, as `1gb`. */
export function isMemory(text: string): boolean {
  return MEMORY.test(text);
}

/** `1X`, `256:512mb`, `256:1.5gb:nproc=100`, or `256-512` for `256:512mb`. */
export function parseSize(text: string, place: Place, problems: Problems): Given<Size> {
  const named = NAMED.get(text.toUpperCase());
  if (named !== undefined) return { kind: 'given', value: named };
  const dashed = /^([0-9]+)-([0-9]+)$/.exec(text);
  const [cpuText, memoryText, nprocText, ...more] = dashed === null ? text.split(':') : [dashed[1] as string, `${dashed[2]}mb`];
  if (cpuText === undefined || memoryText === undefined || more.length > 0) return refuseSyntax(text, place, problems);
  const cpu = parseCpu(cpuText, text, place, problems);
  const memoryMiB = parseMemory(memoryText, text, place, problems);
  const limit = nprocText === undefined ? NONE : parseNproc(nprocText, text, place, problems);
  if (cpu === undefined || memoryMiB === undefined || limit === undefined) return NONE;
  return { kind: 'given', value: { cpu, memoryMiB, nproc: limit } };
}

/** `1X`, or `256:128.00mb[:nproc=n]`; what it says reads back exactly. */
export function formatSize(size: Size): string {
  for (const [name, named] of NAMED) if (sameSize(size, named)) return name;
  const limit = size.nproc.kind === 'given' ? `:nproc=${size.nproc.value}` : '';
  return `${size.cpu}:${formatMemory(size.memoryMiB)}${limit}`;
}

/** `512.00mb`, `1.50gb`: gigabytes only where two decimals say it exactly. */
export function formatMemory(memoryMiB: number): string {
  const gigabytes = (memoryMiB / 1024).toFixed(2);
  return memoryMiB >= 1024 && inMiB(gigabytes, 1024) === memoryMiB ? `${gigabytes}gb` : `${memoryMiB.toFixed(2)}mb`;
}

export function sameSize(a: Size, b: Size): boolean {
  const limit = (size: Size) => (size.nproc.kind === 'given' ? size.nproc.value : 0);
  return a.cpu === b.cpu && a.memoryMiB === b.memoryMiB && limit(a) === limit(b);
}

function refuseSyntax(text: string, place: Place, problems: Problems): Given<never> {
  problems.error('size-unknown', place, text === '' ? 'a size is missing' : `\`${text}\` is not a size`, {
    ...(text === '' ? {} : { given: text }),
    allowed: ALLOWED,
    hint: didYouMean(text.toUpperCase(), NAMED.keys(), 'write a named size, or CPU units, a colon and memory with its unit'),
  });
  return NONE;
}

function parseCpu(text: string, size: string, place: Place, problems: Problems): number | undefined {
  const cpu = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (cpu >= 2 && cpu <= MAX_CPU) return cpu;
  problems.error('size-cpu', place, `\`${text}\` in \`${size}\` is not a number of CPU units`, {
    given: text,
    allowed: `2 to ${MAX_CPU}; 1024 are one vCPU`,
    hint: 'write the CPU units as a whole number, for example `256:512mb`',
  });
  return undefined;
}

const MEMORY = /^([0-9]{1,9}(?:\.[0-9]{1,9})?)(mb|mib|m|gb|gib|g)$/i;

function parseMemory(text: string, size: string, place: Place, problems: Problems): number | undefined {
  const [, amount, unit] = MEMORY.exec(text) ?? [];
  const memory = amount === undefined ? Number.NaN : inMiB(amount, unit?.toLowerCase().startsWith('g') ? 1024 : 1);
  if (memory >= MIN_MEMORY && memory <= MAX_MEMORY) return memory;
  const bare = /^[0-9]{1,9}$/.test(text);
  problems.error(
    'size-memory',
    place,
    bare ? `\`${text}\` in \`${size}\` has no unit` : `\`${text}\` in \`${size}\` is not an amount of memory`,
    {
      given: text,
      allowed: `a number with its unit (mb, m, mib, gb, g, gib), ${MIN_MEMORY}mb to ${MAX_MEMORY / 1024}gb`,
      hint: bare ? `did you mean \`${text}mb\`?` : 'write memory as `512mb` or `1.5gb`',
    },
  );
  return undefined;
}

/** AWS takes whole MiB: rounded up, so that nobody gets less than asked. Exact in integers, since `1.1 * 1024` is not. */
function inMiB(amount: string, factor: number): number {
  const [whole = '0', decimals = ''] = amount.split('.');
  const scale = 10n ** BigInt(decimals.length);
  const scaled = BigInt(whole + decimals) * BigInt(factor);
  return Number((scaled + scale - 1n) / scale);
}

function parseNproc(text: string, size: string, place: Place, problems: Problems): Given<number> | undefined {
  const digits = /^nproc=([0-9]{1,10})$/i.exec(text)?.[1];
  const value = digits === undefined ? 0 : Number(digits);
  if (value >= 1 && value <= MAX_NPROC) return nproc(value);
  problems.error('size-nproc', place, `\`${text}\` in \`${size}\` is not \`nproc=\` and a number`, {
    given: text,
    allowed: `\`nproc=1\` to \`nproc=${MAX_NPROC}\``,
    hint: 'write for example `256:512mb:nproc=256`, or leave it out',
  });
  return undefined;
}
