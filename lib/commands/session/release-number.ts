import { Failure } from '../../failure.js';
import type { Given } from '../../model/given.js';
import type { ReleaseRecord } from '../../model/release.js';
import type { Engine } from '../../release/engine.js';

/** `v12` or `12` → 12. */
export function parseReleaseNumber(text: string): Given<number> {
  const digits = /^v?([1-9][0-9]{0,7})$/i.exec(text)?.[1];
  return digits === undefined ? { kind: 'none' } : { kind: 'given', value: Number(digits) };
}

/** The same, where nothing else is meant. */
export function releaseNumber(text: string): number {
  const number = parseReleaseNumber(text);
  if (number.kind === 'given') return number.value;
  throw new Failure(
    'release',
    `\`${text}\` is not a release`,
    'write it as v12 or 12; the app is named with -a',
    'usage-release',
  );
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Refuses what cannot be a release, before anything outside is asked. */
export function refuseNoRelease(text: string): void {
  if (!UUID.test(text)) releaseNumber(text);
}

/** The number of a release; only an id must be looked for. */
export async function numberOf(engine: Engine, text: string): Promise<number> {
  return UUID.test(text) ? (await findRelease(engine, text)).number : releaseNumber(text);
}

/** A release by `v12`, `12` or its id. */
export async function findRelease(engine: Engine, text: string): Promise<ReleaseRecord> {
  const { History } = await import('../../release/history.js');
  const history = History.of(engine);
  if (UUID.test(text)) {
    const all = await history.recent(Number.POSITIVE_INFINITY);
    const found = all.find(({ record }) => record.id === text);
    if (found !== undefined) return found.record;
    throw unknown(engine, text, all[0]?.record.number);
  }
  const number = releaseNumber(text);
  const stored = await history.get(number);
  if (stored.kind === 'given') return stored.value.record;
  const [newest] = await history.recent(1);
  throw unknown(engine, `v${number}`, newest?.record.number);
}

function unknown({ place }: Engine, what: string, newest: number | undefined): Failure {
  const hint =
    newest === undefined
      ? `it has no releases yet: \`empire deploy ${place.app}\``
      : `the newest is v${newest}: see \`empire releases -a ${place.app}\``;
  return new Failure(`${place.app}`, `there is no release ${what}`, hint, 'release-unknown');
}
