import type { App, Process } from '../model/app.js';
import type { ReleasedProcess } from '../model/release.js';
import { renderCount, renderSize } from './values.js';

/** `web=2:1X`, `worker=off`: as `scale` takes it; a process that cannot be counted has only its size. */
export function renderScale(process: Process): string {
  if (process.kind === 'off') return `${process.name}=off`;
  const count = process.kind === 'service' ? renderCount(process.count) : process.kind === 'cron' ? String(process.tasks) : '';
  return scaleLine(process.name, count, renderSize(process.size.asked));
}

/** The same of what runs. */
export function renderReleasedScale({ name, kind, count, size }: ReleasedProcess): string {
  if (kind === 'off') return `${name}=off`;
  const nproc = size.nproc === 0 ? ({ kind: 'none' } as const) : ({ kind: 'given', value: size.nproc } as const);
  return scaleLine(name, count, renderSize({ cpu: size.cpu, memoryMiB: size.memoryMiB, nproc }));
}

const scaleLine = (name: string, count: string, size: string): string =>
  count === '' && /^[12P]X$/.test(size) ? `${name}=${size}` : `${name}=${count}:${size}`;

/** `Scaled acme-inc to web=2:1X, worker=1:256:128.00mb.` */
export function renderScaled(app: App, names: readonly string[]): string {
  const scaled = app.processes.filter(({ name }) => names.includes(name)).map(renderScale);
  return `Scaled ${app.name} to ${scaled.join(', ')}.`;
}

/** The scale of what runs, or of a directory that was never released, for programs. */
export function scaleJson(app: string, release: number | null, processes: readonly ReleasedProcess[]): object {
  return {
    app,
    release,
    processes: processes.map(({ name, kind, count, size }) => ({
      process: name,
      kind,
      count: count === '' ? null : count,
      size,
    })),
  };
}
