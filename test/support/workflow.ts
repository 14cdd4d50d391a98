import { spawnSync } from 'node:child_process';
import { load } from 'js-yaml';

/** A GitHub Actions workflow, as far as ours go. */
interface Workflow {
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** What GitHub knows when a workflow runs: `github.base_ref` → `main`. */
export type Facts = Readonly<Record<string, string>>;

/** One step as it ran. */
export interface Ran {
  readonly job: string;
  /** The command line, or the name of the action. */
  readonly step: string;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Does what an action or `npm ci` would do; every one must be known. */
  readonly stands: (step: string, input: Readonly<Record<string, string>>) => void;
}

/** Runs the jobs whose condition holds, step by step as GitHub does; a step that fails ends its job. */
export function runWorkflow(text: string, facts: Facts, { cwd, env, stands }: Surroundings): Ran[] {
  const { jobs } = load(text) as Workflow;
  const ran: Ran[] = [];
  for (const [job, { if: condition, steps }] of Object.entries(jobs)) {
    if (condition !== undefined && !holds(condition, facts)) continue;
    for (const step of steps) {
      const one = { job, ...runStep(step) };
      ran.push(one);
      if (one.code !== 0) break;
    }
  }
  return ran;

  function runStep({ uses, run, with: input = {}, env: own = {} }: Step): Omit<Ran, 'job'> {
    const name = uses ?? run ?? '';
    if (run === undefined || run === 'npm ci') {
      stands(name, Object.fromEntries(Object.entries(input).map(([key, value]) => [key, filledIn(String(value), facts)])));
      return { step: name, code: 0, stdout: '', stderr: '' };
    }
    const variables = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, filledIn(value, facts)]));
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', filledIn(run, facts)], {
      cwd,
      env: { ...env, ...variables },
      encoding: 'utf8',
      timeout: 120_000,
    });
    return { step: run, code: status ?? -1, stdout, stderr };
  }
}

/** `${{ name }}` → its value. A name that is not known is a mistake in the workflow. */
function filledIn(text: string, facts: Facts): string {
  return text.replaceAll(/\$\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => fact(name, facts));
}

function fact(name: string, facts: Facts): string {
  const value = facts[name];
  if (value === undefined) throw new Error(`the workflow asks for ${name}, which GitHub does not know`);
  return value;
}

/** `a == 'b' && c == d`. */
function holds(condition: string, facts: Facts): boolean {
  const value = (word: string) => (word.startsWith("'") ? word.slice(1, -1) : fact(word, facts));
  return condition.split('&&').every((part) => {
    const [left, right] = part.split('==').map((word) => word.trim()) as [string, string];
    return value(left) === value(right);
  });
}
