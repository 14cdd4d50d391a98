import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './repository.js';

/** A Python that has exactly the package of requirements.txt, or why there is none. */
export type FoundPython = { readonly kind: 'found'; readonly python: string } | { readonly kind: 'absent'; readonly why: string };

const REQUIREMENTS = join(ROOT, 'requirements.txt');
const VENV = join(ROOT, '.venv');
const OWN = join(VENV, 'bin', 'python');

/** Names the Python that runs it when that has this version of a package. It does not import it, which may take a second. */
const HAS = `
import importlib.metadata, importlib.util, sys
module, name, version = sys.argv[1:]
try:
    there = importlib.util.find_spec(module) is not None and importlib.metadata.version(name) == version
except importlib.metadata.PackageNotFoundError:
    there = False
if not there:
    sys.exit(1)
print(sys.executable)
`;

/**
 * Makes .venv, one process at a time: mocha's workers may want it at once. Who waited looks again. The system gives up the lock when
 * the last program has ended that works under it.
 */
const INSTALL = `
import fcntl, os, subprocess, sys
venv, requirements, own, has, *wanted = sys.argv[1:]
lock = open(requirements)
fcntl.flock(lock, fcntl.LOCK_EX)
def run(*step):
    return subprocess.run(step, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, pass_fds=[lock.fileno()])
if os.path.exists(own) and run(own, "-c", has, *wanted).returncode == 0:
    sys.exit()
pip = (own, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements)
for step in [(sys.executable, "-m", "venv", venv), pip]:
    ran = run(*step)
    if ran.returncode != 0:
        sys.exit(" ".join(step) + ": " + ran.stdout.strip())
`;

/** Packages of requirements.txt and what is imported of them. */
const PACKAGES = { 'cfn-lint': 'cfnlint', moto: 'moto' } as const;
type Package = keyof typeof PACKAGES;

const found = new Map<Package, FoundPython>();

/** The system's Python when it has the pinned version, else one of our own in `.venv`; looked for once in a process. */
export function findPython(name: Package): FoundPython {
  const known = found.get(name) ?? lookForPython(name);
  found.set(name, known);
  return known;
}

function lookForPython(name: Package): FoundPython {
  const wanted = [PACKAGES[name], name, pinnedVersion(name)];
  for (const python of ['python3', OWN]) {
    const { status, stdout } = spawnSync(python, ['-c', HAS, ...wanted], { encoding: 'utf8', cwd: ROOT });
    if (status === 0) return { kind: 'found', python: stdout.trim() };
  }
  const { status, stderr, error } = spawnSync('python3', ['-c', INSTALL, VENV, REQUIREMENTS, OWN, HAS, ...wanted], {
    encoding: 'utf8',
    cwd: ROOT,
  });
  if (status !== 0) return { kind: 'absent', why: `python3: ${error?.message ?? stderr.trim()}` };
  return { kind: 'found', python: OWN };
}

/** The Python for cfn-lint. */
export const findLintPython = (): FoundPython => findPython('cfn-lint');

function pinnedVersion(name: Package): string {
  const line = new RegExp(`^${name}(?:\\[\\w+\\])?==(\\S+)$`, 'm').exec(readFileSync(REQUIREMENTS, 'utf8'));
  if (line?.[1] === undefined) throw new Error(`requirements.txt does not pin ${name}`);
  return line[1];
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
