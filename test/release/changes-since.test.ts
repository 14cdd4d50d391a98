import { expect } from 'chai';
import type { ReleasedProcess, ReleaseRecord } from '../../lib/model/release.js';
import { changesSince } from '../../lib/release/changes-since.js';

const process = (name: string, count: string, size = '1X'): ReleasedProcess => ({
  name,
  kind: 'service',
  count,
  size: { cpu: 256, memoryMiB: 512, nproc: 256, name: size },
  command: [name],
});

const image = (tag: string, digit: string) => ({
  reference: `acme:${tag}`,
  pinned: `acme@sha256:${digit.repeat(64)}`,
  digest: `sha256:${digit.repeat(64)}`,
});

const release = (images: ReturnType<typeof image>[], processes: ReleasedProcess[]) =>
  ({ images, processes, reason: { description: 'Deploy acme' } }) as unknown as ReleaseRecord;

describe('what changed since the last good release', () => {
  it('is its images and its processes, in words', () => {
    const before = release([image('v1', 'a')], [process('web', '1'), process('worker', '1')]);
    const after = release([image('v2', 'b')], [process('web', '2', '2X'), process('clock', '1')]);
    expect(changesSince(before, after)).to.deep.equal([
      'image acme:v1 → acme:v2',
      'web: count 1 → 2',
      'web: size 1X → 2X',
      'process clock is new',
      'process worker is gone',
    ]);
  });

  it('is the digest of a tag that moved', () => {
    const [before, after] = [release([image('v1', 'a')], []), release([image('v1', 'b')], [])];
    expect(changesSince(before, after)).to.deep.equal(['image acme:v1: aaaaaaaaaaaa → bbbbbbbbbbbb']);
  });

  it('is at least what was done', () => {
    const same = release([image('v1', 'a')], []);
    expect(changesSince(same, same)).to.deep.equal(['Deploy acme']);
    expect(changesSince(undefined, same)).to.deep.equal(['this is the first release that came so far']);
  });
});
