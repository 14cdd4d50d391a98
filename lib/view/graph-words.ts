import type { App, Count, CronSchedule, Deployment, Process, Size, Workload } from '../model/app.js';
import type { GraphBalancer, GraphMention } from '../model/graph.js';
import { renderNumber } from './columns.js';
import { renderCommand, renderImage, renderSize } from './values.js';

/** `× 2`, `2–10`, `off`: how many tasks, for the corner of a process. */
export function tasksWords(process: Process, maintenance: boolean): string {
  if (process.kind === 'off') return 'off';
  if (process.kind === 'run-only') return 'on demand';
  if (process.kind === 'release') return 'once';
  if (maintenance) return '× 0';
  if (process.kind === 'cron') return `× ${process.tasks}`;
  return countWords(process.count);
}

const countWords = (count: Count): string => (count.kind === 'fixed' ? `× ${count.tasks}` : `${count.min}–${count.max}`);

/** What stands under the name of a process, a line each. */
export function processLines(process: Process): string[] {
  if (process.kind === 'off') return [];
  const more = [...purpose(process), ...extras(process)];
  return [sizeWords(process), renderCommand(process.command), ...(more.length === 0 ? [] : [more.join(' · ')])];
}

/** `2X · 0.5 vCPU, 1 GiB · arm64 · spot` */
function sizeWords({ size, arch, capacity }: Workload): string {
  const { asked, runs } = size;
  const named = /^[12P]X$/.test(renderSize(asked)) ? [renderSize(asked)] : [];
  const real = `${numbers(asked)}${roundedWords(asked, runs)}`;
  return [...named, real, ...(arch === 'arm64' ? ['arm64'] : []), ...(capacity === 'fargate' ? [] : [capacity])].join(' · ');
}

/** What AWS has instead, where it has no such size. */
function roundedWords(asked: Size, runs: Size): string {
  if (asked.cpu !== runs.cpu) return ` (runs as ${numbers(runs)})`;
  return asked.memoryMiB === runs.memoryMiB ? '' : ` (runs as ${memory(runs)})`;
}

const memory = ({ memoryMiB }: Size): string => (memoryMiB % 1024 === 0 ? `${memoryMiB / 1024} GiB` : `${memoryMiB} MiB`);

const numbers = (size: Size): string => `${Number((size.cpu / 1024).toFixed(3))} vCPU, ${memory(size)}`;

function purpose(process: Exclude<Process, { kind: 'off' }>): string[] {
  if (process.kind === 'release') return ['before each release'];
  if (process.kind === 'run-only') return [`empire run ${process.name}`];
  if (process.kind === 'cron') return [];
  return [...deploymentWords(process.deployment), ...scalingWords(process.count)];
}

function deploymentWords(deployment: Deployment): string[] {
  if (deployment.kind === 'rolling') return [];
  return [`percent` in deployment ? `${deployment.kind} ${deployment.percent} %` : deployment.kind];
}

function scalingWords(count: Count): string[] {
  if (count.kind === 'fixed') return [];
  const { cpu, memory, requests, queue, schedule } = count.autoscale;
  return [
    ...(cpu.kind === 'given' ? [`cpu ${cpu.value} %`] : []),
    ...(memory.kind === 'given' ? [`memory ${memory.value} %`] : []),
    ...(requests.kind === 'given' ? [`${requests.value} requests/min`] : []),
    ...(queue.kind === 'given' ? [`queue ${queue.value.name}`] : []),
    ...(schedule.length > 0 ? ['by the clock'] : []),
  ];
}

function extras({ sidecars, volumes }: Workload): string[] {
  const beside = sidecars.length === 0 ? [] : [`with ${sidecars.map(({ name }) => name).join(', ')}`];
  const shared = volumes.flatMap((volume) => (volume.kind === 'efs' ? [`EFS ${volume.path}`] : []));
  return [...beside, ...shared];
}

/** `remind101/acme-inc:latest · 3 variables · 1 secret` */
export function appWords({ image, variables, secrets }: App): string {
  const reference = renderImage({ ...image, credentials: { kind: 'none' } });
  const counted = [...some(variables.length, 'variable'), ...some(secrets.length, 'secret')];
  return [reference, ...counted].join(' · ');
}

const some = (count: number, noun: string): string[] => (count === 0 ? [] : [renderNumber(count, noun)]);

/** `public load balancer`, `internal network load balancer, shared` */
export function balancerWords({ scheme, kind, shared }: GraphBalancer): string {
  return `${scheme} ${kind === 'tcp' ? 'network ' : ''}load balancer${shared ? ', shared' : ''}`;
}

/** `0 6 * * MON-FRI America/New_York` */
export const scheduleWords = ({ written, timezone }: CronSchedule): string => `${written} ${timezone}`;

/** `ROUTER_URL`, `worker FEED_URL` */
export function mentionWords({ process, variable }: GraphMention): string {
  return process.kind === 'none' ? variable : `${process.value} ${variable}`;
}
