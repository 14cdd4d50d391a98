import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Problem } from '../../lib/model/problem.js';
import { allotParsed, compileParsed, compilePlatform, hasErrors } from '../../lib/pipeline.js';
import { parseRoot, ROOT } from './root.js';

/** Folders with one thing wrong each, named for the code of its problem; `expected.txt` holds the words. */
export const BROKEN = path.join(ROOT, 'test', 'fixtures', 'broken');

export function brokenCases(): string[] {
  return fs
    .readdirSync(BROKEN, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** What a synth of the folder says, in the environment that the file `environment` beside it names, or in the default one. */
export function problemsOf(name: string): Problem[] {
  const root = path.join(BROKEN, name);
  const chosen = path.join(root, 'environment');
  const environment = fs.existsSync(chosen) ? fs.readFileSync(chosen, 'utf8').trim() : 'default';
  const parsed = parseRoot(root, { environment });
  if (hasErrors(parsed.problems)) return [...parsed.problems];
  const allotted = allotParsed(parsed, false);
  const { problems } = compileParsed(parsed, allotted.ledger);
  return [...problems, ...compilePlatform(parsed).problems, ...allotted.problems];
}

/** The codes of errors that the program's text can make: code → the first file that makes it. */
export function errorCodes(): Map<string, string> {
  const codes = new Map<string, string>();
  for (const file of ['lib', 'constructs'].flatMap((room) => sources(path.join(ROOT, room)))) {
    const text = fs.readFileSync(file, 'utf8');
    for (const [, code] of text.matchAll(/\berror\(\s*'([a-z0-9-]+)'/g)) {
      if (!codes.has(code as string)) codes.set(code as string, path.relative(ROOT, file));
    }
  }
  return codes;
}

/** The codes that a test says it covers, on a line `covers: <code>`, because no fixture can hold what makes them. */
export function coveredInTests(): Set<string> {
  const covered = new Set<string>();
  for (const file of sources(path.join(ROOT, 'test'))) {
    for (const [, code] of fs.readFileSync(file, 'utf8').matchAll(/^\s*\/\/ covers: ([a-z0-9-]+)$/gm))
      covered.add(code as string);
  }
  return covered;
}

function sources(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
