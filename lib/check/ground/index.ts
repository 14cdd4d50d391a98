import type { CheckResult } from '../../model/check.js';
import { runRule } from '../rule.js';
import { balancers } from './balancers.js';
import { cluster } from './cluster.js';
import { boundary, githubProvider } from './identities.js';
import type { GroundInput, GroundRule } from './input.js';
import { certificate, releases } from './kept.js';
import { appTasksGroup, subnets, vpc } from './network.js';
import { publicZones, zone } from './zones.js';

export type { GroundInput } from './input.js';

/** In the order in which people read them, and in which a deploy of the platform stops for them. */
export const GROUND_RULES: readonly GroundRule[] = [
  vpc,
  subnets,
  zone,
  publicZones,
  appTasksGroup,
  cluster,
  balancers,
  certificate,
  releases,
  boundary,
  githubProvider,
];

/** Whether what the platform adopts is there and fits; nothing for a platform that makes everything itself. Only reads. */
export async function runGroundChecks(input: GroundInput): Promise<readonly CheckResult[]> {
  const answers = await Promise.all(GROUND_RULES.map((rule) => runRule(rule, input)));
  return answers.flat();
}
