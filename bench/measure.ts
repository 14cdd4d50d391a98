import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One command whose time is measured. */
export interface Case {
  readonly name: string;
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Makes the disk what it must be, before each run; not measured. */
  readonly before?: (run: number) => void;
}

export interface Measured {
  readonly name: string;
  /** Median, of the whole process. */
  readonly milliseconds: number;
  readonly runs: number;
  /** Of all processes of the command. */
  readonly cpuMilliseconds: number;
  /** Of the greatest of them. */
  readonly peakMegabytes: number;
}

/** Runs the cases in turns, so that what else the machine does meets all of them alike. */
export function measure(cases: readonly Case[], runs: number): Measured[] {
  if (runs === 1) return cases.map((one) => ({ name: one.name, runs, ...probed(one, 0) }));
  const times = cases.map((): number[] => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, one] of cases.entries()) times[index]?.push(timed(one, run));
  }
  return cases.map((one, index) => {
    return { ...probed(one, runs), name: one.name, milliseconds: median(times[index] ?? []), runs };
  });
}

function timed(one: Case, run: number): number {
  one.before?.(run);
  const begin = process.hrtime.bigint();
  start(one, {});
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

/** A run of its own: what looks also takes time, though too little to count where one run takes minutes. */
function probed(one: Case, run: number): Omit<Measured, 'name' | 'runs'> {
  const file = join(tmpdir(), `empire-probe-${process.pid}`);
  rmSync(file, { force: true });
  one.before?.(run);
  const begin = process.hrtime.bigint();
  start(one, { NODE_OPTIONS: `--require=${join(__dirname, 'probe.cjs')}`, EMPIRE_BENCH_PROBE: file });
  const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  rmSync(file);
  const used = lines.map((line) => line.split(' ').map(Number) as [number, number]);
  return {
    milliseconds,
    peakMegabytes: Math.max(...used.map(([kibibytes]) => (kibibytes * 1024) / 1e6)),
    cpuMilliseconds: used.reduce((sum, [, microseconds]) => sum + microseconds / 1000, 0),
  };
}

function start({ name, words, cwd, env = {} }: Case, more: Readonly<Record<string, string>>): void {
  // A file of certificates costs Node 20 more time than the whole program does, coverage more memory.
  const { NODE_EXTRA_CA_CERTS: _, NODE_V8_COVERAGE: __, CI: ___, ...environment } = process.env;
  const [program = '', ...rest] = words;
  const { status, stderr } = spawnSync(program, rest, {
    cwd,
    env: { ...environment, ...env, ...more },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(`${name}: ${words.join(' ')} ended with ${status}\n${stderr}`);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
