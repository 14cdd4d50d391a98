import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small app that uses what most apps use. */
const FILES: Readonly<Record<string, string>> = {
  image: 'example/demo:v1\n',
  Procfile: 'web: bin/web\nworker: bin/work\nreport:\n  command: bin/report\n  cron: "0 6 * * *"\n',
  env: 'RACK_ENV=production\n',
  secrets: 'KEY=ssm:/demo/key\n',
  scale: 'web=2:1X\nworker=1\n',
};

/** Lines that people write most. Each run adds the code that V8 compiled for it to that of the command. */
const LINES = [
  'synth demo',
  'synth demo --json',
  'synth -o out',
  'set A=0 -a demo --no-deploy',
  'synth -o out',
  'synth -o out',
  'lint demo',
  'lint',
  'show demo',
  'graph',
  'cost demo',
  'environments',
  'deploy demo --rehearse --yes',
  'releases -a demo --rehearse',
  'releases -a demo --json --rehearse',
  'ps demo --rehearse',
  'info demo --rehearse',
  'apps --rehearse',
  'diff demo --rehearse',
  'scale worker=2 -a demo --rehearse',
  'set A=1 -a demo --rehearse --yes',
  'env -a demo',
  'rollback v1 -a demo --rehearse --yes',
  'logs demo --rehearse',
];

/** Runs the programs of a folder where nothing is at stake, so that the first start of a person is as fast as the next one. */
export function warm(programs: string): void {
  const root = mkdtempSync(join(tmpdir(), 'empire-warm-'));
  const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;
  try {
    const app = join(root, 'apps', 'demo');
    mkdirSync(app, { recursive: true });
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(app, name), text);
    const env = {
      ...environment,
      EMPIRE_REHEARSE_SPEED: 'infinite',
      CI: '',
      EMPIRE_CACHE: join(root, 'cache'),
      EMPIRE_KEEP_COMPILED: '1',
    };
    const run = (line: string): void => {
      const [program = '', ...words] = line.split(' ');
      const { status, stderr } = spawnSync(process.execPath, [join(programs, program), ...words], {
        cwd: root,
        env,
        encoding: 'utf8',
      });
      if (status !== 0) process.stderr.write(`\`${line}\` left no compiled code: ${stderr}`);
    };
    for (const line of LINES) run(`empire ${line}`);
    run('empire-cdk');
  } finally {
    rmSync(root, { recursive: true });
  }
}
