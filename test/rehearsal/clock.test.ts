import { expect } from 'chai';
import { RehearsalClock } from '../../lib/rehearsal/clock.js';

const START = 1000;

describe('rehearsed clock', () => {
  it('wakes in order of time, and of arrival at the same time', async () => {
    const clock = new RehearsalClock(START, Number.POSITIVE_INFINITY);
    const seen: string[] = [];
    const sleeper = async (name: string, ...pauses: number[]): Promise<void> => {
      for (const pause of pauses) {
        await clock.sleep(pause);
        seen.push(`${name} ${clock.now() - START}`);
      }
    };
    await Promise.all([sleeper('a', 30, 10), sleeper('b', 10, 10, 10), sleeper('c', 30)]);
    expect(seen).to.deep.equal(['b 10', 'b 20', 'a 30', 'c 30', 'b 30', 'a 40']);
  });

  it('lets what a sleeper does after it woke come before the next one wakes', async () => {
    const clock = new RehearsalClock(START, Number.POSITIVE_INFINITY);
    const seen: string[] = [];
    const worker = async (name: string, pause: number): Promise<void> => {
      await clock.sleep(pause);
      for (let step = 0; step < 20; step += 1) await Promise.resolve();
      seen.push(`${name} ${clock.now() - START}`);
    };
    await Promise.all([worker('second', 2), worker('first', 1)]);
    expect(seen).to.deep.equal(['first 1', 'second 2']);
  });

  it('never runs backwards', async () => {
    const clock = new RehearsalClock(START, Number.POSITIVE_INFINITY);
    clock.moveTo(START + 500);
    clock.moveTo(START);
    const sleeping = clock.sleep(10);
    clock.moveTo(START + 5000);
    await sleeping;
    expect(clock.now()).to.equal(START + 5000);
  });

  it('ends a sleep early, without an error, when the signal fires', async () => {
    for (const speed of [Number.POSITIVE_INFINITY, 1]) {
      const clock = new RehearsalClock(START, speed);
      const controller = new AbortController();
      const sleeping = clock.sleep(60_000, controller.signal);
      controller.abort();
      await sleeping;
      expect(clock.now()).to.equal(START);
      await clock.sleep(60_000, controller.signal);
      expect(clock.now()).to.equal(START);
    }
  });

  it('runs faster than a real one', async () => {
    const clock = new RehearsalClock(START, 1000);
    const begin = Date.now();
    await clock.sleep(20_000);
    expect(clock.now()).to.equal(START + 20_000);
    expect(Date.now() - begin).to.be.within(15, 1000);
  });
});
