import { expect } from 'chai';
import { type Ingress, ingressResources } from '../../constructs/ingress/resources.js';
import { PlatformReferences } from '../../constructs/platform-references.js';
import { allotLedger } from '../../lib/compile/ledger.js';
import type { App } from '../../lib/model/app.js';
import type { Ledger } from '../../lib/model/ledger.js';
import { app, http, idsOf, managed, properties, shared } from '../support/ingress-apps.js';

const make = (subject: App, ledger: Ledger): Ingress => ingressResources(subject, shared, new PlatformReferences(shared), ledger);

const subject = app([http('web', ['80:8080'], { domains: [managed('a.example.com')] }), http('api', ['80:3000'])]);

const allotted = (one: App): Ledger => allotLedger({ ledger: [], apps: [{ app: one, platform: shared }] }).ledger;

describe('ingress: shared balancers', () => {
  it('adds only rules, groups, certificates, records and the way to the tasks', () => {
    const { resources, problems } = make(subject, allotted(subject));
    expect(problems).to.deep.equal([]);
    expect(new Set(resources.map(({ type }) => type.replace('AWS::', '')))).to.deep.equal(
      new Set([
        'EC2::SecurityGroupIngress',
        'ElasticLoadBalancingV2::ListenerCertificate',
        'ElasticLoadBalancingV2::TargetGroup',
        'ElasticLoadBalancingV2::ListenerRule',
        'Route53::RecordSet',
        'CertificateManager::Certificate',
      ]),
    );
    expect(properties(resources, 'WebPrivateRecord').AliasTarget.DNSName).to.deep.equal({
      Ref: 'PlatformInternalBalancerDnsName',
    });
  });

  it('gives web a rule too, for the app itself and its own name', () => {
    const ledger = allotted(subject);
    const rule = properties(make(subject, ledger).resources, 'WebRule80');
    expect(rule.ListenerArn).to.deep.equal({ Ref: 'PlatformListenerInternal80' });
    expect(rule.Conditions[0].HostHeaderConfig.RegexValues).to.deep.equal([
      '^(acme-inc|acme-inc\\.empire|web\\.acme-inc\\.empire)(:[0-9]+)?$',
    ]);
    expect(rule.Priority).to.equal(ledger.find(({ rule }) => rule === 'WebRule80')?.priority);
  });

  it('refuses a rule without a number in the ledger, naming the command', () => {
    // covers: ingress-lock-missing
    const ledger = allotted(app([http('web', ['80:8080'])]));
    const { problems } = make(subject, ledger);
    expect(problems.map(({ code, place }) => [code, place])).to.deep.equal([
      ['ingress-lock-missing', { kind: 'file', file: 'apps/ingress.lock' }],
    ]);
    expect(problems[0]?.hint).to.include('`empire synth`');
    expect(problems[0]?.message).to.match(/^\d+ of the rules of `acme-inc`/);
  });

  it('refuses a number outside the band of its rule', () => {
    // covers: ingress-lock-band
    const ledger = allotted(subject).map((entry) => (entry.rule === 'WebRule80' ? { ...entry, priority: 40_000 } : entry));
    expect(make(subject, ledger).problems.map(({ code, given }) => [code, given])).to.deep.equal([
      ['ingress-lock-band', { kind: 'given', value: '40000' }],
    ]);
  });

  it('goes into maintenance with the numbers it has', () => {
    const ledger = allotted(subject);
    const closed = app(subject.processes, { maintenance: { kind: 'given', value: 'back soon' } });
    const { resources, problems } = make(closed, ledger);
    expect(problems).to.deep.equal([]);
    const pages = idsOf(resources, 'ListenerRule').filter((id) => id.endsWith('Maintenance'));
    expect(pages).to.have.length(3);
    for (const id of pages) {
      const behind = properties(resources, id.replace('Maintenance', ''));
      expect(properties(resources, id).Conditions).to.deep.equal(behind.Conditions);
      expect(properties(resources, id).Priority).to.be.below(behind.Priority);
    }
  });
});
