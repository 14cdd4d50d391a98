import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openAws } from '../../lib/windows/aws/index.js';
import { BARE_AWS, setEnvironment } from '../support/environment.js';
import { type Moto, startMoto } from '../support/moto.js';
import { openInMemory } from '../support/rehearsed-services.js';
import { startAccountOrSkip } from './launcher.js';
import { type AllowedDifference, compare, type Difference, judge, withReasons } from './scenarios/compare.js';
import { REGION } from './scenarios/ground.js';
import { groundOfMoto } from './scenarios/moto-ground.js';
import { registryScenarios } from './scenarios/registry.js';
import { groundOfRehearsal } from './scenarios/rehearsal-ground.js';
import { type Played, play, type Scenario } from './scenarios/scenario.js';
import { serviceScenarios } from './scenarios/services.js';
import { stackScenarios } from './scenarios/stacks.js';
import { refusedScenarios } from './scenarios/stacks-refused.js';
import { updateScenarios } from './scenarios/stacks-updated.js';
import { storeScenarios } from './scenarios/store.js';
import { valueScenarios } from './scenarios/values.js';

const SCENARIOS: readonly Scenario[] = [
  ...storeScenarios,
  ...valueScenarios,
  ...registryScenarios,
  ...serviceScenarios,
  ...stackScenarios,
  ...updateScenarios,
  ...refusedScenarios,
];
const FILE = join(__dirname, 'differences.json');
const ALLOWED: readonly AllowedDifference[] = JSON.parse(readFileSync(FILE, 'utf8'));

/** Writes `differences.json` anew. What is new there has no reason yet, and fails until somebody gives it one. */
const WRITES = process.env['GOLDEN'] === '1';

/** The rehearsal is held to moto, which others wrote: the same calls, the same outcomes, except for what the file allows. */
describe('the rehearsal beside moto', function () {
  this.timeout(60_000);
  let plain: Moto;
  let repaired: Moto;
  let restore = (): void => undefined;
  const all: Difference[] = [];
  let played = 0;

  before(async function () {
    // What skips the one skips both.
    [repaired, plain] = await Promise.all([startAccountOrSkip(this, ['default']), startMoto()]);
    // Where moto fails with an error of its own, a second attempt fails as well.
    restore = setEnvironment({ ...BARE_AWS, AWS_MAX_ATTEMPTS: '1' });
  });
  after(async () => {
    restore();
    await Promise.all([plain?.stop(), repaired?.stop()]);
    if (WRITES && played === SCENARIOS.length)
      writeFileSync(FILE, `${JSON.stringify(withReasons(all, ALLOWED), undefined, 2)}\n`);
  });

  for (const scenario of SCENARIOS) {
    it(scenario.name, async () => {
      const found = compare(scenario.name, await playOnMoto(scenario), await playRehearsed(scenario));
      played += 1;
      all.push(...found);
      const allowed = ALLOWED.filter((one) => one.scenario === scenario.name);
      const wrong = WRITES ? [] : judge(found, allowed);
      expect(wrong, wrong.join('\n')).to.deep.equal([]);
    });
  }

  async function playOnMoto(scenario: Scenario): Promise<Played> {
    const { url } = scenario.against === 'plain' ? plain : repaired;
    if (scenario.against === 'plain') await plain.reset();
    const region = { kind: 'given', value: REGION } as const;
    const windows = openAws({ region, profile: { kind: 'none' }, endpoint: { kind: 'given', value: url } });
    return await play(scenario, windows, groundOfMoto(url));
  }

  async function playRehearsed(scenario: Scenario): Promise<Played> {
    const rehearsal = openInMemory();
    return await play(scenario, rehearsal, groundOfRehearsal(rehearsal));
  }
});

describe('the differences between moto and the rehearsal', () => {
  const one: Difference = { scenario: 'store', step: 'claim', difference: 'result.kind: moto "written", rehearsal "refused"' };

  it('are of scenarios that there are, each once, and each with its reason', () => {
    const names = SCENARIOS.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    const keys = ALLOWED.map(({ scenario, step, difference }) => `${scenario}: ${step}: ${difference}`);
    expect(new Set(keys).size).to.equal(keys.length);
    for (const { scenario, reason } of ALLOWED) {
      expect(names).to.include(scenario);
      expect(reason, `the reason of a difference in ${scenario}`).to.match(/^.{20,}$/);
    }
  });

  it('are found in values, in codes, and in steps that only one side has', () => {
    const moto: Played = new Map([
      ['same', { returned: { a: [1, 2], b: null } }],
      ['value', { returned: { a: [1, 2], b: 'x' } }],
      ['code', { failed: 'outside-refused' }],
      ['outcome', { failed: 'outside-refused' }],
    ]);
    const rehearsal: Played = new Map([
      ['same', { returned: { a: [1, 2], b: null } }],
      ['value', { returned: { a: [1], b: 'y' } }],
      ['code', { failed: 'network' }],
      ['outcome', { returned: 7 }],
      ['more', { returned: undefined }],
    ]);
    expect(compare('s', moto, rehearsal).map(({ step, difference }) => `${step}: ${difference}`)).to.deep.equal([
      'value: result.a.1: moto 2, rehearsal nothing',
      'value: result.b: moto "x", rehearsal "y"',
      'code: outcome: moto fails with outside-refused, rehearsal fails with network',
      'outcome: outcome: moto fails with outside-refused, rehearsal gives 7',
      'more: outcome: moto has no such step, rehearsal gives nothing',
    ]);
  });

  it('fail when they are not allowed, and when they are allowed for nothing', () => {
    const allowed = { ...one, reason: 'of the test' };
    expect(judge([one], [allowed])).to.deep.equal([]);
    expect(judge([one], [])).to.deep.equal([`not allowed: ${JSON.stringify(one)}`]);
    expect(judge([], [allowed])).to.deep.equal([`no longer occurs: ${JSON.stringify(one)}`]);
    expect(judge([one], [{ ...allowed, step: 'change' }])).to.have.length(2);
  });

  it('keep their reasons when the file is written anew', () => {
    const next = { ...one, step: 'change' };
    expect(withReasons([one, next], [{ ...one, reason: 'of the test' }])).to.deep.equal([
      { ...one, reason: 'of the test' },
      { ...next, reason: '' },
    ]);
  });
});
