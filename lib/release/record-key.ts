import type { ReleasePlace } from '../model/release.js';

/** Numbers are stored counted down from here, so that a listing begins with the newest release. */
const TOP = 99_999_999;

type Where = Pick<ReleasePlace, 'environment' | 'app'>;

/** Everything of one app in one environment is below this. */
export const historyPrefix = ({ environment, app }: Where): string => `releases/${environment}/${app}/`;

export const recordsPrefix = (where: Where): string => `${historyPrefix(where)}records/`;

/** `releases/default/acme-inc/records/99999987.v12.json`. */
export function recordKey(where: Where, number: number): string {
  return `${recordsPrefix(where)}${String(TOP - number).padStart(8, '0')}.v${number}.json`;
}

/** The number a record's key names; nothing for a key that no release can have. */
export function numberOfKey(where: Where, key: string): number | undefined {
  const number = Number(/\.v([1-9][0-9]{0,7})\.json$/.exec(key)?.[1]);
  return Number.isInteger(number) && recordKey(where, number) === key ? number : undefined;
}

/** Content by its SHA-256. */
export const objectKey = (where: Where, sha: string): string => `${historyPrefix(where)}objects/${sha}`;

/** What `--purge` leaves behind: the last number, so that none is used twice. */
export const purgedKey = (where: Where): string => `${historyPrefix(where)}purged.json`;
