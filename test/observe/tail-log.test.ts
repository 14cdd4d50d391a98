import { expect } from 'chai';
import fc from 'fast-check';
import { Failure } from '../../lib/failure.js';
import type { LogPage, LogQuery, StreamLine, Windows } from '../../lib/model/windows.js';
import { SeenLines } from '../../lib/observe/seen-lines.js';
import { type LogPiece, type LogQuestion, tailLog } from '../../lib/observe/tail-log.js';
import { RehearsalClock } from '../../lib/rehearsal/clock.js';

const BEGIN = Date.parse('2026-06-04T14:27:00Z');
const MINUTE = 60_000;
const NOT_ASKED = (): Promise<never> => Promise.reject(new Error('not asked for'));

/** A container: its clock is off by `skew`, its lines arrive when the agent sends them. */
interface Writer {
  readonly skew: number;
  /** Milliseconds since the line before, and how long the agent holds it back. */
  readonly lines: readonly { readonly pause: number; readonly delay: number }[];
  /** When it starts, milliseconds after the beginning. */
  readonly starts: number;
}

/** What CloudWatch gets: in each stream in the order in which it was written. */
function linesOf(writers: readonly Writer[]): StreamLine[] {
  return writers.flatMap(({ skew, lines, starts }, writer) => {
    let written = BEGIN + starts;
    let arrived = 0;
    return lines.map(({ pause, delay }, index) => {
      written += pause;
      arrived = Math.max(arrived, written + delay);
      const stream = `web/web/${writer}`;
      return {
        id: `${writer}-${String(index).padStart(4, '0')}`,
        stream,
        at: written + skew,
        arrivedAt: arrived,
        text: `${writer} ${index}`,
      };
    });
  });
}

/** CloudWatch: pages of any size, by time, of what has arrived; every now and then it does not answer. */
function logsOf(clock: RehearsalClock, all: readonly StreamLine[], pageSize: number, failEvery: number): Windows['logs'] {
  const sorted = [...all].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  let calls = 0;
  return {
    read: NOT_ASKED,
    removeGroup: NOT_ASKED,
    async filter({ from, token }: LogQuery): Promise<LogPage> {
      calls += 1;
      if (failEvery > 0 && calls % failEvery === 0) throw new Failure('logs', 'too many requests', 'wait', 'throttled');
      await clock.sleep(200);
      // A token is a place in time, so that lines which arrive behind it while pages are read are not seen in this pass.
      const [at, id] = token.kind === 'given' ? (JSON.parse(token.value) as [number, string]) : [from, ''];
      const rest = sorted.filter((line) => line.arrivedAt <= clock.now() && (line.at > at || (line.at === at && line.id > id)));
      const lines = rest.slice(0, pageSize);
      const last = lines.at(-1);
      if (last === undefined || rest.length <= pageSize) return { kind: 'page', lines, token: { kind: 'none' } };
      return { kind: 'page', lines, token: { kind: 'given', value: JSON.stringify([last.at, last.id]) } };
    },
  };
}

const question = (rest: Partial<LogQuestion>): LogQuestion => ({
  group: 'g',
  prefix: '',
  since: BEGIN - 10 * MINUTE,
  now: BEGIN,
  follow: true,
  signal: new AbortController().signal,
  ...rest,
});

/** Follows until everything has arrived and some looks more. */
async function followed(all: readonly StreamLine[], pageSize: number, failEvery: number, now = BEGIN): Promise<StreamLine[]> {
  const clock = new RehearsalClock(BEGIN, Number.POSITIVE_INFINITY);
  const logs = logsOf(clock, all, pageSize, failEvery);
  const end = Math.max(BEGIN, ...all.map(({ arrivedAt }) => arrivedAt)) + 3 * MINUTE;
  const stop = new AbortController();
  const shown: StreamLine[] = [];
  void clock.sleep(end - BEGIN).then(() => stop.abort());
  for await (const piece of tailLog({ logs, clock }, question({ signal: stop.signal, now }))) {
    if (piece.kind === 'lines') shown.push(...piece.lines);
  }
  return shown;
}

const writer = fc.record({
  skew: fc.integer({ min: -3 * MINUTE, max: 30 * MINUTE }),
  starts: fc.integer({ min: -5 * MINUTE, max: 8 * MINUTE }),
  lines: fc.array(fc.record({ pause: fc.integer({ min: 0, max: 20_000 }), delay: fc.integer({ min: 0, max: MINUTE }) }), {
    maxLength: 40,
  }),
});

