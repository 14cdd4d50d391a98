import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { runOnScreen } from '../support/transcript.js';

interface CommandModule {
  readonly default: { readonly summary?: string; readonly examples?: readonly string[] };
}

describe('the examples in the help', () => {
  const files = readdirSync('lib/commands').filter((file) => file.endsWith('.ts'));
  for (const file of files) {
    it(`of \`${file.replace('.ts', '')}\` work`, async () => {
      const { default: command } = require(resolve('lib/commands', file)) as CommandModule;
      expect(command.summary).to.be.a('string');
      expect(command.examples, 'examples').to.have.length.greaterThan(0);
      for (const example of command.examples ?? []) expect(await tryOut(example), example).to.deep.equal([0, '']);
    });
  }
});

/** In a fresh repository; gives the exit code and the errors. */
async function tryOut(example: string): Promise<[number, string]> {
  const words = [...example.replace('<%= config.bin %> ', '').matchAll(/"([^"]*)"|(\S+)/g)].map(
    (match) => match[1] ?? (match[2] as string),
  );
  const root = mkdtempSync(join(tmpdir(), 'empire-example-'));
  cpSync('test/commands/folders/two-apps', root, { recursive: true });
  const before = process.cwd();
  process.chdir(root);
  try {
    const { code, stderr } = await runOnScreen(words);
    return [
      code,
      stderr
        .split('\n')
        .filter((line) => line.startsWith('error'))
        .join('\n'),
    ];
  } finally {
    process.chdir(before);
    rmSync(root, { recursive: true });
  }
}
