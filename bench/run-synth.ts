import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SynthRun {
  readonly milliseconds: number;
  /** Peak resident memory of the process. */
  readonly peakMiB: number;
}

const PROGRAM = join(__dirname, '..', 'bin', 'empire');

/** Loaded before the program: at its end writes the peak, which only the process itself can ask for. */
const WATCH = `process.on('exit', () => require('node:fs').writeFileSync(process.env.EMPIRE_BENCH_PEAK, String(process.resourceUsage().maxRSS)))`;

/** One `empire synth` of all apps of a root, as a process of its own; throws when it fails. */
export function runSynth(root: string, out: string): SynthRun {
  const peakFile = `${out}.peak`;
  const watch = `data:text/javascript,import{createRequire}from'node:module';const require=createRequire('file:///');${WATCH}`;
  // A certificate file costs Node 20 more time than the whole program does, coverage more memory.
  const { NODE_EXTRA_CA_CERTS: _, NODE_V8_COVERAGE: __, ...environment } = process.env;
  const begin = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ['--import', watch, PROGRAM, 'synth', '-o', out], {
    cwd: root,
    encoding: 'utf8',
    env: { ...environment, EMPIRE_BENCH_PEAK: peakFile },
    maxBuffer: 1 << 28,
  });
  const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
  if (status !== 0) throw new Error(`empire synth ended with ${status}: ${stderr}`);
  return { milliseconds, peakMiB: Number(readFileSync(peakFile, 'utf8')) / 1024 };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
