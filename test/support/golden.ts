import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatTemplate } from '../../lib/compile/format-template.js';
import type { Problem } from '../../lib/model/problem.js';
import type { Template } from '../../lib/model/template.js';
import { environmentsOf } from '../../lib/parse/folder.js';
import { allotParsed, compileParsed, readParsed } from '../../lib/pipeline.js';
import { renderProblems } from '../../lib/view/problem.js';
import { readFolder } from '../../lib/windows/disk.js';
import { ROOT } from './repository.js';

export const GOLDENS = join(ROOT, 'test', 'golden');

/** One app of a root, compiled. */
export interface Golden {
  readonly app: string;
  readonly environment: string;
  readonly template: Template;
  /** The bytes of the template file. */
  readonly text: string;
}

export interface CompiledRoot {
  readonly goldens: readonly Golden[];
  readonly problems: readonly Problem[];
}

const NONE = { kind: 'none' } as const;

/** All apps of a root in one environment, through the same stages as `empire synth`. */
export function compileRoot(root: string, environment: string): CompiledRoot {
  const parsed = readParsed({ root, appsPath: 'apps', environment, only: NONE });
  const allotted = allotParsed(parsed, false);
  const { compiled, problems } = compileParsed(parsed, allotted.ledger);
  const goldens = compiled.map(({ app, template }) => ({ app: app.name, environment, template, text: formatTemplate(template) }));
  return { goldens, problems: [...problems, ...allotted.problems] };
}

/** Every environment of a root. */
export function environments(root: string): string[] {
  return environmentsOf(readFolder(root, { appsPath: 'apps', only: NONE }));
}

/** A root whose templates are kept: a case of test/golden, or the samples. */
export interface GoldenCase {
  readonly name: string;
  /** Holds `apps/` and perhaps `platform`. */
  readonly root: string;
  /** Where the expected files are. */
  readonly expected: string;
}

/** The cases of test/golden, and the repository itself for the samples. */
export function goldenCases(): GoldenCase[] {
  const folders = readdirSync(GOLDENS, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'samples',
  );
  const cases = folders.map(({ name }) => ({ name, root: join(GOLDENS, name), expected: join(GOLDENS, name) }));
  return [...cases, { name: 'samples', root: ROOT, expected: join(GOLDENS, 'samples') }];
}

/** What must be in the folder of a case: file name → content. */
export function expectedFiles(goldenCase: GoldenCase): Map<string, string> {
  const files = new Map<string, string>();
  for (const environment of environments(goldenCase.root)) {
    const { goldens, problems } = compileRoot(goldenCase.root, environment);
    for (const golden of goldens) files.set(`${golden.template.stackName}.template.json`, `${golden.text}\n`);
    if (problems.length > 0) files.set(`${environment}.problems.txt`, renderProblems(problems));
  }
  return files;
}

/** Whether goldens are written instead of compared: `npm run golden`. */
export const writesGoldens = process.env['GOLDEN'] === '1';

/** The golden files that are there now, by name. */
export function goldenFiles(expected: string): Map<string, string> {
  let names: string[];
  try {
    names = readdirSync(expected);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
  const kept = names.filter((name) => name.endsWith('.template.json') || name.endsWith('.problems.txt')).sort();
  return new Map(kept.map((name) => [name, readFileSync(join(expected, name), 'utf8')]));
}

export function writeGolden(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The templates of all cases. */
export const goldenTemplates = (): string[] =>
  goldenCases().flatMap(({ expected }) =>
    [...goldenFiles(expected).keys()].filter((name) => name.endsWith('.template.json')).map((name) => join(expected, name)),
  );
