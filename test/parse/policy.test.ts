import { expect } from 'chai';
import fc from 'fast-check';
import { readJson } from '../../lib/parse/json-reader.js';
import { parsePolicy } from '../../lib/parse/policy.js';
import { reading, said } from '../support/reading.js';

const read = (text: string) => reading('apps/demo/policy', text, parsePolicy);
const policy = (statement: unknown) => `{"Version": "2012-10-17",\n"Statement": ${JSON.stringify(statement)}}`;
const FINE = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' };

describe('policy', () => {
  it('reads an IAM policy document, with comments at the beginning of a line', () => {
    const { value, problems } = read(
      `# what the tasks may do\n${policy([FINE, { Sid: 'A1', Effect: 'Deny', NotAction: ['s3:*', 'sqs:Send*'], Resource: ['*'], Condition: { Bool: { 'aws:SecureTransport': 'true' } } }])}\n`,
    );
    expect(problems).to.deep.equal([]);
    expect(value.kind === 'given' && JSON.stringify(value.value['Statement'])).to.contain('"s3:GetObject"');
    expect(read(policy(FINE)).problems).to.deep.equal([]);
  });

  for (const [text, ...codes] of [
    ['', '1:1 json-syntax'],
    ['{"Version": "2012-10-17",}', '1:26 json-syntax'],
    ['{\n"a": 🙂}', '2:6 json-syntax'],
    ['{"a": 1 "b"}', '1:9 json-syntax'],
    ["{'a': 1}", '1:2 json-syntax'],
    ['{"a": 01}', '1:8 json-syntax'],
    ['{"a": "x\ny"}', '1:7 json-syntax'],
    ['{} x', '1:4 json-syntax'],
    ['['.repeat(100000), '1:52 json-syntax'],
    [`[${' '.repeat(200000)}]`, '1:1 policy-too-large'],
    [`{"Version": "2012-10-17", "Version": "2012-10-17", "Statement": ${JSON.stringify(FINE)}}`, '1:27 json-duplicate-key'],
    ['[]', '1:1 policy-document'],
    [`{"Statement": ${JSON.stringify(FINE)}}`, '1:1 policy-version'],
    [`{"Version": "2012-10-18", "Statement": ${JSON.stringify(FINE)}}`, '1:13 policy-version'],
    ['{"Version": "2012-10-17"}', '1:1 policy-no-statement'],
    ['{"Version": "2012-10-17", "Statement": []}', '1:40 policy-no-statement'],
    [`{"Version": "2012-10-17", "__proto__": 1, "Statement": ${JSON.stringify(FINE)}}`, '1:27 policy-unknown-key'],
    [policy(['x']), '2:15 policy-statement'],
    [policy({ ...FINE, Efect: 1 }), '2:91 policy-statement-key'],
    [policy({ ...FINE, Principal: '*' }), '2:91 policy-statement-key'],
    [policy({ ...FINE, Effect: 'allow' }), '2:24 policy-effect'],
    [policy({ Action: '*', Resource: '*' }), '2:14 policy-effect'],
    [policy({ Effect: 'Allow', Resource: '*' }), '2:14 policy-one-of'],
    [policy({ ...FINE, NotAction: '*' }), '2:14 policy-one-of'],
    [policy({ ...FINE, Action: ['s3:*', 'GetObject'] }), '2:49 policy-value'],
    [policy({ ...FINE, Resource: [] }), '2:67 policy-value'],
    [policy({ ...FINE, Resource: 'bucket' }), '2:67 policy-value'],
    [policy([{ ...FINE, Sid: 'a b' }]), '2:98 policy-sid'],
    [
      policy([
        { Sid: 'a', ...FINE },
        { Sid: 'a', ...FINE },
      ]),
      '2:110 policy-sid',
    ],
    [policy({ ...FINE, Condition: { Bool: 'x' } }), '2:103 policy-condition'],
    [policy(Array.from({ length: 200 }, () => FINE)), '1:1 policy-too-large'],
  ] as [string, ...string[]][]) {
    it(`refuses ${JSON.stringify(text.slice(0, 70))} (${codes[0]})`, () =>
      expect(said(read(text).problems)).to.deep.equal(codes));
  }

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { value: own, problems } = reading('policy', text, readJson);
        expect(problems).to.deep.equal([]);
        expect(JSON.stringify(own?.value)).to.equal(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const fragment = fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-', 'true', 'nul', '"', '\\', ' '), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(fragment, (parts) => {
        const text = parts.join('');
        let fine = true;
        try {
          JSON.parse(text);
        } catch {
          fine = false;
        }
        const { problems } = reading('policy', text, readJson);
        expect(problems.some(({ code }) => code === 'json-syntax')).to.equal(!fine);
      }),
      { numRuns: 500 },
    );
  });
});
