import { formatPart, type Memory, PART_NAMES, parsePart, partOf, type Remembered } from '../../cache/memory.js';
import type { Given } from '../../model/given.js';
import { keepCached, readCached } from '../../windows/cache-folder.js';

/** Where something is remembered, and by which code. */
export interface MemoryPlace {
  readonly folder: string;
  /** The hash of the code: what other code wrote is not even looked at. */
  readonly compiler: string;
}

/** Everything that is remembered at a place. A part that is lost or damaged is as if it had never been. */
export function readMemory(place: Given<MemoryPlace>): Memory {
  const memory = new Map<string, Remembered>();
  if (place.kind === 'none') return memory;
  const { folder, compiler } = place.value;
  for (const part of PART_NAMES) {
    const kept = readCached(`${folder}/${part}`);
    if (kept.kind === 'given') for (const [app, remembered] of parsePart(compiler, kept.value)) memory.set(app, remembered);
  }
  return memory;
}

/** Keeps the parts in which something is not what it was. */
export function keepMemory({ folder, compiler }: MemoryPlace, now: Memory, before: Memory): void {
  for (const part of changedParts(now, before)) {
    const apps = new Map([...now].filter(([app]) => partOf(app) === part));
    if (keepCached(`${folder}/${part}`, formatPart(compiler, apps)) === 'not-kept') return;
  }
}

function changedParts(now: Memory, before: Memory): ReadonlySet<string> {
  const gone = [...before.keys()].filter((app) => !now.has(app));
  const changed = [...now].flatMap(([app, remembered]) => (isSame(remembered, before.get(app)) ? [] : [app]));
  return new Set([...gone, ...changed].map(partOf));
}

/** Whether both are known under the same hashes. */
function isSame(now: Remembered, before: Remembered | undefined): boolean {
  return before !== undefined && now.parse.key === before.parse.key && compileKeyOf(now) === compileKeyOf(before);
}

const compileKeyOf = ({ compilation }: Remembered): string => (compilation.kind === 'given' ? compilation.value.key : '');
