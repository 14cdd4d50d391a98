import type { Problem } from '../model/problem.js';

/** Every problem once (a line of the base is read for every environment), by file, line and column; a file's own come first. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...unique.values()].sort(byPlace);
}

function byPlace(a: Problem, b: Problem): number {
  const left = keyOf(a);
  const right = keyOf(b);
  const at = left.findIndex((part, index) => part !== right[index]);
  if (at === -1) return 0;
  return (left[at] as string | number) < (right[at] as string | number) ? -1 : 1;
}

const keyOf = ({ place, code, message }: Problem): readonly (string | number)[] => {
  const point = place.kind === 'point' ? place : { line: 0, column: 0 };
  return [place.file, point.line, point.column, code, message];
};
