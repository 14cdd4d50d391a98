import type { ReleaseRecord } from '../model/release.js';

type Described = Pick<ReleaseRecord, 'images' | 'processes' | 'reason'>;

/** What differs from the last good release, as far as records know it, in words. */
export function changesSince(before: Described | undefined, after: Described): readonly string[] {
  if (before === undefined) return ['this is the first release that came so far'];
  const changes = [...imageChanges(before, after), ...processChanges(before, after)];
  return changes.length > 0 ? changes : [after.reason.description];
}

function imageChanges(before: Described, after: Described): string[] {
  const had = new Set(before.images.map(({ pinned }) => pinned));
  return after.images
    .filter(({ pinned }) => !had.has(pinned))
    .map(({ reference, digest }) => {
      const [old] = before.images.filter((image) => image.reference === reference);
      return old === undefined
        ? `image ${before.images.map((image) => image.reference).join(', ') || 'none'} → ${reference}`
        : `image ${reference}: ${old.digest.slice(7, 19)} → ${digest.slice(7, 19)}`;
    });
}

function processChanges(before: Described, after: Described): string[] {
  const had = new Map(before.processes.map((process) => [process.name, process]));
  const has = new Set(after.processes.map(({ name }) => name));
  const changed = after.processes.flatMap((process) => {
    const old = had.get(process.name);
    if (old === undefined) return [`process ${process.name} is new`];
    const pairs: [string, string, string][] = [
      ['count', old.count, process.count],
      ['size', old.size.name, process.size.name],
      ['command', old.command.join(' '), process.command.join(' ')],
    ];
    return pairs.filter(([, a, b]) => a !== b).map(([what, a, b]) => `${process.name}: ${what} ${a || 'none'} → ${b || 'none'}`);
  });
  const gone = before.processes.filter(({ name }) => !has.has(name)).map(({ name }) => `process ${name} is gone`);
  return [...changed, ...gone];
}
