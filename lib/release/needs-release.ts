import { forcedResources } from './forced-resources.js';
import type { Situation } from './situation.js';
import { wayForward } from './stack-way.js';

/** Whether a release is due although its template is what the stack has: the stack is stuck, or is not what CloudFormation believes. */
export function needsRelease({ stack, recent }: Pick<Situation, 'stack' | 'recent'>): boolean {
  const { way } = wayForward(stack);
  return way === 'continue' || way === 'delete' || forcedResources(recent.map(({ record }) => record)).length > 0;
}
