import { expect } from 'chai';
import { type Ingress, ingressResources } from '../../constructs/ingress/resources.js';
import { PlatformReferences } from '../../constructs/platform-references.js';
import type { App, Deployment } from '../../lib/model/app.js';
import { app, blueGreen, http, idsOf, managed, plain, platform, properties } from '../support/ingress-apps.js';

const make = (subject: App): Ingress => ingressResources(subject, platform(), new PlatformReferences(platform()), []);

const shifting = (deployment: Deployment, domains = [] as Parameters<typeof managed>[0][]) =>
  app([http('web', ['80:8080'], { domains: domains.map(managed) }, { deployment })]);

describe('ingress: traffic shifting', () => {
  it('never stands in a default action: a production rule at the end takes everything', () => {
    const { resources } = make(shifting(blueGreen));
    expect(properties(resources, 'InternalListener80').DefaultActions[0].Type).to.equal('fixed-response');
    const rule = properties(resources, 'WebProductionRule80');
    expect(rule.Conditions).to.deep.equal([{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }]);
    expect(rule.Priority).to.be.within(45_000, 49_999);
    expect(rule.Actions[0].ForwardConfig.TargetGroups).to.deep.equal([
      { TargetGroupArn: { Ref: 'WebTargetGroup' }, Weight: 100 },
      { TargetGroupArn: { Ref: 'WebTargetGroupAlternate' }, Weight: 0 },
    ]);
  });

  it('looks at the test header first', () => {
    const { resources } = make(shifting(blueGreen));
    const rule = properties(resources, 'WebTestRule80');
    expect(rule.Priority).to.be.within(5000, 9999);
    expect(rule.Conditions[1].HttpHeaderConfig).to.deep.equal({ HttpHeaderName: 'x-empire-test', Values: ['true'] });
  });

  it('tells ECS the twin group, both rules and the role', () => {
    const attachment = make(shifting(blueGreen)).attachments.get('web');
    expect(attachment?.loadBalancers[0]?.['AdvancedConfiguration']).to.deep.equal({
      AlternateTargetGroupArn: { Ref: 'WebTargetGroupAlternate' },
      ProductionListenerRule: { Ref: 'WebProductionRule80' },
      TestListenerRule: { Ref: 'WebTestRule80' },
      RoleArn: { 'Fn::GetAtt': ['AppInfrastructureRole', 'Arn'] },
    });
    expect(attachment?.dependsOn).to.deep.equal([]);
  });

  it('lets ECS touch only the groups, listeners and rules of the process', () => {
    const role = properties(make(shifting(blueGreen)).resources, 'AppInfrastructureRole');
    const statements = role.Policies[0].PolicyDocument.Statement;
    expect(statements.map((statement: { Resource: unknown }) => statement.Resource)).to.deep.equal([
      '*',
      [{ Ref: 'WebTargetGroup' }, { Ref: 'WebTargetGroupAlternate' }],
      [{ Ref: 'InternalListener80' }],
      [{ Ref: 'WebProductionRule80' }, { Ref: 'WebTestRule80' }],
    ]);
    expect(statements[0].Action.every((action: string) => action.startsWith('elasticloadbalancing:Describe'))).to.equal(true);
  });

  it('says the strategy with its numbers', () => {
    const deployment = (one: Deployment) => make(shifting(one)).attachments.get('web')?.deployment;
    expect(deployment(blueGreen)).to.deep.equal({ Strategy: 'BLUE_GREEN', BakeTimeInMinutes: 5 });
    expect(deployment({ kind: 'canary', percent: 10, stepMinutes: 3, bakeMinutes: 5 })).to.deep.equal({
      Strategy: 'CANARY',
      BakeTimeInMinutes: 5,
      CanaryConfiguration: { CanaryPercent: 10, CanaryBakeTimeInMinutes: 3 },
    });
    expect(deployment({ kind: 'linear', percent: 20, stepMinutes: 3, bakeMinutes: 5 })).to.deep.equal({
      Strategy: 'LINEAR',
      BakeTimeInMinutes: 5,
      LinearConfiguration: { StepPercent: 20, StepBakeTimeInMinutes: 3 },
    });
  });

  it('gathers public names under one rule per listener and rank, each with its pair of groups', () => {
    const { resources, attachments } = make(
      app([
        http(
          'web',
          ['80:8080'],
          {
            domains: [managed('*.example.com'), managed('a.example.com'), managed('b.example.com'), plain('old.test')],
          },
          { deployment: blueGreen },
        ),
      ]),
    );
    expect(idsOf(resources, 'ListenerRule').filter((id) => id.includes('Production'))).to.deep.equal([
      'WebProductionRule80',
      'WebPublicProductionRule443',
      'WebPublicProductionRule443Wildcard',
      'WebPublicProductionRule80',
    ]);
    expect(properties(resources, 'WebPublicProductionRule443').Conditions[0].HostHeaderConfig.RegexValues).to.deep.equal([
      '^(a\\.example\\.com|b\\.example\\.com)(:[0-9]+)?$',
    ]);
    const advanced = attachments.get('web')?.loadBalancers.map((item) => JSON.stringify(item['AdvancedConfiguration']));
    expect(new Set(advanced).size).to.equal(4);
  });

  it('leaves processes that roll as they were', () => {
    const { resources, attachments } = make(app([http('web', ['80:1'], {}, { deployment: blueGreen }), http('api', ['80:2'])]));
    expect(attachments.get('api')?.loadBalancers[0]).not.to.have.property('AdvancedConfiguration');
    expect(idsOf(resources, 'TargetGroup')).to.deep.equal(['ApiTargetGroup', 'WebTargetGroup', 'WebTargetGroupAlternate']);
  });
});
