import { Failure } from '../../failure.js';
import type { Problem } from '../../model/problem.js';
import { renderPlace } from '../../view/problem.js';

/** App directories that were refused, thrown where a command cannot go on without them; all problems are shown. */
export class Refusal extends Failure {
  constructor(readonly problems: readonly Problem[]) {
    const first = problems.find(({ severity }) => severity === 'error') as Problem;
    super(renderPlace(first.place), first.message, first.hint, first.code);
  }
}
