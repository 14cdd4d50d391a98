import { expect } from 'chai';
import fc from 'fast-check';
import type { Size } from '../../lib/model/app.js';
import { formatSize, parseSize } from '../../lib/parse/size.js';
import { Problems } from '../../lib/problems.js';

function read(text: string) {
  const problems = new Problems();
  const size = parseSize(text, { kind: 'file', file: 'scale' }, problems);
  return {
    size: size.kind === 'given' ? size.value : undefined,
    codes: problems.all.map(({ code }) => code),
    problems: problems.all,
  };
}

const size = (cpu: number, memoryMiB: number, nproc?: number): Size => ({
  cpu,
  memoryMiB,
  nproc: nproc === undefined ? { kind: 'none' } : { kind: 'given', value: nproc },
});

describe('sizes', () => {
  for (const [text, expected, formatted] of [
    ['1x', size(256, 512, 256), '1X'],
    ['2X', size(512, 1024, 512), '2X'],
    ['pX', size(1024, 6144, 1024), 'PX'],
    ['256:512', undefined, ''],
    ['256:128mb', size(256, 128), '256:128.00mb'],
    ['256:0.5GB', size(256, 512), '256:512.00mb'],
    ['256:512M:nproc=256', size(256, 512, 256), '1X'],
    ['256:1gib:nproc=10', size(256, 1024, 10), '256:1.00gb:nproc=10'],
    ['512:1.25g', size(512, 1280), '512:1.25gb'],
    ['256:1.1gb', size(256, 1127), '256:1.10gb'],
    ['256:1130mb', size(256, 1130), '256:1130.00mb'],
    ['256-512', size(256, 512), '256:512.00mb'],
  ] as [string, Size | undefined, string][]) {
    if (expected === undefined) continue;
    it(`reads ${text} and writes ${formatted}`, () => {
      expect(read(text)).to.deep.equal({ size: expected, codes: [], problems: [] });
      expect(formatSize(expected)).to.equal(formatted);
    });
  }

  for (const [text, ...codes] of [
    ['', 'size-unknown'],
    ['3X', 'size-unknown'],
    ['1024', 'size-unknown'],
    ['256:1gb:nproc=1:x', 'size-unknown'],
    ['1:1gb', 'size-cpu'],
    ['-5:1gb', 'size-cpu'],
    [':1gb', 'size-cpu'],
    ['999999:1gb', 'size-cpu'],
    ['256:512', 'size-memory'],
    ['256:', 'size-memory'],
    ['256:1pb', 'size-memory'],
    ['256:-1gb', 'size-memory'],
    ['256:1e3mb', 'size-memory'],
    ['256:5mb', 'size-memory'],
    ['256:x1gb', 'size-memory'],
    ['256:1gb:', 'size-nproc'],
    ['256:1gb:nproc=0', 'size-nproc'],
    ['256:1gb:nproc=-1', 'size-nproc'],
    ['256:1gb:nproc=1,nproc=2', 'size-nproc'],
    ['1:1', 'size-cpu', 'size-memory'],
  ] as [string, ...string[]][]) {
    it(`refuses ${JSON.stringify(text)}`, () => expect(read(text)).to.deep.include({ size: undefined, codes }));
  }

  it('guesses what was meant', () => {
    expect(read('3X').problems[0]?.hint).to.match(/did you mean `[12P]X`\?/);
    expect(read('256:512').problems[0]?.hint).to.equal('did you mean `512mb`?');
  });

  it('reads back exactly what it writes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 196608 }),
        fc.oneof(fc.integer({ min: 6, max: 4096 }), fc.integer({ min: 6, max: 25165824 })),
        fc.option(fc.integer({ min: 1, max: 100000 }), { nil: undefined }),
        (cpu, memory, nproc) => {
          expect(read(formatSize(size(cpu, memory, nproc))).size).to.deep.equal(size(cpu, memory, nproc));
        },
      ),
    );
  });
});
