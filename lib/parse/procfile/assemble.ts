import type { Process } from '../../model/app.js';
import { didYouMean } from '../nearest.js';
import { refuseBetweenProcesses } from './assemble-between.js';
import { refuseOtherCapacity } from './assemble-capacity.js';
import { type AssembleInput, type Draft, given, isOff, kindOf } from './assemble-context.js';
import { assembleDeployment } from './assemble-deployment.js';
import { refuseDomainEntries, refuseUnexposedDomains } from './assemble-domains.js';
import { assembleExposure } from './assemble-exposure.js';
import { refuseForeignKeys } from './assemble-kind.js';
import { recordOrigins } from './assemble-origins.js';
import { assembleCount, assembleTicks, refuseCount } from './assemble-scale.js';
import { assembleWorkload } from './assemble-workload.js';
import { HEALTH_DEFAULTS } from './key-health.js';

/** Written processes, `scale`, `domains` and the platform → the processes of the App, sorted by name. */
export function assembleProcesses(input: AssembleInput): Process[] {
  const drafts = input.written.map((process): Draft => {
    return {
      process,
      kind: kindOf(process),
      scale: given(input.scale.get(process.name)),
      domains: input.domains.filter((domain) => domain.process === process.name),
      capacity: process.keys.capacity?.value ?? input.platform.capacity,
      platform: input.platform,
      problems: input.problems,
    };
  });
  refuseUnknownScale(input);
  refuseDomainEntries(input);
  const processes = drafts.map((draft) => {
    const process = assembleProcess(draft);
    recordOrigins(draft, process, input.origins);
    return process;
  });
  refuseBetweenProcesses(drafts, processes);
  return processes.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function assembleProcess(draft: Draft): Process {
  const { name, keys } = draft.process;
  refuseForeignKeys(draft);
  refuseCount(draft);
  if (isOff(draft)) {
    refuseUnexposedDomains(draft, { kind: 'none' });
    return { kind: 'off', name };
  }
  refuseOtherCapacity(draft);
  const exposure = assembleExposure(draft);
  refuseUnexposedDomains(draft, exposure);
  const workload = assembleWorkload(draft, exposure);
  switch (draft.kind) {
    case 'release':
    case 'run-only':
      return { kind: draft.kind, ...workload };
    case 'cron': {
      const timezone = keys.timezone?.value ?? 'UTC';
      const schedules = (keys.cron?.value ?? []).map(({ written, expression }) => ({ written, expression, timezone }));
      return { kind: 'cron', ...workload, schedules, tasks: assembleTicks(draft) };
    }
    case 'service': {
      const graceSeconds = keys.health?.value.grace?.value ?? HEALTH_DEFAULTS.graceSeconds;
      const deployment = assembleDeployment(draft, exposure);
      return { kind: 'service', ...workload, count: assembleCount(draft, exposure), exposure, graceSeconds, deployment };
    }
  }
}

function refuseUnknownScale({ written, scale, problems }: AssembleInput): void {
  const names = new Set(written.map(({ name }) => name));
  for (const { process, place } of scale.values()) {
    if (names.has(process)) continue;
    problems.error('scale-unknown-process', place, `\`${process}\` is not a process of this app`, {
      given: process,
      allowed: [...names].sort().join(', '),
      hint: didYouMean(process, names, `remove the line, or add \`${process}\` to the Procfile`),
    });
  }
}
