import type { App, Count, CronProcess, OffProcess, Process, Workload } from '../model/app.js';
import type { CostLine, CostOf, PriceTable, Span } from '../model/cost.js';
import { runsPerMonth } from './cron-runs.js';
import type { Circumstances } from './index.js';
import { NOTHING, scaled } from './span.js';

/** What the tasks of a process cost, and how many of them run all month, one after another or side by side. */
export interface TaskCost {
  readonly line: CostLine;
  readonly taskMonths: Span;
}

/** Nothing for a process that is off. */
export function taskLine(process: Process, app: App, prices: PriceTable, circumstances: Circumstances): TaskCost[] {
  if (process.kind === 'off') return [];
  const closed = app.maintenance.kind === 'given';
  if (process.kind === 'service') {
    const tasks = closed ? NOTHING : tasksOf(process.count);
    return [taskCost(process, { kind: 'service', process: process.name, tasks }, tasks, prices)];
  }
  if (process.kind === 'cron') {
    const runs = closed ? 0 : runsOf(process);
    const taskMonths = (runs * Math.max(1, circumstances.cronMinutes)) / 60 / prices.hoursPerMonth;
    const of: CostOf = { kind: 'cron', process: process.name, runs: { min: runs, max: runs } };
    return [taskCost(process, of, { min: taskMonths, max: taskMonths }, prices)];
  }
  return [taskCost(process, { kind: 'on-demand', process: process.name }, NOTHING, prices)];
}

/** From the least of any hour of the day to the most. */
function tasksOf(count: Count): Span {
  if (count.kind === 'fixed') return { min: count.tasks, max: count.tasks };
  const ranges = [count, ...count.autoscale.schedule];
  return { min: Math.min(...ranges.map(({ min }) => min)), max: Math.max(...ranges.map(({ max }) => max)) };
}

const runsOf = ({ schedules, tasks }: CronProcess): number =>
  tasks * schedules.reduce((total, { expression }) => total + runsPerMonth(expression), 0);

type Running = Exclude<Process, OffProcess>;

function taskCost(process: Running, of: CostOf, taskMonths: Span, prices: PriceTable): TaskCost {
  const onHost = process.capacity === 'ec2';
  const perHour = onHost ? 0 : taskHour(process, prices);
  const { cpu, memoryMiB } = process.size.runs;
  return {
    taskMonths,
    line: {
      of,
      payer: onHost ? 'host' : 'app',
      dollars: scaled(taskMonths, perHour * prices.hoursPerMonth),
      dollarsPerTaskHour: perHour,
      size: { cpu, memoryMiB },
      runsOn: runsOn(process),
    },
  };
}

function runsOn({ capacity, arch }: Workload): string {
  const name = capacity === 'spot' ? 'fargate spot' : capacity;
  return arch === 'arm64' ? `${name} arm64` : name;
}

/** One hour of one task on Fargate. Spot is cheaper by processor and memory, not by disk. */
function taskHour({ size, arch, capacity, volumes }: Workload, prices: PriceTable): number {
  const { vcpuHour, gigabyteHour } = prices.fargate[arch];
  const share = capacity === 'spot' ? prices.spotShare : 1;
  const disks = volumes.map((volume) =>
    volume.kind === 'ephemeral' && volume.sizeGiB.kind === 'given' ? volume.sizeGiB.value : 0,
  );
  const disk = Math.max(0, Math.max(0, ...disks) - prices.ephemeralIncludedGiB) * prices.ephemeralGigabyteHour;
  return share * ((size.runs.cpu / 1024) * vcpuHour + (size.runs.memoryMiB / 1024) * gigabyteHour) + disk;
}
