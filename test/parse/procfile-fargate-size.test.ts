import { expect } from 'chai';
import * as fc from 'fast-check';
import { fargateSize } from '../../lib/parse/procfile/fargate-size.js';

const size = (cpu: number, memoryMiB: number) => ({ cpu, memoryMiB, nproc: { kind: 'none' } as const });

describe('a size on Fargate', () => {
  it('is the next pair that Fargate has', () => {
    const cases = [
      [size(256, 128), size(256, 512)],
      [size(256, 513), size(256, 1024)],
      [size(256, 2049), size(512, 3072)],
      [size(1024, 6144), size(1024, 6144)],
      [size(1024, 512), size(1024, 2048)],
      [size(3000, 1024), size(4096, 8192)],
      [size(4096, 31_000), size(8192, 32_768)],
      [size(8192, 61_440), size(8192, 61_440)],
      [size(8192, 61_441), size(16_384, 65_536)],
      [size(16_384, 122_880), size(16_384, 122_880)],
    ];
    for (const [asked, runs] of cases) expect(fargateSize(asked as never)).to.deep.equal(runs);
  });

  it('does not exist beyond 16 vCPU and 120 GiB', () => {
    expect(fargateSize(size(16_385, 512))).to.equal(undefined);
    expect(fargateSize(size(256, 122_881))).to.equal(undefined);
  });

  it('is never smaller than what was asked, and rounding again changes nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 16_384 }), fc.integer({ min: 6, max: 122_880 }), (cpu, memoryMiB) => {
        const runs = fargateSize(size(cpu, memoryMiB));
        if (runs === undefined) return false;
        return runs.cpu >= cpu && runs.memoryMiB >= memoryMiB && JSON.stringify(fargateSize(runs)) === JSON.stringify(runs);
      }),
    );
  });
});
