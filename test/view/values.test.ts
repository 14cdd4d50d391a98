import { expect } from 'chai';
import type { Image } from '../../lib/model/app.js';
import { renderBytes, renderColumns, renderNumber } from '../../lib/view/columns.js';
import { originOf, renderOrigin } from '../../lib/view/resolved-app.js';
import { renderCommand, renderImage, renderSecretReference, renderSize } from '../../lib/view/values.js';

const NONE = { kind: 'none' } as const;
const given = <T>(value: T) => ({ kind: 'given', value }) as const;

describe('values in words', () => {
  it('an image is its reference', () => {
    const hub: Image = {
      kind: 'tagged',
      registry: { kind: 'hub' },
      repository: 'remind101/acme-inc',
      tag: 'v1',
      credentials: NONE,
    };
    expect(renderImage(hub)).to.equal('remind101/acme-inc:v1');
    const pinned: Image = {
      ...hub,
      kind: 'pinned',
      registry: { kind: 'other', host: 'host:5000' },
      tag: given('v1'),
      digest: 'sha256:00',
    };
    expect(renderImage(pinned)).to.equal('host:5000/remind101/acme-inc:v1@sha256:00');
  });

  it('a command is what a shell would take', () => {
    expect(renderCommand({ kind: 'words', words: ['sh', '-c', "echo 'a' | wc", ''] })).to.equal(
      "sh -c 'echo '\\''a'\\'' | wc' ''",
    );
    expect(renderCommand({ kind: 'image' })).to.equal("(the image's own)");
  });

  it('a size has its name, or its numbers', () => {
    expect(renderSize({ cpu: 256, memoryMiB: 512, nproc: NONE })).to.equal('1X');
    expect(renderSize({ cpu: 1024, memoryMiB: 6144, nproc: NONE })).to.equal('PX');
    expect(renderSize({ cpu: 256, memoryMiB: 128, nproc: given(64) })).to.equal('256:128.00mb:nproc=64');
    expect(renderSize({ cpu: 2048, memoryMiB: 4608, nproc: NONE })).to.equal('2048:4.50gb');
  });

  it('a secret is its reference, never a value', () => {
    expect(renderSecretReference({ kind: 'ssm', parameter: '/a/b' })).to.equal('ssm:/a/b');
    expect(renderSecretReference({ kind: 'secretsmanager', secret: 'db', key: given('url') })).to.equal('secretsmanager:db#url');
    const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db';
    expect(
      renderSecretReference({ kind: 'secretsmanager-arn', arn, key: NONE, stage: given('AWSPREVIOUS'), version: NONE }),
    ).to.equal(`${arn}::AWSPREVIOUS:`);
  });

  it('an origin says what it is written over', () => {
    const base = { kind: 'written', file: 'apps/a/env', line: 3, column: 1, over: [] } as const;
    expect(renderOrigin({ ...base, file: 'apps/a/env.production', line: 1, over: [base] })).to.equal(
      'apps/a/env.production:1 over apps/a/env:3',
    );
    const origins = new Map([['/processes/web', base]]);
    expect(originOf('/processes/web/command', origins)).to.equal(base);
    expect(originOf('/processes/webby/command', origins)).to.deep.equal({ kind: 'default' });
  });

  it('columns are aligned, and lines have no spaces at their ends', () => {
    expect(
      renderColumns([
        ['a', 'bb', ''],
        ['ccc', 'd', 'e'],
      ]),
    ).to.equal('a    bb\nccc  d   e\n');
  });

  it('a very wide cell pushes out its own line only', () => {
    const wide = 'x'.repeat(80);
    expect(
      renderColumns([
        [wide, 'b'],
        ['a', 'b'],
      ]),
    ).to.equal(`${wide}  b\na${' '.repeat(61)}b\n`);
  });

  it('numbers have their noun', () => {
    expect([renderNumber(1, 'app'), renderNumber(0, 'app')]).to.deep.equal(['1 app', '0 apps']);
    expect([renderBytes(999), renderBytes(3210), renderBytes(1_200_000)]).to.deep.equal(['999 B', '3.2 kB', '1.2 MB']);
  });
});
