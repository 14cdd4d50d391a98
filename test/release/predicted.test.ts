import { expect } from 'chai';
import type { Plan } from '../../lib/model/plan.js';
import type { ReleaseKind, ReleaseRecord } from '../../lib/model/release.js';
import { withWholeTime } from '../../lib/release/predicted.js';
import { readSituation } from '../../lib/release/situation.js';
import { EngineApp } from '../support/engine-app.js';
import type { Files } from '../support/planned.js';

const RELEASING = { Procfile: 'web: acme-inc server\nworker: acme-inc worker\nrelease: acme-inc migrate\n' };

/** What a release of these files is predicted to take now, with what comes before its update and without. */
async function predicted(app: EngineApp, files: Files, kind: ReleaseKind = 'deploy'): Promise<{ whole: Plan; update: Plan }> {
  const situation = await readSituation(app.engine());
  const { plan, content } = await app.submission(files, { kind }, app.engine(), situation);
  return { update: plan, whole: withWholeTime(plan, situation, { kind, template: content.template }) };
}

const secondsOf = ({ phases }: ReleaseRecord, wanted: string): number => {
  const phase = phases.find(({ name }) => name === wanted);
  return phase?.endedAt.kind === 'given' ? Math.round((phase.endedAt.value - phase.startedAt) / 1000) : Number.NaN;
};

describe('the predicted time of a release', () => {
  it('has `prepare`, and says that it is without a release process that never ran', async () => {
    const { whole, update } = await predicted(new EngineApp(), RELEASING);
    expect(whole.unpredicted).to.deep.equal(['the release process']);
    expect(whole.predictedSeconds).to.be.greaterThan(update.predictedSeconds);
  });

  it('has the release process as long as it took the last time it ran to its end', async () => {
    const app = new EngineApp();
    const record = await app.deploy(RELEASING);
    await app.deploy({ ...RELEASING, image: 'remind101/acme-inc:v2-norelease\n' }).catch(() => undefined);
    const { whole, update } = await predicted(app, { ...RELEASING, image: 'remind101/acme-inc:v3\n' });
    expect(whole.unpredicted).to.deep.equal([]);
    const took = secondsOf(record, 'release process');
    expect(took).to.be.greaterThan(5);
    // the new task definition comes by a small update of its own
    expect(whole.predictedSeconds - update.predictedSeconds - took).to.be.within(5, 20);
  });

  it('adds about what `prepare` and the release process then take', async () => {
    const app = new EngineApp();
    await app.deploy(RELEASING);
    const files = { ...RELEASING, image: 'remind101/acme-inc:v2\n' };
    const { whole, update } = await predicted(app, files);
    const record = await app.deploy(files);
    const before = secondsOf(record, 'prepare') + secondsOf(record, 'release process');
    expect(whole.predictedSeconds - update.predictedSeconds).to.be.within(before - 10, before + 10);
  });

  it('is that of the update when no release process runs', async () => {
    const app = new EngineApp();
    await app.deploy(RELEASING);
    const scaled = await predicted(app, { ...RELEASING, scale: 'web=3\nworker=1\n' }, 'scale');
    expect(scaled.whole).to.deep.equal(scaled.update);
    const without = await predicted(app, {});
    expect(without.whole).to.deep.equal(without.update);
  });
});
