import type { Evidence } from '../model/release.js';
import type { ServiceState, TargetHealth, TaskState } from '../model/windows.js';

const TELLING = /unhealthy|unable|circuit breaker|rolling back|failed|Health checks|deregistered .* reason/i;

/** Those that died in the same way are told once. */
export function taskEvidence(tasks: readonly TaskState[]): Evidence[] {
  const ways = new Map<string, { readonly first: Evidence; readonly count: number }>();
  for (const task of tasks) {
    const told = formatDeath(task);
    const way = told.text.replace(/^task \S+ /, '');
    const before = ways.get(way);
    ways.set(way, { first: before?.first ?? told, count: (before?.count ?? 0) + 1 });
  }
  return [...ways.values()]
    .slice(0, 3)
    .map(({ first, count }) => (count === 1 ? first : { ...first, text: `${first.text}; ${count - 1} more in the same way` }));
}

/** `task 217e2ddd stopped: Essential container in task exited (web: exit code 1)` */
export function formatDeath(task: TaskState): Evidence {
  const reason = task.stoppedReason.kind === 'given' ? plainMessage(task.stoppedReason.value) : 'no reason given';
  const containers = task.containers.flatMap(({ name, exitCode, reason: own }) => {
    const parts = [
      ...(exitCode.kind === 'given' ? [`exit code ${exitCode.value}`] : []),
      ...(own.kind === 'given' && own.value !== '' ? [own.value] : []),
    ];
    return parts.length === 0 ? [] : [`${name}: ${parts.join(', ')}`];
  });
  const inner = containers.length === 0 ? '' : ` (${containers.join('; ')})`;
  return { from: 'task', at: task.stoppedAt, text: `task ${task.id.slice(0, 8)} stopped: ${reason}${inner}` };
}

/** How far tasks came that were stopped because the time was up: `task 217e2ddd started after 8 s and ran for 22 s`. */
export function lifeEvidence(tasks: readonly TaskState[]): Evidence[] {
  const seconds = (from: number, to: number): number => Math.max(0, Math.round((to - from) / 1000));
  return tasks.slice(0, 3).map(({ id, createdAt, startedAt, stoppedAt }): Evidence => {
    const name = `task ${id.slice(0, 8)}`;
    if (startedAt.kind === 'none') return { from: 'task', at: stoppedAt, text: `${name} was stopped before it had started` };
    const ran = stoppedAt.kind === 'none' ? 'runs' : `ran for ${seconds(startedAt.value, stoppedAt.value)} s`;
    return { from: 'task', at: stoppedAt, text: `${name} started after ${seconds(createdAt, startedAt.value)} s and ${ran}` };
  });
}

/** The first of each kind. */
export function serviceEvidence(events: ServiceState['events']): Evidence[] {
  const kinds = new Map<string, Evidence>();
  for (const { at, message } of events.filter((event) => TELLING.test(event.message))) {
    const text = plainMessage(message);
    const kind = text.replaceAll(/\((?:task|deployment) [^)]*\)/g, '');
    if (!kinds.has(kind)) kinds.set(kind, { from: 'service', at: { kind: 'given', value: at }, text });
  }
  return [...kinds.values()].slice(0, 3);
}

/** Without the service, which is known, and with the last part of what is only an address. */
const plainMessage = (message: string): string =>
  message
    .replace(/^\(service [^)]*\) ?/, '')
    .replaceAll(/ ?\(target-group arn:[^)]*\)/g, ' its target group')
    .replaceAll(/\(task ([0-9a-f]{8})[0-9a-f]+\)/g, '(task $1)')
    .replace(/\.$/, '');

export function healthEvidence({ target, code, description }: TargetHealth): Evidence {
  const words = [code, description].flatMap((each) => (each.kind === 'given' ? [each.value] : []));
  return { from: 'health', at: { kind: 'none' }, text: `target ${target} is unhealthy: ${words.join(', ')}` };
}

export const logEvidence = (lines: readonly string[]): Evidence[] =>
  lines.map((text) => ({ from: 'log', at: { kind: 'none' }, text }));
