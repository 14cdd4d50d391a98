import { expect } from 'chai';
import { conditionGroups, hostPatterns } from '../../constructs/ingress/names.js';
import { ingressResources } from '../../constructs/ingress/resources.js';
import { PlatformReferences } from '../../constructs/platform-references.js';
import type { App } from '../../lib/model/app.js';
import type { Problem } from '../../lib/model/problem.js';
import { app, http, managed, plain, platform, shared } from '../support/ingress-apps.js';

const problems = (subject: App, ground = platform()): readonly Problem[] =>
  ingressResources(subject, ground, new PlatformReferences(ground), []).problems;

const codes = (subject: App, ground = platform()): string[] => problems(subject, ground).map(({ code }) => code);

describe('ingress: what it refuses', () => {
  it('refuses two protocols on one port', () => {
    // covers: ingress-port-protocol
    const api = http('api', ['80:1'], { ports: [{ balancer: 80, container: 1, protocol: 'https' }] });
    const found = problems(app([http('web', ['80:2']), api]));
    expect(found.map(({ code, message }) => [code, message])).to.deep.equal([
      ['ingress-port-protocol', 'port 80 is https for `api` and http for `web`'],
    ]);
  });

  it('refuses a name that no host condition can hold', () => {
    // covers: ingress-name-too-long
    const name = `${'a'.repeat(60)}.${'b'.repeat(60)}.example.com`;
    expect(codes(app([http('web', ['80:1'], { domains: [plain(name)] })]))).to.deep.equal(['ingress-name-too-long']);
  });

  it('refuses more target groups than ECS takes for one service', () => {
    // covers: ingress-too-many-groups
    const found = problems(app([http('web', ['1:1', '2:2', '3:3', '4:4', '5:5', '6:6'])]));
    expect(found.map(({ code, given }) => [code, given])).to.deep.equal([
      ['ingress-too-many-groups', { kind: 'given', value: '6' }],
    ]);
  });

  it('refuses more certificates and rules than a balancer holds, with the number', () => {
    // covers: ingress-overfull
    const domains = Array.from({ length: 60 }, (_, index) => managed(`n${index}.example.com`));
    const found = problems(app([http('web', ['80:1'], { domains })]));
    expect(found.map(({ code, message, given, allowed }) => [code, message, given, allowed])).to.deep.equal([
      ['ingress-overfull', 'too many listener rules for the public load balancer', is('120'), is('100')],
      ['ingress-overfull', 'too many certificates for the public load balancer', is('59'), is('25')],
    ]);
  });

  it('always says what to do', () => {
    const found = problems(app([http('web', ['80:1'])]), shared);
    expect(found).not.to.deep.equal([]);
    for (const { hint } of found) expect(hint).to.match(/^[a-z].*[^.]$/);
  });
});

const is = (value: string) => ({ kind: 'given', value });

describe('ingress: host patterns', () => {
  it('match names with and without a port, and nothing else', () => {
    const [pattern] = hostPatterns(['acme-inc', 'acme-inc.empire']);
    expect(pattern).to.equal('^(acme-inc|acme-inc\\.empire)(:[0-9]+)?$');
    const expression = new RegExp(pattern as string);
    for (const host of ['acme-inc', 'acme-inc:80', 'acme-inc.empire']) expect(host).to.match(expression);
    for (const host of ['xacme-inc', 'acme-inc-empire', 'acme-inc.empire.evil']) expect(host).not.to.match(expression);
  });

  it('are cut at 128 characters, three to a condition', () => {
    const names = Array.from({ length: 20 }, (_, index) => `${'n'.repeat(50)}${index}.example.com`);
    for (const pattern of hostPatterns(names)) expect(pattern.length).to.be.at.most(128);
    const groups = conditionGroups(names);
    expect(groups.flat()).to.deep.equal(names);
    for (const group of groups) expect(hostPatterns(group).length).to.be.at.most(3);
  });
});
