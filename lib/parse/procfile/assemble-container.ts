import type { ContainerHealth, Variable } from '../../model/app.js';
import type { Given } from '../../model/given.js';
import { HEALTH_DEFAULTS } from './key-health.js';
import type { WrittenHealth, WrittenVariable } from './written-process.js';

export const variablesOf = (written: readonly WrittenVariable[] | undefined): readonly Variable[] =>
  (written ?? []).map(({ name, value }) => ({ name, value }));

/** The check inside the container; the grace time is its start period, of which ECS has at most 300 s. */
export function containerHealthOf(written: WrittenHealth | undefined): Given<ContainerHealth> {
  if (written?.command === undefined) return { kind: 'none' };
  const value: ContainerHealth = {
    command: written.command.value,
    intervalSeconds: written.interval?.value ?? HEALTH_DEFAULTS.intervalSeconds,
    timeoutSeconds: written.timeout?.value ?? HEALTH_DEFAULTS.timeoutSeconds,
    retries: written.unhealthy?.value ?? HEALTH_DEFAULTS.unhealthy,
    startSeconds: Math.min(written.grace?.value ?? HEALTH_DEFAULTS.graceSeconds, 300),
  };
  return { kind: 'given', value };
}
