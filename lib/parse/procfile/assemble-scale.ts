import type { Autoscale, Count, Exposure } from '../../model/app.js';
import { type Draft, given } from './assemble-context.js';

const CRON_MOST = 10;

function countOf({ scale }: Draft) {
  return scale.kind === 'given' && scale.value.count.kind === 'given' ? scale.value.count.value : undefined;
}

/** `release` and `noservice` processes have a size, never a count. */
export function refuseCount(draft: Draft): void {
  const { process, kind, problems } = draft;
  const count = countOf(draft);
  if (count === undefined || kind === 'service' || kind === 'cron') return;
  const why = kind === 'release' ? 'it runs once at each release' : 'it has `noservice`, so nothing runs until `empire run`';
  problems.error('scale-not-scalable', count.place, `\`${process.name}\` cannot have a count: ${why}`, {
    allowed: `a size alone: \`${process.name}=:1X\``,
    hint: `remove the line, or write \`${process.name}=:1X\``,
  });
}

/** Tasks per tick of a scheduled process. */
export function assembleTicks(draft: Draft): number {
  const { process, problems } = draft;
  const count = countOf(draft);
  if (count === undefined || count.value.kind === 'off') return 1;
  if (count.value.kind === 'range') {
    problems.error('scale-cron-range', count.place, `\`${process.name}\` is scheduled, so its count cannot be a range`, {
      given: `${count.value.min}-${count.value.max}`,
      allowed: `0-${CRON_MOST} tasks per tick`,
      hint: `write \`${process.name}=${Math.min(Math.max(count.value.min, 1), CRON_MOST)}\``,
    });
    return 1;
  }
  if (count.value.tasks > CRON_MOST) {
    problems.error('scale-cron-most', count.place, `\`${process.name}\` would start too many tasks per tick`, {
      given: `${count.value.tasks}`,
      allowed: `0-${CRON_MOST}`,
      hint: `write \`${process.name}=${CRON_MOST}\`, or let the tasks share the work otherwise`,
    });
  }
  return count.value.tasks;
}

/** How many tasks of a service run. */
export function assembleCount(draft: Draft, exposure: Exposure): Count {
  const { process, problems } = draft;
  const autoscale = process.keys.autoscale;
  refuseRequests(draft, exposure);
  const count = countOf(draft);
  if (count?.value.kind === 'range') return assembleRange(draft, { ...count.value, place: count.place });
  if (autoscale !== undefined) {
    problems.note(
      'autoscale-unused',
      autoscale.place,
      `\`${process.name}\` has a fixed count, so \`autoscale\` does nothing now`,
      {
        hint: `for autoscaling write a range in \`scale\`, such as \`${process.name}=1-4\``,
      },
    );
  }
  if (count?.value.kind === 'fixed') return { kind: 'fixed', tasks: count.value.tasks };
  if (process.name === 'web') return { kind: 'fixed', tasks: 1 };
  problems.note('scale-unlisted', process.place, `\`${process.name}\` is not in \`scale\`, so none of it runs`, {
    hint: `write \`${process.name}=1\` in \`scale\` to run one, \`${process.name}=0\` to keep none`,
  });
  return { kind: 'fixed', tasks: 0 };
}

function refuseRequests({ process, problems }: Draft, exposure: Exposure): void {
  const requests = process.keys.autoscale?.value.requests;
  if (requests === undefined || exposure.kind === 'http') return;
  problems.error(
    'autoscale-requests',
    requests.place,
    `\`${process.name}\` has no http port, so its requests cannot be counted`,
    {
      given: `${requests.value}`,
      allowed: 'cpu, memory, queue, schedule',
      hint: 'remove `requests`, or give the process an http port',
    },
  );
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly place: Draft['process']['place'];
}

function assembleRange(draft: Draft, { min, max, place }: Range): Count {
  const { process, problems } = draft;
  const written = process.keys.autoscale?.value;
  if (written === undefined) {
    problems.note('autoscale-default', place, `\`${process.name}\` has a range and no \`autoscale\`: it follows CPU at 70 %`, {
      given: `${min}-${max}`,
      hint: `write \`autoscale: {cpu: 70}\` under \`${process.name}\` in the Procfile to say so`,
    });
  }
  if (min === 0 && written?.queue === undefined && (written?.schedule?.value.length ?? 0) === 0) {
    problems.error(
      'autoscale-min-zero',
      place,
      `\`${process.name}\` would stop at 0 tasks and never start again: nothing is measured there`,
      {
        given: `${min}-${max}`,
        allowed: 'a minimum of 0 with `autoscale: {queue}` or `autoscale: {schedule}`',
        hint: `write \`${process.name}=1-${max}\``,
      },
    );
  }
  return { kind: 'range', min, max, autoscale: autoscaleOf(draft) };
}

function autoscaleOf({ process }: Draft): Autoscale {
  const written = process.keys.autoscale?.value ?? { cpu: { value: 70 } };
  const timezone = process.keys.timezone?.value ?? 'UTC';
  const schedule = 'schedule' in written ? (written.schedule?.value ?? []) : [];
  const { memory, requests, queue } = process.keys.autoscale?.value ?? {};
  return {
    cpu: given(written.cpu?.value),
    memory: given(memory?.value),
    requests: given(requests?.value),
    queue: given(queue?.value),
    schedule: schedule.map(({ expression, min, max }) => ({ expression, timezone, min, max })),
  };
}
