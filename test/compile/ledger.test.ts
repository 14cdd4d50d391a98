import { expect } from 'chai';
import { allotLedger } from '../../lib/compile/ledger.js';
import type { Ledger } from '../../lib/model/ledger.js';
import { app, http, managed, platform, shared } from '../support/ingress-apps.js';

const named = (name: string, domains: readonly string[] = []) => ({
  app: app([http('web', ['80:8080'], { domains: domains.map(managed) })], { name }),
  platform: shared,
});

const allot = (ledger: Ledger, ...apps: ReturnType<typeof named>[]) => allotLedger({ ledger, apps });

describe('the ingress ledger', () => {
  it('stays empty for apps with balancers of their own', () => {
    const { ledger } = allotLedger({ ledger: [], apps: [{ ...named('a'), platform: platform() }] });
    expect(ledger).to.deep.equal([]);
  });

  it('does not depend on the order of apps', () => {
    const a = named('alpha', ['a.example.com']);
    const b = named('beta', ['b.example.com', '*.example.com']);
    expect(allot([], a, b)).to.deep.equal(allot([], b, a));
  });

  it('is sorted, with each number once per listener', () => {
    const apps = Array.from({ length: 20 }, (_, index) => named(`app-${index}`, [`n${index}.example.com`]));
    const { ledger, problems } = allot([], ...apps);
    expect(problems).to.deep.equal([]);
    const lines = ledger.map(({ environment, app, listener, rule }) => `${environment} ${app} ${listener} ${rule}`);
    expect(lines).to.deep.equal([...lines].sort());
    expect(new Set(ledger.map(({ listener, priority }) => `${listener} ${priority}`)).size).to.equal(ledger.length);
  });

  it('keeps old numbers for ever, also of what is gone', () => {
    const before = allot([], named('alpha', ['a.example.com']), named('beta'));
    const after = allot(before.ledger, named('beta', ['b.example.com']));
    for (const entry of before.ledger) expect(after.ledger).to.deep.include(entry);
    expect(after.ledger.length).to.be.above(before.ledger.length);
    expect(allot(after.ledger, named('alpha'), named('beta')).ledger).to.deep.equal(after.ledger);
  });

  it('walks on when another rule has the number', () => {
    const first = allot([], named('alpha')).ledger.find(({ rule }) => rule === 'WebRule80') as Ledger[number];
    const { ledger, problems } = allot([{ ...first, app: 'other' }], named('alpha'));
    expect(problems).to.deep.equal([]);
    expect(ledger.find(({ app, rule }) => app === 'alpha' && rule === 'WebRule80')?.priority).to.equal(first.priority + 1);
  });

  it('keeps environments apart', () => {
    const one = named('alpha');
    const staging = { app: { ...one.app, environment: 'staging' }, platform: { ...shared, environment: 'staging' } };
    const { ledger } = allotLedger({ ledger: allot([], one).ledger, apps: [staging] });
    expect(ledger.filter(({ environment }) => environment === 'staging')).to.have.length(2);
    expect(ledger.filter(({ environment }) => environment === 'default')).to.have.length(2);
  });

  it('refuses two rules with one number', () => {
    // covers: ingress-lock-clash
    const entry = { environment: 'default', app: 'a', listener: 'public-80', rule: 'WebRule1', priority: 12_345 };
    const { problems } = allot([entry, { ...entry, app: 'b' }]);
    expect(problems.map(({ code, message }) => [code, message])).to.deep.equal([
      ['ingress-lock-clash', 'two rules have the number 12345 on `public-80`'],
    ]);
  });

  it('refuses more than a shared balancer holds, with the number', () => {
    // covers: ingress-shared-overfull
    const apps = Array.from({ length: 101 }, (_, index) => named(`app-${index}`));
    const { problems } = allot([], ...apps);
    expect(problems.map(({ code, message }) => [code, message])).to.deep.equal([
      ['ingress-shared-overfull', 'too many listener rules for the shared internal load balancer'],
      ['ingress-shared-overfull', 'too many target groups for the shared internal load balancer'],
    ]);
    expect(problems[0]?.given).to.deep.equal({ kind: 'given', value: '101 of all apps together' });
  });

  it('refuses a rule when every number of its band is taken', () => {
    // covers: ingress-band-full
    const entry = { environment: 'default', app: 'x', listener: 'internal-80' };
    const full = Array.from({ length: 25_000 }, (_, index) => ({ ...entry, rule: `R${index}`, priority: 10_000 + index }));
    expect(allot(full, named('alpha')).problems.map(({ code }) => code)).to.deep.equal(['ingress-band-full']);
  });
});
