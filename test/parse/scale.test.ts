import { expect } from 'chai';
import fc from 'fast-check';
import type { Given } from '../../lib/model/given.js';
import {
  formatScaleCount,
  parseScale,
  parseScaleArgument,
  parseScaleArguments,
  type ScaleCount,
  type ScaleFile,
} from '../../lib/parse/scale.js';
import { editScale, type ScaleEdit } from '../../lib/parse/scale-edit.js';
import { formatSize } from '../../lib/parse/size.js';
import { Problems } from '../../lib/problems.js';
import { reading, said } from '../support/reading.js';

const read = (text: string, overlay = false) =>
  reading('apps/demo/scale', text, (source, problems) => parseScale(source, overlay, problems));

/** Each entry in one line, in the file's own words. */
function lines(file: ScaleFile): string[] {
  const words = <T>(part: Given<{ value: T }>, format: (value: T) => string) =>
    part.kind === 'given' ? format(part.value.value) : '?';
  return file.entries.map((entry) => `${entry.process} ${words(entry.count, formatScaleCount)} ${words(entry.size, formatSize)}`);
}

describe('scale', () => {
  it('reads counts, ranges, off, and sizes with and without a count', () => {
    const { value, problems } = read(
      '# peak\na=2\nb=2-10\nc=0 # paused\nd=off\ne=2X\nf=:512:1gb\ng=1:512:1gb:nproc=5\nbg_worker=50:1x\nh=:256-512\ni=3:256-512\nj=256-512\n',
    );
    expect(problems).to.deep.equal([]);
    expect(lines(value)).to.deep.equal([
      'a 2 ?',
      'b 2-10 ?',
      'c 0 ?',
      'd off ?',
      'e ? 2X',
      'f ? 512:1.00gb',
      'g 1 512:1.00gb:nproc=5',
      'bg_worker 50 1X',
      'h ? 256:512.00mb',
      'i 3 256:512.00mb',
      'j 256-512 ?',
    ]);
  });

  it('places process, count and size', () => {
    const entry = read('\n  web=2:1X\n').value.entries[0];
    const column = (place: unknown) => (place as { column: number }).column;
    expect([
      column(entry?.place),
      entry?.count.kind === 'given' && column(entry.count.value.place),
      entry?.size.kind === 'given' && column(entry.size.value.place),
    ]).to.deep.equal([3, 7, 9]);
  });

  for (const [text, code, hint] of [
    ['web', '1:1 scale-line', 'write for example `web=2` or `web=2:1X`'],
    ['web:2', '1:1 scale-line', 'did you mean `web=2`?'],
    ['worker+1', '1:1 scale-line', 'did you mean `worker=+1`?'],
    ['web=1X:5', '1:1 scale-line', 'did you mean `web=5:1X`?'],
    ['Web=5', '1:1 scale-line', 'process names are lower case: did you mean `web=5`?'],
    ['=5', '1:1 scale-line', ''],
    ['web=:', '1:1 scale-line', 'write for example `web=1`'],
    ['web=', '1:1 scale-line', 'write for example `web=1`'],
    ['web = 2', '1:5 scale-more-words', 'did you mean `web=2`?'],
    ['web=2 worker=1', '1:7 scale-more-words', 'write one process per line'],
    ['web=512:1gb', '1:5 scale-ambiguous-size', 'did you mean `web=1:512:1gb` or `web=:512:1gb`?'],
    ['web=+1', '1:5 scale-relative', 'write the count here, or run `empire scale web=+1`'],
    ['web=-2', '1:5 scale-relative', ''],
    ['web=5-2', '1:5 scale-range', 'did you mean `web=2-5`?'],
    ['web=2-2', '1:5 scale-range', 'write `web=2` for a fixed count'],
    ['web=off:1X', '1:9 scale-off-size', ''],
    ['web=two', '1:5 scale-count', ''],
    ['web=1.5', '1:5 scale-count', ''],
    ['web=99999', '1:5 scale-count', ''],
    ['web=2:', '1:7 size-unknown', ''],
    ['web=2:1:1gb', '1:7 size-cpu', ''],
    ['web=1\nweb=2', '2:1 scale-duplicate', ''],
    ['unset web', '1:1 scale-unset-in-base', ''],
  ] as const) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      const { problems } = read(text);
      expect(said(problems)).to.deep.equal([code]);
      expect(problems[0]?.severity).to.equal('error');
      if (hint !== '') expect(problems[0]?.hint).to.equal(hint);
    });
  }

  it('reads -1 as off and says so', () => {
    const { value, problems } = read('web=-1');
    expect(lines(value)).to.deep.equal(['web off ?']);
    expect(problems.map(({ severity, code }) => [severity, code])).to.deep.equal([['note', 'scale-minus-one']]);
  });

  it('unsets processes in an overlay', () => {
    const { value, problems } = read('unset web # back to one\nworker=2', true);
    expect(problems).to.deep.equal([]);
    expect(value.unsets.map(({ name }) => name)).to.deep.equal(['web']);
    expect(said(read('web=1\nunset web', true).problems)).to.deep.equal(['2:7 scale-duplicate']);
  });
});

