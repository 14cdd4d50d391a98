import type { RehearsalState } from './state.js';

/** A copy that later changes leave alone. Shares its strings, which are most of it, so that comparing with it costs little. */
export function copyOf<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyOf) as Value;
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = copyOf(value[key]);
  return copy as Value;
}

/** Whether nothing but time went by. */
export const differOnlyInTime = (one: RehearsalState, other: RehearsalState): boolean =>
  same({ ...one, now: 0 }, { ...other, now: 0 });

/** Equal JSON. Every call of a rehearsal asks this of the whole account, so that it must cost less than Node's `isDeepStrictEqual`. */
function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  for (const key in one) if (!same(one[key], other[key])) return false;
  for (const key in other) if (!(key in one)) return false;
  return true;
}

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object';