describe('a log that is followed', () => {
  it('shows every line once, and those of one stream in order, whatever clocks, delays, restarts and failures do', async () => {
    const failures = fc.constantFrom(0, 0, 3, 7);
    await fc.assert(
      fc.asyncProperty(
        fc.array(writer, { maxLength: 6 }),
        fc.integer({ min: 1, max: 30 }),
        failures,
        async (writers, page, every) => {
          const all = linesOf(writers);
          const shown = await followed(all, page, every);
          expect(shown.map(({ id }) => id).sort()).to.deep.equal(all.map(({ id }) => id).sort());
          for (const [index] of writers.entries()) {
            const own = shown.filter(({ stream }) => stream === `web/web/${index}`).map(({ id }) => id);
            expect(own).to.deep.equal(all.filter(({ stream }) => stream === `web/web/${index}`).map(({ id }) => id));
          }
        },
      ),
      { numRuns: 300 },
    );
  }).timeout(60_000);

  it('would lose late lines if it did not look back: the property can fail', async () => {
    const late: Writer = { skew: 0, starts: 0, lines: [{ pause: 0, delay: 20 * MINUTE }] };
    const busy: Writer = { skew: 0, starts: 0, lines: Array.from({ length: 400 }, () => ({ pause: 5_000, delay: 0 })) };
    const all = linesOf([late, busy]);
    const shown = await followed(all, 30, 0);
    expect(all.length - shown.length).to.equal(1);
  });

  it('does not need to know what time it is', async () => {
    const lines = Array.from({ length: 60 }, () => ({ pause: 5_000, delay: 1_000 }));
    const all = linesOf([{ skew: 0, starts: MINUTE, lines }]);
    for (const now of [BEGIN - 120 * MINUTE, BEGIN + 120 * MINUTE]) expect(await followed(all, 7, 0, now)).to.deep.equal(all);
  });

  it('keeps the order of a stream whose lines arrive while pages are read', async () => {
    const clock = new RehearsalClock(BEGIN, Number.POSITIVE_INFINITY);
    const line = (id: string, at: number, arrivedAt: number) => ({
      id,
      stream: 's',
      at: BEGIN + at,
      arrivedAt: BEGIN + arrivedAt,
      text: id,
    });
    const [seen, first, second] = [line('seen', 5, 6), line('first', 2, 50), line('second', 8, 50)];
    const next = { kind: 'given', value: 'next' } as const;
    const end = { kind: 'none' } as const;
    // Both arrive behind and before the page that is read at that moment.
    const pages = [
      { lines: [seen], token: next },
      { lines: [second], token: end },
      { lines: [first, seen, second], token: end },
    ];
    const stop = new AbortController();
    const filter = async (): Promise<LogPage> => {
      const page = pages.shift();
      if (pages.length === 0) stop.abort();
      return { kind: 'page', ...(page ?? { lines: [], token: end }) };
    };
    const shown: string[] = [];
    const windows = { clock, logs: { filter, read: NOT_ASKED, removeGroup: NOT_ASKED } };
    for await (const piece of tailLog(windows, question({ signal: stop.signal }))) {
      if (piece.kind === 'lines') shown.push(...piece.lines.map(({ id }) => id));
    }
    expect(shown).to.deep.equal(['seen', 'first', 'second']);
  });

  it('waits for a group that is not there yet, and says so once', async () => {
    const clock = new RehearsalClock(BEGIN, Number.POSITIVE_INFINITY);
    const line = { id: '1', stream: 's', at: BEGIN + MINUTE, arrivedAt: BEGIN + MINUTE, text: 'first' };
    const filter = async (): Promise<LogPage> =>
      clock.now() < BEGIN + MINUTE ? { kind: 'missing' } : { kind: 'page', lines: [line], token: { kind: 'none' } };
    const stop = new AbortController();
    void clock.sleep(2 * MINUTE).then(() => stop.abort());
    const pieces: LogPiece[] = [];
    const windows = { clock, logs: { filter, read: NOT_ASKED, removeGroup: NOT_ASKED } };
    for await (const piece of tailLog(windows, question({ signal: stop.signal }))) pieces.push(piece);
    expect(pieces).to.deep.equal([{ kind: 'missing' }, { kind: 'lines', lines: [line] }]);
  });

  it('gives up on a log that is only read once, and never on one that is followed', async () => {
    const clock = new RehearsalClock(BEGIN, Number.POSITIVE_INFINITY);
    const filter = async (): Promise<LogPage> => {
      throw new Failure('logs', 'no answer', 'try again', 'network');
    };
    const windows = { clock, logs: { filter, read: NOT_ASKED, removeGroup: NOT_ASKED } };
    const once = tailLog(windows, question({ follow: false })).next();
    expect(await once.catch((error: Failure) => error.code)).to.equal('network');
    expect(clock.now() - BEGIN).to.equal(15_000);
  });
});

describe('the lines that were seen', () => {
  const line = (second: number, id: number) => ({ at: BEGIN + second * 1000, id: `${id}` });

  it('are known from the horizon on, and no more of them than allowed', () => {
    const seen = new SeenLines(BEGIN, 1000);
    for (let id = 0; id < 10_000; id++) expect(seen.take(line(Math.floor(id / 10), id))).to.equal(true);
    expect(seen.size).to.be.at.most(1000);
    expect(seen.horizon).to.be.greaterThan(BEGIN);
    for (let id = 9_990; id < 10_000; id++) expect(seen.take(line(999, id))).to.equal(false);
  });

  it('are forgotten before the horizon only', () => {
    const seen = new SeenLines(BEGIN, 1000);
    for (const second of [0, 1, 2, 3]) seen.take(line(second, second));
    seen.forgetBefore(BEGIN + 2500);
    expect(seen.take(line(2, 2))).to.equal(true);
    expect(seen.take(line(3, 3))).to.equal(false);
    expect(seen.size).to.equal(2);
  });
});
