import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { SpecDatabase } from '@aws-cdk/service-spec-types';
import { expect } from 'chai';
import type { Json } from '../../lib/model/json.js';
import { evaluate, type Scope } from '../../lib/rehearsal/stacks/evaluate.js';
import { KNOWN_TYPES, replaces } from '../../lib/rehearsal/stacks/replacement.js';
import { goldenCases, goldenFiles } from '../support/golden.js';
import { platformGoldens } from '../support/platform-golden.js';
import { edited, exampleTemplate, StacksWorld } from '../support/stacks-world.js';

/** What AWS publishes about a type's properties, as far as it speaks of updates. */
function published(specification: SpecDatabase, type: string): Map<string, boolean> {
  const [resource] = specification.lookup('resource', 'cloudFormationType', 'equals', type);
  const properties = Object.entries(resource?.properties ?? {});
  return new Map(properties.map(([name, { causesReplacement }]) => [name, causesReplacement === 'yes']));
}

describe('what the rehearsed CloudFormation knows about resource types', () => {
  it('agrees with the service specification about what a new value replaces', () => {
    expect(KNOWN_TYPES.length).to.be.above(15);
    const specification = loadAwsServiceSpecSync();
    for (const type of KNOWN_TYPES) {
      const properties = published(specification, type);
      expect(properties.size, type).to.be.above(0);
      const ours = [...properties.keys()].filter((name) => replaces(type, name)).sort();
      const theirs = [...properties].flatMap(([name, replacing]) => (replacing ? [name] : [])).sort();
      expect(ours, type).to.deep.equal(theirs);
    }
  });

  for (const { name, expected } of goldenCases()) {
    it(`makes and deletes every stack of the goldens: ${name}`, async () => {
      for (const [file, text] of goldenFiles(expected)) {
        if (!file.endsWith('.template.json')) continue;
        const rehearsed = new StacksWorld();
        const stack = file.replace('.template.json', '');
        expect((await rehearsed.deploy(stack, text, 'one')).status, file).to.equal('CREATE_COMPLETE');
        const ids = (await rehearsed.window.resources(stack)).map(({ physicalId }) => physicalId.kind);
        expect(new Set(ids), file).to.deep.equal(new Set(['given']));
        await rehearsed.window.delete({ stack, retain: [], token: 'away' });
        rehearsed.pass(3600);
        expect((await rehearsed.window.describe(stack)).kind, file).to.equal('none');
      }
    });
  }
});

describe('the stack of a platform, rehearsed', () => {
  for (const { name, environment, compiled, text } of platformGoldens()) {
    it(`is made and deleted, and comes back with its bucket: ${name} ${environment}`, async () => {
      const rehearsed = new StacksWorld();
      const stack = compiled.template.stackName;
      expect((await rehearsed.deploy(stack, text, 'one')).status).to.equal('CREATE_COMPLETE');
      const ids = (await rehearsed.window.resources(stack)).map(({ physicalId }) => physicalId.kind);
      expect(new Set(ids)).to.deep.equal(new Set(['given']));
      const buckets = [...rehearsed.buckets];
      await rehearsed.window.delete({ stack, retain: [], token: 'away' });
      rehearsed.pass(3600);
      expect((await rehearsed.window.describe(stack)).kind).to.equal('none');
      expect([...rehearsed.buckets]).to.deep.equal(buckets);
      expect((await rehearsed.deploy(stack, text, 'two')).status).to.equal('CREATE_COMPLETE');
    });
  }
});

