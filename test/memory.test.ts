import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeApps } from '../bench/apps.js';
import { runSynth } from '../bench/run-synth.js';

describe('memory of the built program', function () {
  this.timeout(120_000);

  it('stays under 200 MB for 300 apps of three processes in one synth', () => {
    const root = mkdtempSync(join(tmpdir(), 'empire-memory-'));
    try {
      writeApps(root, 300);
      const out = join(root, 'out');
      const { peakMiB } = runSynth(root, out);
      expect(readdirSync(out).filter((name) => name.endsWith('.template.json'))).to.have.lengthOf(300);
      // Below 20 MiB nothing was measured: an empty Node needs more.
      expect(peakMiB)
        .to.be.greaterThan(20)
        .and.lessThan(200e6 / 1024 / 1024);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
