import { expect } from 'chai';
import fc from 'fast-check';
import { Failure } from '../../lib/failure.js';
import type { ReleaseRecord } from '../../lib/model/release.js';
import { formatRecord, parseRecord } from '../../lib/release/record-format.js';
import { pendingRecord } from '../../lib/release/release-draft.js';
import { draftFor, engineOn, openTest } from '../support/rehearsed-engine.js';

const RECORD = pendingRecord(engineOn(openTest()), draftFor('Deploy remind101/acme-inc:v1'), 12, 'a-nonce');

const given = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(
    fc.constant({ kind: 'none' } as const),
    value.map((one) => ({ kind: 'given', value: one }) as const),
  );
const time = fc.integer({ min: 0, max: 4_102_444_800_000 });
const texts = fc.array(fc.string(), { maxLength: 3 });
const dictionary = fc.dictionary(fc.string(), fc.string(), { maxKeys: 4 });

const dossier = fc.record({
  cause: fc.string(),
  process: given(fc.string()),
  resource: given(fc.string()),
  place: given(fc.string()),
  evidence: fc.array(
    fc.record({ from: fc.constantFrom('cloudformation', 'log', 'release process'), at: given(time), text: fc.string() }),
    { maxLength: 2 },
  ),
  changes: texts,
  advice: texts,
});

const record: fc.Arbitrary<ReleaseRecord> = fc
  .record({
    number: fc.integer({ min: 1, max: 99_999_998 }),
    stackId: given(fc.string()),
    rollbackTo: given(fc.nat()),
    parameters: dictionary,
    platform: dictionary,
    taskDefinitions: dictionary,
    allowed: texts,
    notes: texts,
    summary: fc.string(),
    status: fc.constantFrom('pending', 'running', 'succeeded', 'failed', 'cancelled', 'superseded'),
    held: given(fc.record({ by: fc.string(), beat: fc.nat() })),
    finishedAt: given(time),
    phases: fc.array(fc.record({ name: fc.constantFrom('waiting', 'update', 'verify'), startedAt: time, endedAt: given(time) }), {
      maxLength: 3,
    }),
    releaseProcess: given(fc.record({ task: fc.string(), exitCode: given(fc.nat(255)), output: given(fc.string()) })),
    dossier: given(dossier),
    guard: given(fc.record({ from: fc.nat(), to: fc.nat(), bad: dictionary, good: dictionary })),
  })
  .map((change) => ({ ...RECORD, ...change }) as ReleaseRecord);

const refusal = (text: string): Failure => {
  try {
    parseRecord(text, 's3://bucket/records/99999987.v12.json');
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it was taken for a record');
};

const changed = (change: (value: Record<string, unknown>) => void): string => {
  const value = JSON.parse(formatRecord(RECORD)) as Record<string, unknown>;
  change(value);
  return JSON.stringify(value);
};

describe('the record of a release as text', () => {
  it('is read back as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(record, (one) => {
        expect(parseRecord(formatRecord(one), 'here')).to.deep.equal(JSON.parse(JSON.stringify(one)));
      }),
    );
  });

  it('is the same text after reading and writing again', () => {
    expect(formatRecord(parseRecord(formatRecord(RECORD), 'here'))).to.equal(formatRecord(RECORD));
  });

  it('refuses a newer format, and says what to do', () => {
    const { where, what, hint, code } = refusal(changed((value) => Object.assign(value, { format: 2, more: true })));
    expect({ where, what, hint, code }).to.deep.equal({
      where: 's3://bucket/records/99999987.v12.json',
      what: 'this release was recorded in format 2 by a newer version of empire; this version reads format 1',
      hint: 'update empire',
      code: 'record-newer',
    });
  });

  const BROKEN: readonly [string, string, string][] = [
    ['what is no JSON', 'oops', 'it is not JSON'],
    ['what is no object', '[]', '/ is not an object'],
    [
      'a key that is not known',
      changed((value) => Object.assign(value, { colour: 'red' })),
      '/colour is a key that is not known',
    ],
    ['a key that is missing', changed((value) => delete value['status']), '/status is missing'],
    [
      'a status that is none',
      changed((value) => Object.assign(value, { status: 'done' })),
      '/status is none of pending, running',
    ],
    ['a text that is none', changed((value) => Object.assign(value, { app: 7 })), '/app is not a text'],
    ['a half-given value', changed((value) => Object.assign(value, { stackId: { kind: 'given' } })), '/stackId/value is missing'],
    [
      'a value beside none',
      changed((value) => Object.assign(value, { stackId: { kind: 'none', value: 1 } })),
      '/stackId/value is a key',
    ],
    ['a wrong item of a list', changed((value) => Object.assign(value, { notes: ['a', 1] })), '/notes/1 is not a text'],
  ];
  for (const [what, text, reason] of BROKEN) {
    it(`refuses ${what}, and says where`, () => {
      const failure = refusal(text);
      expect(failure.code).to.equal('record-broken');
      expect(failure.what).to.include(`this is not the record of a release: ${reason}`);
    });
  }
});
