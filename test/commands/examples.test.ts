import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { runOnScreen, type Screen } from '../support/transcript.js';

interface CommandModule {
  readonly default: { readonly summary?: string; readonly examples?: readonly string[] };
}

/** Nobody waits, and nothing is real: an example may say `--rehearse` or not. */
const REHEARSED = {
  EMPIRE_REHEARSE: '1',
  EMPIRE_REHEARSE_SPEED: 'infinite',
  EMPIRE_REHEARSE_START: '2026-06-04T14:27:00Z',
};

/** What there is when an example is typed: two releases of each app. */
const BEFORE = [
  ['deploy', 'hello'],
  ['deploy', 'hello', 'nginxdemos/hello:0.5'],
  ['deploy', 'acme-inc'],
  ['deploy', 'remind101/acme-inc:v1.5'],
];

/** The task of the examples, as it was called in 2015; here the first one of web takes its place. */
const TASK = '217e2ddd';

describe('the examples in the help', () => {
  let prepared: string;
  let task: string;

  before(async function () {
    this.timeout(60_000);
    prepared = mkdtempSync(join(tmpdir(), 'empire-examples-'));
    cpSync('test/commands/folders/two-apps', prepared, { recursive: true });
    appendFileSync(join(prepared, 'apps/acme-inc/Procfile'), 'release: ./bin/migrate\n');
    appendFileSync(join(prepared, 'apps/acme-inc/env'), 'RACK_ENV=production\n');
    writeFileSync(join(prepared, 'apps/acme-inc/domains.production'), 'acme-inc.example.com\n');
    writeFileSync(join(prepared, 'apps/hello/env'), 'GREETING=hello\n');
    writeFileSync(join(prepared, 'failures.jsonl'), '{"fail": "update", "resource": "WebService"}\n');
    for (const words of BEFORE) expect((await inFolder(prepared, words)).code, words.join(' ')).to.equal(0);
    const { tasks } = JSON.parse((await inFolder(prepared, ['ps', 'acme-inc', '--json'])).stdout);
    task = tasks.find(({ process }: { process: string }) => process === 'web').id.slice(0, TASK.length);
  });

  after(() => rmSync(prepared, { recursive: true }));

  const files = readdirSync('lib/commands', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('session'))
    .sort();
  for (const file of files) {
    it(`of \`${nameOf(file)}\` work`, async () => {
      const { default: command } = require(resolve('lib/commands', file)) as CommandModule;
      expect(command.summary).to.be.a('string');
      expect(command.examples, 'examples').to.have.length.greaterThan(0);
      for (const example of command.examples ?? [])
        expect(await tryOut(example.replace(TASK, task), prepared), example).to.deep.equal([0, '']);
    });
  }
});

function nameOf(file: string): string {
  return file.replace(/(\/index)?\.ts$/, '').replaceAll('/', ' ');
}

/** In a fresh copy of the repository; gives the exit code and the errors. */
async function tryOut(example: string, prepared: string): Promise<[number, string]> {
  const words = [...example.replace('<%= config.bin %> ', '').matchAll(/"([^"]*)"|(\S+)/g)].map(
    (match) => match[1] ?? (match[2] as string),
  );
  const root = mkdtempSync(join(tmpdir(), 'empire-example-'));
  cpSync(prepared, root, { recursive: true });
  try {
    const { code, stderr } = await inFolder(root, words);
    return [
      code,
      stderr
        .split('\n')
        .filter((line) => line.startsWith('error'))
        .join('\n'),
    ];
  } finally {
    rmSync(root, { recursive: true });
  }
}

async function inFolder(root: string, words: readonly string[]): Promise<Screen> {
  const before = process.cwd();
  process.chdir(root);
  try {
    return await runOnScreen(words, REHEARSED);
  } finally {
    process.chdir(before);
  }
}
