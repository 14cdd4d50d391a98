import { expect } from 'chai';
import { shiftSeconds } from '../../lib/release/shift-time.js';
import { EngineApp, minutes } from '../support/engine-app.js';
import { ACME, compileFiles } from '../support/planned.js';

const procfile = (deploy: string): string => `web:\n  command: acme-inc server\n  deploy: ${deploy}\nworker: acme-inc worker\n`;
const seconds = (deploy: string): number => shiftSeconds(JSON.parse(compileFiles({ ...ACME, Procfile: procfile(deploy) }).text));

describe('traffic that moves slowly on purpose', () => {
  it('takes what its strategy says', () => {
    expect(seconds('rolling')).to.equal(0);
    expect(seconds('{strategy: blue-green, bake: 7m}')).to.equal(minutes(7));
    expect(seconds('{strategy: canary, percent: 10, step: 5m, bake: 10m}')).to.equal(minutes(15));
    expect(seconds('{strategy: linear, percent: 25, step: 2m, bake: 4m}')).to.equal(minutes(10));
  });

  it('does not make a release late', async () => {
    const app = new EngineApp();
    const canary = { Procfile: procfile('{strategy: canary, percent: 10, step: 5m, bake: 10m}') };
    await app.deploy(canary);
    const record = await app.deploy({ ...canary, image: 'remind101/acme-inc:v2\n' }, { timeoutSeconds: minutes(5) });
    expect(record.status).to.equal('succeeded');
  });
});
