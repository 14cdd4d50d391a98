import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { BARE } from './cases.js';
import type { Verdict } from './limits.js';
import type { Measured } from './measure.js';

/** The page of the docs. */
export function renderReport(all: readonly Measured[], verdicts: readonly Verdict[]): string {
  const bare = all.find(({ name }) => name === BARE)?.milliseconds ?? Number.NaN;
  const rows = all.map(
    ({ name, milliseconds, cpuMilliseconds, peakMegabytes, runs }) =>
      `| ${name} | ${(milliseconds / bare).toFixed(2)} | ${shown(milliseconds)} | ${shown(cpuMilliseconds)} | ${peakMegabytes.toFixed(0)} | ${runs} |`,
  );
  const kept = verdicts.map(({ promise, found, kept: yes }) => `| ${promise} | ${found} | ${yes ? 'yes' : '**no**'} |`);
  return `# Speed

Written by \`npm run bench\`; do not edit. ${machine()}

Times are medians of whole processes, run in turns; the ratio to bare Node, measured in the same run, is what can be compared between machines.
CPU time and memory are of one more run each.

![Time by number of apps](speed.svg)

| what | × bare Node | ms | CPU ms | peak MB | runs |
|---|---:|---:|---:|---:|---:|
${rows.join('\n')}

| promise | measured | kept |
|---|---:|---|
${kept.join('\n')}

"Ordinary" is the CDK CLI with its defaults and an app in TypeScript through tsx, written with the L2 patterns (\`bench/cdk-app.ts\`); its floor is
the CLI alone, given templates that are there. "Cold" is without templates and without anything remembered; before "unchanged" and
"one changed", the templates had lain on the disk for some seconds. \`diff\` and \`check\` ask a rehearsed account, which is a file.
\`empire-cdk\` is what our \`cdk.json\` names: the same CLI, and what is compiled without CDK. "Again" is in turns with the rows beside it.
`;
}

const shown = (milliseconds: number): string =>
  milliseconds < 100 ? milliseconds.toFixed(1) : Math.round(milliseconds).toLocaleString('en');

function machine(): string {
  const version = (name: string): string =>
    JSON.parse(readFileSync(join(__dirname, '..', 'node_modules', name, 'package.json'), 'utf8')).version;
  const [cpu] = cpus();
  return `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${process.platform} ${release()}, ${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${(totalmem() / 1e9).toFixed(0)} GB, aws-cdk ${version('aws-cdk')}, aws-cdk-lib ${version('aws-cdk-lib')}.`;
}
