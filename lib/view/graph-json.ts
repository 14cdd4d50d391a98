import type { Process } from '../model/app.js';
import type { Graph, GraphApp, GraphBalancer, GraphMention } from '../model/graph.js';
import { renderCommand, renderImage } from './values.js';

/**
 * The picture for programs: `{environment, apps, others}`. A process that cannot be counted has `null` for `tasks`; an app that is `off` has
 * no size. `mentions` say which variable names which app; `address` is the URL that answers, or `null`.
 */
export function graphJson({ environment, apps, others }: Graph): object {
  return {
    environment,
    apps: apps.map(appJson),
    others: others.map(({ name, kind, mentions }) => ({ name, kind, mentions: mentions.map(mentionJson) })),
  };
}

function appJson({ app, balancers, mentions }: GraphApp): object {
  return {
    app: app.name,
    image: renderImage(app.image),
    maintenance: app.maintenance.kind === 'given',
    balancers: balancers.map(balancerJson),
    processes: app.processes.map(processJson),
    mentions: mentions.map(mentionJson),
  };
}

const balancerJson = ({ scheme, kind, shared, addresses }: GraphBalancer): object => ({ scheme, kind, shared, addresses });

function processJson(process: Process): object {
  if (process.kind === 'off') return { process: process.name, kind: process.kind };
  const { cpu, memoryMiB } = process.size.runs;
  return {
    process: process.name,
    kind: process.kind,
    tasks: tasksJson(process),
    cpu,
    memory: memoryMiB,
    arch: process.arch,
    capacity: process.capacity,
    command: renderCommand(process.command),
    schedules: process.kind === 'cron' ? process.schedules.map(({ written, timezone }) => ({ written, timezone })) : [],
  };
}

function tasksJson(process: Process): object | null {
  if (process.kind === 'cron') return { min: process.tasks, max: process.tasks };
  if (process.kind !== 'service') return null;
  const { count } = process;
  return count.kind === 'fixed' ? { min: count.tasks, max: count.tasks } : { min: count.min, max: count.max };
}

const mentionJson = ({ variable, process, written, target, address }: GraphMention): object => ({
  variable,
  process: process.kind === 'given' ? process.value : null,
  written,
  target,
  address: address.kind === 'given' ? address.value : null,
});
