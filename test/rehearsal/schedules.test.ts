import { expect } from 'chai';
import { nextTick } from '../../lib/rehearsal/services/cron-times.js';
import { Stage } from '../support/stage.js';
import type { Screen } from '../support/transcript.js';

const at = (text: string): number => Date.parse(`${text}:00Z`);
const next = (expression: string, timezone: string, after: string): string => {
  const tick = nextTick(expression, timezone, at(after) + 30_000);
  return tick === Infinity ? 'never' : new Date(tick).toISOString().slice(0, 16);
};

describe('the next tick of a schedule', () => {
  const cases: readonly [string, string, string, string][] = [
    ['rate(5 minutes)', 'UTC', '2026-06-04T14:27', '2026-06-04T14:32'],
    ['cron(*/10 * * * ? *)', 'UTC', '2026-06-04T14:27', '2026-06-04T14:30'],
    ['cron(0 3 * * ? *)', 'UTC', '2026-06-04T14:27', '2026-06-05T03:00'],
    ['cron(0 6 ? * MON-FRI *)', 'America/New_York', '2026-06-05T14:27', '2026-06-08T10:00'],
    ['cron(15,45 8-10/2 * * ? *)', 'UTC', '2026-06-04T08:20', '2026-06-04T08:45'],
    ['cron(15,45 8-10/2 * * ? *)', 'UTC', '2026-06-04T08:50', '2026-06-04T10:15'],
    ['cron(30 12 1 JUL ? *)', 'Asia/Kolkata', '2026-06-04T14:27', '2026-07-01T07:00'],
    ['cron(0 0 ? * 6L *)', 'UTC', '2026-06-04T14:27', 'never'],
    ['cron(0 0 1 1 ? 2020)', 'UTC', '2026-06-04T14:27', 'never'],
  ];
  for (const [expression, timezone, after, wanted] of cases) {
    it(`of ${expression} in ${timezone} after ${after} is ${wanted}`, () => {
      expect(next(expression, timezone, after)).to.equal(wanted);
    });
  }
});

describe('a rehearsed cron process', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage({
      'apps/shop/image': 'example/shop:v1\n',
      'apps/shop/Procfile': 'web: shop serve\nsweep:\n  command: echo swept\n  cron: rate(5 minutes)\n',
      'apps/shop/scale': 'web=1\nsweep=2\n',
    });
  });
  afterEach(() => stage.close());

  async function ok(line: string): Promise<Screen> {
    const screen = await stage.run(line.split(' '));
    expect(screen.code, `${line}\n${screen.stderr}`).to.equal(0);
    return screen;
  }
  const swept = async (): Promise<number> => (await ok('logs shop -p sweep --since 1d')).stdout.split('swept').length - 1;

  it('starts its tasks at each tick; they show in `ps`, end, and leave their log', async () => {
    await ok('deploy shop --yes');
    const before = await swept();
    await stage.rehearsal.clock.sleep(302_000 - (stage.rehearsal.clock.now() % 1000));
    expect(await swept()).to.equal(before + 2);
    const shown: string[] = [];
    for (let look = 0; look < 150; look += 1) {
      await stage.rehearsal.clock.sleep(2_000);
      shown.push((await ok('ps shop')).stdout);
    }
    const running = shown.filter((text) => /^v1\.sweep\..*RUNNING/m.test(text));
    expect(running.length).to.be.within(1, 20);
    expect(await swept()).to.equal(before + 4);
  });

  it('does not start them in maintenance, nor when there is none any more', async () => {
    await ok('deploy shop --yes');
    await ok('maintenance on -a shop');
    const before = await swept();
    await stage.rehearsal.clock.sleep(1_800_000);
    expect(await swept()).to.equal(before);
    await ok('maintenance off -a shop');
    await stage.rehearsal.clock.sleep(1_800_000);
    expect(await swept()).to.be.greaterThan(before + 8);
    await ok('destroy shop --confirm shop');
    const rest = stage.rehearsal.look(({ state }) => state.services.schedules);
    expect(rest).to.deep.equal({});
  });

  it('that was left alone for a month has ticked in the last hours only', async () => {
    await ok('deploy shop --yes');
    await stage.rehearsal.clock.sleep(30 * 86_400_000);
    const streams = stage.rehearsal.look(({ state }) => Object.keys(state.services.streams['/empire/default/shop'] ?? {}));
    expect(streams.filter((name) => name.startsWith('sweep/')).length).to.be.within(24, 80);
  });
});
