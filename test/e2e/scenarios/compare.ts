import type { Outcome, Played } from './scenario.js';

/** One place in which moto and the rehearsal are not the same. */
export interface Difference {
  readonly scenario: string;
  readonly step: string;
  /** `<where in the outcome>: moto …, rehearsal …`. */
  readonly difference: string;
}

/** A difference that may be there, as `differences.json` has it. */
export interface AllowedDifference extends Difference {
  readonly reason: string;
}

/** All differences of one scenario. */
export function compare(scenario: string, moto: Played, rehearsal: Played): Difference[] {
  const steps = [...new Set([...moto.keys(), ...rehearsal.keys()])];
  return steps.flatMap((step) =>
    outcomesDiffer(moto.get(step), rehearsal.get(step)).map((difference) => ({ scenario, step, difference })),
  );
}

function outcomesDiffer(moto: Outcome | undefined, rehearsal: Outcome | undefined): string[] {
  const both = moto !== undefined && rehearsal !== undefined && 'returned' in moto && 'returned' in rehearsal;
  if (both) return differ(moto.returned, rehearsal.returned, 'result');
  const [one, other] = [renderOutcome(moto), renderOutcome(rehearsal)];
  return one === other ? [] : [`outcome: moto ${one}, rehearsal ${other}`];
}

function renderOutcome(outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'has no such step';
  return 'failed' in outcome ? `fails with ${outcome.failed}` : `gives ${render(outcome.returned)}`;
}

function differ(moto: unknown, rehearsal: unknown, path: string): string[] {
  if (isTree(moto) && isTree(rehearsal) && Array.isArray(moto) === Array.isArray(rehearsal)) {
    const keys = [...new Set([...Object.keys(moto), ...Object.keys(rehearsal)])];
    return keys.flatMap((key) => differ(moto[key], rehearsal[key], `${path}.${key}`));
  }
  return Object.is(moto, rehearsal) ? [] : [`${path}: moto ${render(moto)}, rehearsal ${render(rehearsal)}`];
}

const isTree = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const render = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** What is wrong with the list of allowed differences of one scenario, a line each: what it lacks, and what it has for nothing. */
export function judge(found: readonly Difference[], allowed: readonly AllowedDifference[]): string[] {
  const missing = found.filter((one) => !allowed.some((other) => isSame(one, other)));
  const stale = allowed.filter((one) => !found.some((other) => isSame(one, other)));
  return [
    ...missing.map((one) => `not allowed: ${JSON.stringify(one)}`),
    ...stale.map(({ scenario, step, difference }) => `no longer occurs: ${JSON.stringify({ scenario, step, difference })}`),
  ];
}

const isSame = (one: Difference, other: Difference): boolean =>
  one.scenario === other.scenario && one.step === other.step && one.difference === other.difference;

/** Every difference with the reason that it had; those that are new have none yet. */
export function withReasons(found: readonly Difference[], allowed: readonly AllowedDifference[]): AllowedDifference[] {
  return found.map((one) => ({ ...one, reason: allowed.find((other) => isSame(one, other))?.reason ?? '' }));
}
