import type { Draft, Kind } from './assemble-context.js';
import type { KeyName } from './written-process.js';

const SERVICE: readonly Kind[] = ['service'];

/** Keys that only some kinds of process have; the others belong to all. */
const KINDS_OF_KEY: { readonly [K in KeyName]?: readonly Kind[] } = {
  ports: SERVICE,
  drain: SERVICE,
  idle_timeout: SERVICE,
  sticky: SERVICE,
  deploy: SERVICE,
  autoscale: SERVICE,
  cron: ['cron'],
  timezone: ['cron', 'service'],
  noservice: ['run-only', 'service'],
};

const WORDS: { readonly [K in Kind]: string } = {
  service: 'a process that keeps running',
  cron: 'a scheduled process',
  'run-only': 'a process that runs only when asked (`noservice`)',
  release: 'the `release` process',
};

/** Refuses keys that say nothing on this kind of process. */
export function refuseForeignKeys(draft: Draft): void {
  const { process, kind } = draft;
  for (const name of Object.keys(KINDS_OF_KEY) as KeyName[]) {
    const written = process.keys[name];
    // `ports: []` and `noservice: false` say what is so anyway.
    const harmless =
      written === undefined || written.value === false || (name === 'ports' && process.keys.ports?.value.length === 0);
    if (!harmless && !(KINDS_OF_KEY[name] as readonly Kind[]).includes(kind)) refuseKey(name, draft);
  }
  refuseIdleTimezone(draft);
  refuseServiceSettings(draft);
}

function refuseKey(name: KeyName, { process, kind, problems }: Draft): void {
  const place = process.keys[name]?.place ?? process.place;
  if (kind === 'release') {
    problems.error('release-key', place, `the \`release\` process has no \`${name}\``, {
      given: name,
      allowed: 'what belongs to a task that runs once: command, environment, size and the container settings',
      hint: `remove \`${name}\`, or give the process another name`,
    });
    return;
  }
  problems.error('key-other-kind', place, `\`${name}\` has no meaning on ${WORDS[kind]}`, {
    given: name,
    allowed: (name === 'noservice' ? (['service'] as const) : (KINDS_OF_KEY[name] as readonly Kind[]))
      .map((other) => WORDS[other])
      .join(', '),
    hint: `remove \`${name}\` from \`${process.name}\``,
  });
}

function refuseIdleTimezone({ process, kind, problems }: Draft): void {
  const { timezone, autoscale } = process.keys;
  if (timezone === undefined || kind !== 'service' || autoscale?.value.schedule !== undefined) return;
  problems.error('timezone-without-cron', timezone.place, `\`${process.name}\` has a \`timezone\` but nothing is scheduled`, {
    given: timezone.value,
    allowed: '`timezone` beside `cron` or `autoscale: {schedule}`',
    hint: 'remove `timezone`, or add `cron`',
  });
}

/** Settings inside maps that only a service has. */
function refuseServiceSettings({ process, kind, problems }: Draft): void {
  const ecs = process.keys.ecs?.value;
  if (kind === 'service' || ecs === undefined) return;
  for (const name of ['service', 'target_group', 'placement_strategy'] as const) {
    const written = ecs[name];
    if (written === undefined) continue;
    problems.error('ecs-without-service', written.place, `\`ecs.${name}\` has no meaning on ${WORDS[kind]}: it has no service`, {
      given: name,
      allowed: 'placement_constraints, task',
      hint: `remove \`${name}\``,
    });
  }
}
