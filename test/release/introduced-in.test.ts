import { expect } from 'chai';
import type { ReleaseRecord } from '../../lib/model/release.js';
import { History } from '../../lib/release/history.js';
import { releasesOfDefinition } from '../../lib/release/introduced-in.js';
import { given } from '../support/model-apps.js';
import { aRecord } from '../support/records.js';
import { engineOn, openTest } from '../support/rehearsed-engine.js';

const START = Date.UTC(2026, 5, 4, 14, 27);
const arnOf = (revision: number) => `arn:aws:ecs:us-east-1:123456789012:task-definition/empire-acme-inc_web:${revision}`;

/** Releases, oldest first: the revision of web's definition that each left behind, or none when it did not succeed. */
async function store(revisions: readonly (number | undefined)[]) {
  const engine = engineOn(openTest());
  for (const [index, revision] of revisions.entries()) {
    const change: Partial<ReleaseRecord> =
      revision === undefined ? { status: 'failed' } : { taskDefinitions: { web: arnOf(revision) } };
    await History.of(engine).insert(
      aRecord(index + 1, { ...change, createdAt: START + index * 60_000, finishedAt: given(START + index * 60_000 + 50_000) }),
    );
  }
  History.forget(engine);
  const recent = await History.of(engine).sinceServing();
  return async (revision: number, at = 0) => {
    const found = await releasesOfDefinition(engine, recent, { process: 'web', arn: arnOf(revision), at });
    return found === undefined ? undefined : [found.introducedIn, found.inRelease.number];
  };
}

describe('the release in which a task definition came', () => {
  it('is the first that has it, and the newest that has it is named too', async () => {
    const ask = await store([1, 1, 2, 2, undefined, 2]);
    expect(await ask(2)).to.deep.equal([3, 6]);
    expect(await ask(1)).to.deep.equal([1, 2]);
  });

  it('is found far below what is read at once', async () => {
    const ask = await store([1, 2, 2, undefined, ...Array.from({ length: 60 }, () => 3), undefined, 3]);
    expect(await ask(3)).to.deep.equal([5, 66]);
  });

  it('is the release of its time when none that succeeded has it: it rolls out, or it failed', async () => {
    const ask = await store([1, undefined]);
    expect(await ask(9, START + 70_000)).to.deep.equal([2, 2]);
    expect(await ask(9, START - 1)).to.equal(undefined);
    expect(await ask(9, START + 121_000), 'it was over by then').to.equal(undefined);
    expect(await ask(9, START + 1), 'something else than a release brought it').to.equal(undefined);
  });

  it('is what looking at every release finds, whatever the history', async () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 12; round++) {
      const revisions: (number | undefined)[] = [1];
      for (let revision = 1; revisions.length < 30 + round; ) {
        if (random(9) === 0) revision += 1;
        revisions.push(random(4) === 0 ? undefined : revision);
      }
      const newest = Math.max(...revisions.map((revision) => revision ?? 0));
      const wanted = [revisions.indexOf(newest) + 1, revisions.lastIndexOf(newest) + 1];
      expect(await (await store(revisions))(newest), revisions.join(' ')).to.deep.equal(wanted);
    }
  });
});
