import { hashWithin } from './names.js';

/** What a rule is for decides how early a listener looks at it. */
export type Rank = 'maintenance' | 'test' | 'exact' | 'wildcard' | 'catch-all';

interface Band {
  readonly first: number;
  readonly last: number;
}

/** Priorities of each rank: the maintenance page in front of everything, exact names before wildcards, the rest at the end. */
export const BANDS: { readonly [rank in Rank]: Band } = {
  maintenance: { first: 1, last: 4999 },
  test: { first: 5000, last: 9999 },
  exact: { first: 10_000, last: 34_999 },
  wildcard: { first: 35_000, last: 44_999 },
  'catch-all': { first: 45_000, last: 49_999 },
};

export const inBand = (rank: Rank, priority: number): boolean => priority >= BANDS[rank].first && priority <= BANDS[rank].last;

/** The first free priority of the rank's band, looked for from the place that the key's hash points at; none when the band is full. */
export function probe(rank: Rank, key: string, taken: { has(priority: number): boolean }): number | undefined {
  const { first, last } = BANDS[rank];
  const size = last - first + 1;
  const start = hashWithin(key, size);
  for (let step = 0; step < size; step++) {
    const priority = first + ((start + step) % size);
    if (!taken.has(priority)) return priority;
  }
  return undefined;
}
