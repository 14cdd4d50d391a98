import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeApps } from './apps.js';
import { median, runSynth } from './run-synth.js';

/** Prints how long `empire synth` takes, whole process, and its peak memory: `npx tsx bench/synth.ts [runs]`. */
function main(): void {
  const runs = Number(process.argv[2] ?? '5');
  for (const apps of [1, 10, 100, 300, 1000]) {
    const root = mkdtempSync(join(tmpdir(), 'empire-bench-'));
    try {
      writeApps(root, apps);
      const results = Array.from({ length: runs }, (_, run) => runSynth(root, join(root, `out-${run}`)));
      const milliseconds = median(results.map((result) => result.milliseconds));
      const peak = Math.max(...results.map(({ peakMiB }) => peakMiB));
      console.log(
        `${String(apps).padStart(5)} apps  ${milliseconds.toFixed(0).padStart(6)} ms  ${peak.toFixed(0).padStart(4)} MiB  (median of ${runs})`,
      );
    } finally {
      rmSync(root, { recursive: true });
    }
  }
}

main();
