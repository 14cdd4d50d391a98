import type { Given } from '../model/given.js';
import type { Place, Problem } from '../model/problem.js';

/** `apps/acme-inc/scale:2:5`, or the file alone. */
export function renderPlace(place: Place): string {
  return place.kind === 'point' ? `${place.file}:${place.line}:${place.column}` : place.file;
}

/** One problem: where and what, then what was written, what may be written, and what to do. */
export function renderProblem(problem: Problem): string {
  return [
    `${problem.severity}: ${renderPlace(problem.place)}: ${problem.message}`,
    ...line('given', problem.given),
    ...line('allowed', problem.allowed),
    `  hint: ${problem.hint}`,
  ].join('\n');
}

/** Problems, one block each; ends with a newline unless there is none. */
export function renderProblems(problems: readonly Problem[]): string {
  return problems.map((problem) => `${renderProblem(problem)}\n`).join('');
}

function line(label: string, value: Given<string>): string[] {
  return value.kind === 'given' ? [`  ${label}: ${value.value}`] : [];
}