describe('names that only one thing can have', () => {
  const listener = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/0123456789abcdef';
  const rule = (priority: number) =>
    edited(exampleTemplate('hello'), ({ Resources }) => {
      Resources['ExtraRule'] = {
        Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
        Properties: { ListenerArn: listener, Priority: priority, Conditions: [], Actions: [] },
      };
      Object.assign(Resources['LogGroup']?.Properties ?? {}, { LogGroupName: `/log/${priority}` });
      for (const id of ['WebPrivateRecord', 'AppPrivateRecord']) delete Resources[id];
    });

  it('refuses a priority that another stack has, and frees it when that changes', async () => {
    const rehearsed = new StacksWorld();
    expect((await rehearsed.deploy('empire-a', rule(7), 'one')).status).to.equal('CREATE_COMPLETE');
    const other = edited(rule(7), ({ Resources }) => {
      Object.assign(Resources['LogGroup']?.Properties ?? {}, { LogGroupName: '/log/b' });
    });
    expect((await rehearsed.deploy('empire-b', other, 'two')).status).to.equal('ROLLBACK_COMPLETE');
    const events = await rehearsed.events('empire-b', 'two');
    const failed = events.find(({ resource, status }) => resource === 'ExtraRule' && status === 'CREATE_FAILED');
    expect(failed?.reason).to.have.property('value').that.contains("Priority '7' is currently in use");
    await rehearsed.window.delete({ stack: 'empire-b', retain: [], token: 'away' });
    rehearsed.pass(60);
    const moved = edited(rule(7), ({ Resources }) => {
      Object.assign(Resources['ExtraRule']?.Properties ?? {}, { Priority: 8 });
    });
    expect((await rehearsed.deploy('empire-a', moved, 'three')).status).to.equal('UPDATE_COMPLETE');
    const third = edited(other, ({ Resources }) => {
      Object.assign(Resources['LogGroup']?.Properties ?? {}, { LogGroupName: '/log/c' });
    });
    expect((await rehearsed.deploy('empire-c', third, 'four')).status).to.equal('CREATE_COMPLETE');
  });

  it('keeps two records of one name apart by their type', async () => {
    const rehearsed = new StacksWorld();
    const both = edited(exampleTemplate('hello'), ({ Resources }) => {
      const { Type, Properties } = Resources['WebPrivateRecord'] ?? { Type: '', Properties: {} };
      Resources['WebPrivateRecord6'] = { Type, Properties: { ...Properties, Type: 'AAAA' } };
    });
    expect((await rehearsed.deploy('empire-hello', both, 'one')).status).to.equal('CREATE_COMPLETE');
  });
});

describe('functions in templates', () => {
  const scope: Scope = {
    ref: (name): Json => (name === 'Subnets' ? ['subnet-1', 'subnet-2'] : `ref:${name}`),
    attribute: (id, name) => `${id}.${name}`,
  };
  const value = (input: Json): Json => evaluate(input, scope);

  it('are evaluated', () => {
    expect(value({ Ref: 'Subnets' })).to.deep.equal(['subnet-1', 'subnet-2']);
    expect(value({ 'Fn::GetAtt': ['Role', 'Arn'] })).to.equal('Role.Arn');
    expect(value({ 'Fn::GetAtt': 'Nested.Outputs.Url' })).to.equal('Nested.Outputs.Url');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is CloudFormation's own notation
    expect(value({ 'Fn::Sub': 'a-${Name}-${Role.Arn}-${!Literal}' })).to.equal('a-ref:Name-Role.Arn-${Literal}');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is CloudFormation's own notation
    expect(value({ 'Fn::Sub': ['${Own}/${Name}', { Own: { Ref: 'X' } }] })).to.equal('ref:X/ref:Name');
    expect(value({ 'Fn::Join': ['-', ['a', { Ref: 'B' }]] })).to.equal('a-ref:B');
    expect(value({ 'Fn::Select': [1, { Ref: 'Subnets' }] })).to.equal('subnet-2');
    expect(value({ 'Fn::Split': ['.', 'a.b'] })).to.deep.equal(['a', 'b']);
    expect(value({ Condition: { Ref: 'X' }, Gone: { Ref: 'AWS::NoValue' } })).to.deep.equal({ Condition: 'ref:X' });
  });

  it('are refused when the rehearsal does not know them', () => {
    expect(() => value({ 'Fn::ImportValue': 'x' })).to.throw('the rehearsal does not know the function Fn::ImportValue');
    expect(() => value({ 'Fn::Select': [5, { Ref: 'Subnets' }] })).to.throw('Fn::Select cannot select nonexistent value');
  });
});
