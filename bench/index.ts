import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BARE, cdkName, Grounds, synthName } from './cases.js';
import { type Verdict, verdicts } from './limits.js';
import { type Case, type Measured, measure } from './measure.js';
import { renderPlot } from './plot.js';
import { renderReport } from './report.js';

const DOCS = join(__dirname, '..', 'docs');

/** `npm run bench`: measures everything and writes docs/speed.md. With `--check` it writes nothing, and fails when a promise is broken. */
function main(): void {
  const directory = mkdtempSync(join(tmpdir(), 'empire-bench-'));
  const check = process.argv.includes('--check');
  try {
    const all = measureAll(new Grounds(directory), check);
    const found = verdicts(all);
    for (const one of found) console.log(`${one.kept ? 'kept  ' : 'BROKEN'}  ${one.promise}: ${one.found}`);
    if (check && found.some(({ kept }) => !kept)) process.exitCode = 1;
    if (!check) write(all, found);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** What people wait for after a checkout, and what they wait for all day: then the templates were written some time ago. */
const KINDS = [
  ['cold', 'all changed'],
  ['unchanged', 'one changed'],
] as const;

/** Longer than a written file must have lain still before it is known without being read. */
const SETTLED_MILLISECONDS = 2500;

/** What is slow is measured less often: its noise is smaller. */
function measureAll(grounds: Grounds, check: boolean): Measured[] {
  const starts = grounds.starts();
  measure([grounds.deployed()], 1);
  const all: Measured[] = [];
  const add = (measured: readonly Measured[]): void => {
    for (const one of measured) console.log(`${one.milliseconds.toFixed(1).padStart(10)} ms  ${one.name}`);
    all.push(...measured);
  };
  add(measure(starts, 21));
  for (const apps of check ? [1000] : [10, 100, 500, 1000]) {
    grounds.root(apps);
    const [first, later] = KINDS.map((kinds) => kinds.map((kind) => grounds.synth(apps, kind))) as [Case[], Case[]];
    add(measure(first, 7));
    // At once, so that what the machine does besides meets both alike.
    if (apps === 1000) add(measure([grounds.cdk(apps, 'ordinary')], 1));
    settle();
    measure([grounds.synth(apps, 'unchanged')], 1);
    add(measure(apps === 1000 ? [...later, grounds.look(apps), ...grounds.beside()] : later, 9));
    if (!check) add(measure(grounds.fleet(apps), 1));
  }
  if (!check) {
    for (const apps of [1, 10, 100]) {
      add(
        measure(
          [
            ...(['ordinary', 'compiled, no validation', 'empire-cdk', 'floor'] as const).map((way) => grounds.cdk(apps, way)),
            ...grounds.withoutCli(apps),
          ],
          apps === 1 ? 3 : 1,
        ),
      );
    }
    add(measure([grounds.cdk(1000, 'compiled, no validation'), grounds.cdk(1000, 'empire-cdk')], 1));
  }
  return all;
}

function settle(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SETTLED_MILLISECONDS);
}

function write(all: readonly Measured[], found: readonly Verdict[]): void {
  mkdirSync(DOCS, { recursive: true });
  writeFileSync(join(DOCS, 'speed.md'), renderReport(all, found));
  const time = (name: string): number => all.find((one) => one.name === name)?.milliseconds ?? Number.NaN;
  const points = (name: (apps: number, what: string) => string, what: string) =>
    [1, 10, 100, 500, 1000].map((apps) => [apps, time(name(apps, what))] as const).filter(([, found]) => !Number.isNaN(found));
  const plot = renderPlot([
    { name: 'cdk synth, ordinary', colour: '#b8312f', points: points(cdkName, 'ordinary') },
    { name: 'cdk synth, no validation', colour: '#d98324', points: points(cdkName, 'compiled, no validation') },
    { name: 'cdk synth, empire-cdk', colour: '#8a5fb0', points: points(cdkName, 'empire-cdk') },
    { name: 'empire synth, cold', colour: '#2464b4', points: points(synthName, 'cold') },
    { name: 'empire synth, one changed', colour: '#2f8f4e', points: points(synthName, 'one changed') },
    { name: 'node -e 0', colour: '#777', points: [1, 1000].map((apps) => [apps, time(BARE)] as const) },
  ]);
  writeFileSync(join(DOCS, 'speed.svg'), plot);
}

main();
