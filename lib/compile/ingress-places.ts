import type { IngressProblem } from '../../constructs/ingress/refusals.js';
import type { Origins, Problem } from '../model/problem.js';
import { nearestOrigin } from './source-map.js';

/** The problems of an app's ingress at the line that made them; those that nobody wrote stay at their file. */
export function placed(problems: readonly IngressProblem[], origins: Origins): Problem[] {
  return problems.map(({ pointer, ...problem }) => {
    if (pointer.kind === 'none') return problem;
    const origin = nearestOrigin(pointer.value, origins);
    if (origin.kind === 'default') return problem;
    const { file, line, column } = origin;
    return { ...problem, place: { kind: 'point', file, line, column } };
  });
}
