import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../bin/command-line.js';
import { standIn } from '../lib/commands/session/windows.js';
import type { LogPage, LogQuery, Windows } from '../lib/model/windows.js';
import { openAws } from '../lib/windows/aws/index.js';

/** Prints the peak memory of `empire logs` and how long it takes, whole process: `npx tsx bench/logs.ts [lines]`. */
async function main(): Promise<void> {
  const lines = Number(process.argv[2] ?? '1000000');
  const root = mkdtempSync(join(tmpdir(), 'empire-bench-'));
  cpSync(join(__dirname, '..', 'apps'), join(root, 'apps'), { recursive: true });
  try {
    for (const [name, count, slow] of [
      ['no line', 0, false],
      [`${lines} lines`, lines, false],
      [`${lines} lines, a slow reader`, lines, true],
      [`${lines} lines, followed`, -lines, false],
    ] as const) {
      const { milliseconds, peakMiB, bytes } = await watched(root, count, slow);
      const size = `${(bytes / 1e6).toFixed(0)} MB`.padStart(7);
      console.log(
        `${name.padEnd(32)} ${milliseconds.toFixed(0).padStart(6)} ms  ${peakMiB.toFixed(0).padStart(4)} MiB at most ${size}`,
      );
    }
  } finally {
    rmSync(root, { recursive: true });
  }
}

interface LogsRun {
  readonly milliseconds: number;
  readonly peakMiB: number;
  readonly bytes: number;
}

/** `empire logs` in a process of its own, with this many lines; below zero it follows, until Ctrl-C comes with the last line. */
function watched(root: string, lines: number, slow: boolean): Promise<LogsRun> {
  const begin = process.hrtime.bigint();
  const env = { ...process.env, EMPIRE_BENCH_LINES: String(lines) };
  const child = spawn(process.execPath, [...process.execArgv, __filename], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let bytes = 0;
  let talk = '';
  child.stderr.on('data', (chunk: Buffer) => {
    talk += chunk.toString();
  });
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (!slow) return;
    child.stdout.pause();
    setTimeout(() => child.stdout.resume(), 1);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      const peak = /peak ([0-9]+)/.exec(talk)?.[1];
      if (peak === undefined) reject(new Error(talk));
      else resolve({ milliseconds: Number(process.hrtime.bigint() - begin) / 1e6, peakMiB: Number(peak) / 1024, bytes });
    });
  });
}

const PAGE = 10_000;
const STREAMS = Array.from({ length: 20 }, (_, index) => `web/web/${String(index).padStart(32, '0')}`);

/** The child: a log group of so many lines, and nothing else outside. */
async function show(lines: number): Promise<void> {
  const count = Math.abs(lines);
  const restore = standIn(() => outside(count, lines < 0));
  const follow = lines < 0 ? ['-f'] : [];
  process.exitCode = await runCommandLine(['logs', 'hello', '--since', '1h', ...follow]);
  restore();
  process.stderr.write(`peak ${process.resourceUsage().maxRSS}\n`);
}

function outside(count: number, follow: boolean): Windows {
  const none = { kind: 'none' } as const;
  const windows = openAws({ region: { kind: 'given', value: 'us-east-1' }, profile: none, endpoint: none });
  const begin = Date.now() - 3_600_000;
  const filter = async ({ token }: LogQuery): Promise<LogPage> => {
    const at = token.kind === 'given' ? Number(token.value) : 0;
    const length = Math.min(PAGE, count - at);
    if (follow && at + length >= count) process.kill(process.pid, 'SIGINT');
    return {
      kind: 'page',
      lines: pageOf(begin, count, at, length),
      token: at + length < count ? { kind: 'given', value: `${at + length}` } : none,
    };
  };
  return {
    ...windows,
    identity: {
      caller: async () => ({ account: '123456789012', arn: 'arn:aws:iam::1:user/you', region: 'us-east-1', partition: 'aws' }),
    },
    stacks: { ...windows.stacks, describe: async () => none },
    store: { ...windows.store, list: async () => ({ objects: [], more: false, now: begin + 3_600_000 }) },
    logs: { ...windows.logs, filter },
  };
}

/** Ids as long as those of CloudWatch; the lines fill the hour. */
function pageOf(begin: number, count: number, from: number, length: number) {
  return Array.from({ length }, (_, index) => {
    const number = from + index;
    const at = begin + Math.floor((number * 3_600_000) / count);
    const text = `GET /orders/${number} 200 ${number % 97} ms request=${String(number).padStart(32, '0')}`;
    return {
      id: String(number).padStart(56, '3'),
      stream: STREAMS[number % STREAMS.length] as string,
      at,
      arrivedAt: at + 500,
      text,
    };
  });
}

const asked = process.env['EMPIRE_BENCH_LINES'];
if (asked === undefined) void main();
else void show(Number(asked));
