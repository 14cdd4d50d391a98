import type { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { Problem } from '../model/problem.js';

/** A problem as programs see it. */
export interface ProblemJson {
  readonly severity: Problem['severity'];
  readonly code: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly given: string | null;
  readonly allowed: string | null;
  readonly hint: string;
}

const orNull = (value: Given<string>): string | null => (value.kind === 'given' ? value.value : null);

export function problemAsJson(problem: Problem): ProblemJson {
  const { severity, code, message, place, given, allowed, hint } = problem;
  const point = place.kind === 'point' ? { line: place.line, column: place.column } : { line: null, column: null };
  return { severity, code, message, file: place.file, ...point, given: orNull(given), allowed: orNull(allowed), hint };
}

/** A refusal: the first error is `error`; all problems are beside it. */
export function problemsAsError(problems: readonly Problem[]): object {
  const all = problems.map(problemAsJson);
  const first = all.find((problem) => problem.severity === 'error');
  if (first === undefined) return { problems: all };
  const { severity: _, ...error } = first;
  return { error, problems: all };
}

/** A failure that is not about a line of a file. */
export function failureAsJson(failure: Failure): object {
  const nowhere = { file: null, line: null, column: null, given: null, allowed: null };
  return { error: { code: failure.code, message: failure.message, ...nowhere, hint: failure.hint } };
}
