import { expect } from 'chai';
import fc from 'fast-check';
import type { Image } from '../../lib/model/app.js';
import { formatImage, parseImage, parseImageReference } from '../../lib/parse/image.js';
import { editImage } from '../../lib/parse/image-edit.js';
import { Problems } from '../../lib/problems.js';
import { reading, said } from '../support/reading.js';

const read = (text: string) => reading('apps/demo/image', text, parseImage);
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const none = { kind: 'none' } as const;

function image(text: string): Image {
  const { value, problems } = read(text);
  expect(problems.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
  if (value.kind === 'none') throw new Error('no image');
  return value.value;
}

describe('image', () => {
  for (const [text, host, repository, tag, digest] of [
    ['ubuntu:14.04', '', 'ubuntu', '14.04', ''],
    ['remind101/acme-inc:v1', '', 'remind101/acme-inc', 'v1', ''],
    ['a/b/c/d:1', '', 'a/b/c/d', '1', ''],
    ['quay.io/remind101/acme-inc:latest', 'quay.io', 'remind101/acme-inc', 'latest', ''],
    ['host:5000/app:1', 'host:5000', 'app', '1', ''],
    ['localhost/app:1', 'localhost', 'app', '1', ''],
    [`acme@${DIGEST}`, '', 'acme', '', DIGEST],
    [`localhost:5000/foo/acme:1@${DIGEST}`, 'localhost:5000', 'foo/acme', '1', DIGEST],
  ] as const) {
    it(`reads ${text.slice(0, 50)}`, () => {
      const read = image(`# c\n\n${text}   # comment\n`);
      expect(read.registry.kind === 'hub' ? '' : read.registry.host).to.equal(host);
      expect(read.repository).to.equal(repository);
      expect(read.kind).to.equal(digest === '' ? 'tagged' : 'pinned');
      expect(read.kind === 'pinned' ? read.digest : '').to.equal(digest);
      expect(read.kind === 'tagged' ? read.tag : read.tag.kind === 'given' ? read.tag.value : '').to.equal(tag);
      expect(formatImage(read)).to.equal(text);
    });
  }

  for (const [host, region, partition] of [
    ['123456789012.dkr.ecr.us-east-1.amazonaws.com', 'us-east-1', 'aws'],
    ['123456789012.dkr.ecr-fips.us-east-1.amazonaws.com', 'us-east-1', 'aws'],
    ['123456789012.dkr.ecr.us-gov-west-1.amazonaws.com', 'us-gov-west-1', 'aws-us-gov'],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1', 'aws-cn'],
    ['123456789012.dkr-ecr.eu-west-1.on.aws', 'eu-west-1', 'aws'],
    ['123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn', 'cn-north-1', 'aws-cn'],
  ] as const) {
    it(`understands ${host}`, () => {
      expect(image(`${host}/app:1`).registry).to.deep.equal({ kind: 'ecr', host, account: '123456789012', region, partition });
    });
  }

  it('reads credentials for a private registry', () => {
    expect(image('quay.io/a/b:1 credentials=secretsmanager:quay # c').credentials).to.deep.equal({
      kind: 'given',
      value: { kind: 'secretsmanager', secret: 'quay', key: none },
    });
  });

  it('warns of a missing tag and means latest', () => {
    const { value, problems } = read('remind101/acme-inc');
    expect(value.kind === 'given' && value.value.kind === 'tagged' && value.value.tag).to.equal('latest');
    expect(problems.map(({ severity, code }) => [severity, code])).to.deep.equal([['warning', 'image-latest']]);
    expect(read(`acme@${DIGEST}`).problems).to.deep.equal([]);
    expect(read('acme:latest').problems).to.deep.equal([]);
  });

  for (const [text, ...codes] of [
    ['', 'image-empty'],
    ['# nothing\n', 'image-empty'],
    ['a:1\nb:1', '2:1 image-second'],
    ['a:1 b:1', '1:5 image-word'],
    ['a:1 credentials=secretsmanager:x y', '1:34 image-word'],
    ['https://quay.io/a:1', '1:1 image-scheme'],
    ['Acme/inc:1', '1:1 image-repository'],
    ['quay.io/:1', '1:9 image-repository'],
    ['a//b:1', '1:1 image-repository'],
    ['🙂:1', '1:1 image-repository'],
    [':1', '1:1 image-repository'],
    ['acme:', '1:6 image-tag'],
    ['acme:-1', '1:6 image-tag'],
    ['acme:1:2', '1:6 image-tag'],
    ['acme@sha256:abcd', '1:6 image-digest'],
    ['acme:x@', '1:8 image-digest'],
    ['host:99999/a:1', '1:1 image-registry'],
    ['a..b/c:1', '1:1 image-registry'],
    ['12345.dkr.ecr.us-east-1.amazonaws.com/a:1', '1:1 image-ecr-host'],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com/a:1', '1:1 image-ecr-host'],
    ['123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1 credentials=secretsmanager:x', '1:50 image-credentials-ecr'],
    ['a:1 credentials=secretsmanager:x#y', '1:17 image-credentials'],
    ['a:1 credentials=ssm:/x', '1:17 image-credentials'],
    ['a:1 credentials=hunter2', '1:17 secrets-not-a-reference'],
    ['A:-1@x', '1:1 image-repository', '1:3 image-tag', '1:6 image-digest'],
  ] as [string, ...string[]][]) {
    it(`refuses ${JSON.stringify(text.slice(0, 60))}`, () => expect(said(read(text).problems)).to.deep.equal(codes));
  }

  // covers: image-missing
  it('refuses an empty reference of a sidecar', () => {
    const problems = new Problems();
    parseImageReference(' ', { kind: 'file', file: 'Procfile' }, problems);
    expect(said(problems.all)).to.deep.equal(['image-missing']);
  });
});

describe('editing image', () => {
  it('replaces the reference and keeps comments, CRLF and the byte-order mark', () => {
    expect(editImage('\uFEFF# top\r\na:1 credentials=secretsmanager:x # c', image('b:2'))).to.equal('\uFEFF# top\r\nb:2 # c');
    expect(editImage('# top', image('b:2'))).to.equal('# top\nb:2\n');
    expect(editImage('acme # c\n', image('acme:latest'))).to.equal('acme # c\n');
    expect(editImage('NOT AN IMAGE\n', image('b:2'))).to.equal('b:2\n');
    expect(() => editImage('a:1\nb:1\n', image('b:2'))).to.throw('second image');
  });

  it('reads back exactly what was written', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,6}([._-][a-z0-9]{1,4})?$/);
    const host = fc.constantFrom('', 'quay.io/', 'localhost/', 'h:5000/', '123456789012.dkr.ecr.us-east-1.amazonaws.com/');
    const tag = fc.stringMatching(/^(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,9})?$/);
    const digest = fc.constantFrom('', `@${DIGEST}`);
    const written = fc
      .tuple(host, fc.array(part, { minLength: 1, maxLength: 3 }), tag, digest, fc.boolean())
      .map(
        ([h, parts, t, d, secret]) =>
          `${h}${h === '' ? `a${parts.map((p) => p.replaceAll('.', '-')).join('/')}` : parts.join('/')}${t}${d}${secret && !h.includes('.dkr.') ? ' credentials=secretsmanager:a/b' : ''}`,
      );
    fc.assert(
      fc.property(written, written, (before, after) => {
        const wanted = image(after);
        const text = editImage(`# top\r\n${before} # c\r\n`, wanted);
        expect(image(text.replaceAll('\r\n', '\n'))).to.deep.equal(wanted);
        expect(text).to.match(/^# top\r\n[^\r\n]* # c\r\n$/);
      }),
    );
  });
});
