import type { Size } from '../../model/app.js';

/** CPU units and, in MiB, the least and most memory Fargate has for them, and the step between. */
const PAIRS = [
  { cpu: 256, memory: [512, 1024, 2048] },
  { cpu: 512, memory: steps(1, 4, 1) },
  { cpu: 1024, memory: steps(2, 8, 1) },
  { cpu: 2048, memory: steps(4, 16, 1) },
  { cpu: 4096, memory: steps(8, 30, 1) },
  { cpu: 8192, memory: steps(16, 60, 4) },
  { cpu: 16_384, memory: steps(32, 120, 8) },
] as const;

export const FARGATE_MOST = '16384 CPU units, 120gb';

function steps(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => (from + index * step) * 1024);
}

/** The smallest pair that holds the size, without nproc; undefined when Fargate has none so large. */
export function fargateSize(size: Size): Size | undefined {
  for (const { cpu, memory } of PAIRS) {
    if (cpu < size.cpu) continue;
    const enough = memory.find((memoryMiB) => memoryMiB >= size.memoryMiB);
    if (enough !== undefined) return { cpu, memoryMiB: enough, nproc: { kind: 'none' } };
  }
  return undefined;
}
