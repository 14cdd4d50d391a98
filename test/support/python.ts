import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './repository.js';

/** A Python that has exactly the package of requirements.txt, or why there is none. */
export type FoundPython = { readonly kind: 'found'; readonly python: string } | { readonly kind: 'absent'; readonly why: string };

const VENV = join(ROOT, '.venv');

/** Packages of requirements.txt and what is imported of them. */
const PACKAGES = { 'cfn-lint': 'cfnlint', moto: 'moto.server' } as const;
type Package = keyof typeof PACKAGES;

const found = new Map<Package, FoundPython>();

/** The system's Python when it has the pinned version, else one of our own in `.venv`; looked for once in a process. */
export function findPython(name: Package): FoundPython {
  const known = found.get(name) ?? lookForPython(name);
  found.set(name, known);
  return known;
}

function lookForPython(name: Package): FoundPython {
  const wanted = pinnedVersion(name);
  const own = join(VENV, 'bin', 'python');
  if (versionIn('python3', name) === wanted) return { kind: 'found', python: 'python3' };
  if (existsSync(own) && versionIn(own, name) === wanted) return { kind: 'found', python: own };
  const made = install(own);
  if (made !== '') return { kind: 'absent', why: made };
  return { kind: 'found', python: own };
}

/** The Python for cfn-lint. */
export const findLintPython = (): FoundPython => findPython('cfn-lint');

/** Why `.venv` could not be made; empty when it was. */
function install(own: string): string {
  const steps: [string, string[]][] = [
    ['python3', ['-m', 'venv', VENV]],
    [own, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', join(ROOT, 'requirements.txt')]],
  ];
  for (const [program, parameters] of steps) {
    const { status, stderr, error } = spawnSync(program, parameters, { encoding: 'utf8', cwd: ROOT });
    if (status !== 0) return `${program} ${parameters.join(' ')}: ${error?.message ?? stderr.trim()}`;
  }
  return '';
}

function pinnedVersion(name: Package): string {
  const line = new RegExp(`^${name}(?:\\[\\w+\\])?==(\\S+)$`, 'm').exec(readFileSync(join(ROOT, 'requirements.txt'), 'utf8'));
  if (line?.[1] === undefined) throw new Error(`requirements.txt does not pin ${name}`);
  return line[1];
}

function versionIn(python: string, name: Package): string {
  const program = `import ${PACKAGES[name]}, importlib.metadata as m; print(m.version("${name}"))`;
  const { status, stdout } = spawnSync(python, ['-c', program], { encoding: 'utf8', cwd: ROOT });
  return status === 0 ? stdout.trim() : '';
}

/** One finding of cfn-lint. */
export interface Finding {
  readonly file: string;
  /** e.g. `E3012`. */
  readonly rule: string;
  readonly message: string;
  /** e.g. `Resources/WebService/Properties/DesiredCount`. */
  readonly path: string;
}

interface RawFinding {
  readonly Filename: string;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[] | null };
}

/** All findings of one run over many files. */
export function lint(python: string, files: readonly string[]): Finding[] {
  // It makes far more objects than it drops: looking for garbage among them all the time takes an eighth of the run.
  const program = 'import gc; gc.set_threshold(100000, 50, 50); from cfnlint.runner import main; main()';
  const parameters = ['-c', program, '--format', 'json', '--', ...files];
  const { status, stdout, stderr } = spawnSync(python, parameters, { encoding: 'utf8', cwd: ROOT, maxBuffer: 1 << 28 });
  // cfn-lint's status is a sum of 2 (errors), 4 (warnings) and 8 (notices); 1 and 16 and above are its own failures.
  if (status === null || status === 1 || status > 15) throw new Error(`cfn-lint failed with ${status}: ${stderr}`);
  const raw: readonly RawFinding[] = stdout.trim() === '' ? [] : JSON.parse(stdout);
  return raw.map(({ Filename, Message, Rule, Location }) => ({
    file: Filename,
    rule: Rule.Id,
    message: Message,
    path: (Location.Path ?? []).join('/'),
  }));
}
