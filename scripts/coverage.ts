/** Fails when a room that decides what is deployed is tested too little. Reads what `c8` has just written. */
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const ROOT = join(__dirname, '..');
const LEAST_PERCENT = 95;
const ROOMS = ['lib/parse', 'lib/compile', 'constructs'];
const MEASURES = ['statements', 'branches'] as const;

type Summary = Record<string, Record<(typeof MEASURES)[number], { total: number; covered: number }>>;

const summary = JSON.parse(readFileSync(join(ROOT, 'coverage', 'coverage-summary.json'), 'utf8')) as Summary;

function percent(room: string, measure: (typeof MEASURES)[number]): number {
  const files = Object.entries(summary).filter(([file]) => relative(ROOT, file).split(sep).join('/').startsWith(`${room}/`));
  if (files.length === 0) throw new Error(`no file of ${room} was measured: run \`npm test\``);
  const sum = (key: 'total' | 'covered'): number => files.reduce((total, [, figures]) => total + figures[measure][key], 0);
  return (100 * sum('covered')) / sum('total');
}

for (const room of ROOMS) {
  const figures = MEASURES.map((measure) => ({ measure, value: percent(room, measure) }));
  console.log(`coverage of ${room}: ${figures.map(({ measure, value }) => `${measure} ${value.toFixed(1)} %`).join(', ')}`);
  if (figures.some(({ value }) => value < LEAST_PERCENT)) process.exitCode = 1;
}
if (process.exitCode === 1)
  console.error(`coverage: at least ${LEAST_PERCENT} % is wanted of each; \`npx c8 report --reporter text\` shows the lines`);
