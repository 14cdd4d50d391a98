import { expect } from 'chai';
import { ACME, type Files, planFiles } from '../support/planned.js';

const seconds = async (before: Files, after: Files): Promise<number> => (await planFiles(before, after)).predictedSeconds;

const V2 = 'remind101/acme-inc:v2\n';
const web = (more: string, scale = 'web=1\nworker=1\n'): Files => ({
  ...ACME,
  Procfile: `web:\n  command: acme-inc server\n${more}worker: acme-inc worker\n`,
  scale,
});

describe('the predicted time of an update', () => {
  it('is overhead, start, health, drain, stop and notice for a rolling deploy', async () => {
    // 10 + 25 + (5 + 5) + 30 + 5 + 10
    expect(await seconds(ACME, { ...ACME, image: V2 })).to.equal(90);
  });

  it('follows the health interval and the drain', async () => {
    const slow = web('  health: {path: /, interval: 30}\n  drain: 120\n');
    expect(await seconds(slow, { ...slow, image: V2 })).to.equal(90 + 25 + 90);
  });

  it('has a batch for every few tasks where there is little room', async () => {
    const tight = web('  deploy: {strategy: rolling, min_healthy: 100, max: 125}\n', 'web=8\nworker=1\n');
    expect(await seconds(tight, { ...tight, image: V2 })).to.equal(90 + 3 * 35);
  });

  it('has the minutes that a canary bakes', async () => {
    const canary = web('  deploy: {strategy: canary, percent: 10, step: 5m, bake: 10m}\n');
    expect(await seconds(canary, { ...canary, image: V2 })).to.equal(90 + 15 * 60);
  });

  it('is short where nothing is behind a balancer, and shorter for a count', async () => {
    const worker = { ...ACME, Procfile: 'web: acme-inc server\nworker: acme-inc worker -v\n' };
    expect(await seconds(ACME, worker)).to.equal(10 + 25 + 5 + 10);
    expect(await seconds(ACME, { ...ACME, scale: 'web=1\nworker=5\n' })).to.equal(10 + 25 + 10);
    expect(await seconds({ ...ACME, scale: 'web=1\nworker=5\n' }, ACME)).to.equal(10 + 5 + 10);
  });

  it('is only what is noticed where a range begins at the count', async () => {
    expect(await seconds({ ...ACME, scale: 'web=2\nworker=1\n' }, { ...ACME, scale: 'web=2-6\nworker=1\n' })).to.equal(10 + 10);
  });

  it('waits for a balancer that has to be made', async () => {
    expect(await seconds(ACME, { ...ACME, domains: 'www.example.com\n' })).to.equal(10 + 140 + 5 + 80);
  });
});