describe('arguments of empire scale', () => {
  const counts = new Map<string, ScaleCount>([
    ['web', { kind: 'fixed', tasks: 2 }],
    ['range', { kind: 'range', min: 1, max: 3 }],
    ['gone', { kind: 'off' }],
  ]);
  const current = (process: string): Given<ScaleCount> => {
    const count = counts.get(process);
    return count === undefined ? { kind: 'none' } : { kind: 'given', value: count };
  };
  function argument(text: string) {
    const problems = new Problems();
    const change = parseScaleArgument(text, current, problems);
    const { count, size } =
      change.kind === 'given' ? change.value : ({ count: { kind: 'none' }, size: { kind: 'none' } } as const);
    return [
      count.kind === 'given' ? formatScaleCount(count.value) : '',
      size.kind === 'given' ? formatSize(size.value) : '',
      ...problems.all.map(({ code, hint }) => `${code}: ${hint}`),
    ];
  }

  it('adds relative counts to the present one', () => {
    expect(argument('web=+1')).to.deep.equal(['3', '']);
    expect(argument('web=-2:2X')).to.deep.equal(['0', '2X']);
    expect(argument('web=5')).to.deep.equal(['5', '']);
    expect(argument('web=off')).to.deep.equal(['off', '']);
    expect(argument('web=px')).to.deep.equal(['', 'PX']);
  });

  // covers: scale-below-zero
  // covers: scale-relative-to-what
  it('refuses to go below zero, and relative changes of a range or of off, with the absolute form', () => {
    expect(argument('web=-3')[2]).to.equal('scale-below-zero: say how many: `web=0`');
    expect(argument('range=+1')[2]).to.equal('scale-relative-to-what: say how many: `range=1`');
    expect(argument('gone=+2')[2]).to.equal('scale-relative-to-what: say how many: `gone=2`');
    expect(argument('gone=-1')[2]).to.equal('scale-relative-to-what: say how many: `gone=1`, or `gone=off`');
  });

  // covers: scale-argument-duplicate
  it('refuses the same process twice', () => {
    const problems = new Problems();
    expect(parseScaleArguments(['web=1', 'worker=2', 'web=3'], current, problems).map(({ process }) => process)).to.deep.equal([
      'web',
      'worker',
    ]);
    expect(said(problems.all)).to.deep.equal(['scale-argument-duplicate']);
  });

  it('refuses Heroku’s form with ours', () => expect(argument('worker+1')[2]).to.equal('scale-line: did you mean `worker=+1`?'));
});

describe('editing scale', () => {
  const edit = (text: string, edits: Record<string, ScaleEdit>) => editScale(text, new Map(Object.entries(edits)));
  const fixed = (tasks: number): ScaleCount => ({ kind: 'fixed', tasks });

  it('changes count and size separately and keeps the rest byte for byte', () => {
    const text = '\uFEFF# top\r\nweb=2:512:1gb # why\r\nworker=2x\r\n  cron=1';
    expect(
      edit(text, {
        web: { count: fixed(3) },
        worker: { count: fixed(0) },
        extra: { size: { cpu: 256, memoryMiB: 300, nproc: { kind: 'none' } } },
      }),
    ).to.equal('\uFEFF# top\r\nweb=3:512:1gb # why\r\nworker=0:2x\r\n  cron=1\r\nextra=:256:300.00mb\r\n');
  });

  it('drops the size of what goes off, and refuses a size for what is off', () => {
    expect(edit('web=2:1X\n', { web: { count: { kind: 'off' } } })).to.equal('web=off\n');
    expect(() => edit('web=off\n', { web: { size: { cpu: 256, memoryMiB: 300, nproc: { kind: 'none' } } } })).to.throw(
      'takes no size',
    );
  });

  it('turns `unset` back into a line', () =>
    expect(edit('unset web # c\n', { web: { count: fixed(1) } })).to.equal('web=1 # c\n'));

  it('reads back exactly what was written', () => {
    const process = fc.stringMatching(/^[a-z][a-z0-9_]{0,5}$/);
    const count: fc.Arbitrary<ScaleCount> = fc.oneof(
      fc.nat(5000).map(fixed),
      fc.tuple(fc.nat(100), fc.integer({ min: 101, max: 5000 })).map(([min, max]): ScaleCount => ({ kind: 'range', min, max })),
    );
    const size = fc.record({
      cpu: fc.integer({ min: 2, max: 9999 }),
      memoryMiB: fc.integer({ min: 6, max: 99999 }),
      nproc: fc.constantFrom({ kind: 'none' } as const, { kind: 'given', value: 7 } as const),
    });
    const change = fc
      .record({ count, size }, { requiredKeys: [] })
      .filter((edit) => edit.count !== undefined || edit.size !== undefined);
    const base = fc.uniqueArray(fc.tuple(process, fc.constantFrom('=1', '=2-3:1X', '=2x # c', '=:256-512', '=0')), {
      maxLength: 5,
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(base, fc.dictionary(process, change, { maxKeys: 4 }), fc.constantFrom('\n', '\r\n'), (before, edits, eol) => {
        const text = before.map((line) => line.join('')).join(`${eol}# c${eol}`);
        const { value, problems } = read(edit(text, edits).replaceAll('\r\n', '\n'));
        expect(problems).to.deep.equal([]);
        const entries = new Map(value.entries.map((entry) => [entry.process, entry]));
        const old = new Map(read(text.replaceAll('\r\n', '\n')).value.entries.map((entry) => [entry.process, entry]));
        expect([...entries.keys()].sort()).to.deep.equal([...new Set([...old.keys(), ...Object.keys(edits)])].sort());
        for (const [name, entry] of entries) {
          const [was, to] = [old.get(name), Object.hasOwn(edits, name) ? edits[name] : undefined];
          const plain = (part: Given<{ value: unknown }> | undefined) => (part?.kind === 'given' ? part.value.value : undefined);
          expect(plain(entry.count)).to.deep.equal(to?.count ?? plain(was?.count));
          expect(plain(entry.size)).to.deep.equal(to?.size ?? plain(was?.size));
        }
      }),
    );
  });
});
