import { expect } from 'chai';
import type { JsonObject } from '../lib/model/json.js';
import { goldenCases, goldenFiles } from './support/golden.js';
import { ServiceSpec } from './support/service-spec.js';

interface WrittenTemplate {
  readonly Resources: { readonly [id: string]: { readonly Type: string; readonly Properties?: JsonObject } };
}

describe('every golden template against the service specification', () => {
  let spec: ServiceSpec;
  before(() => {
    spec = new ServiceSpec();
  });

  it('has only resource types, properties and value types that AWS knows', () => {
    let resources = 0;
    const faults = goldenCases().flatMap(({ name, expected }) =>
      [...goldenFiles(expected)].flatMap(([file, text]) => {
        if (!file.endsWith('.template.json')) return [];
        const template: WrittenTemplate = JSON.parse(text);
        return Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
          resources++;
          return spec.faults(Type, Properties).map((fault) => `${name}/${file} ${id} ${fault}`);
        });
      }),
    );
    expect(faults).to.deep.equal([]);
    expect(resources).to.be.greaterThan(100);
  });

  it('refuses an unknown type, an unknown property and a wrong type, also deep inside', () => {
    expect(spec.faults('AWS::ECS::Servce', {})).to.deep.equal(['AWS::ECS::Servce: no such resource type']);
    expect(spec.faults('AWS::ECS::Service', { DesiredCout: 1 })).to.deep.equal([
      'AWS::ECS::Service/DesiredCout: no such property',
    ]);
    expect(spec.faults('AWS::ECS::Service', { DesiredCount: '1' })).to.deep.equal([
      'AWS::ECS::Service/DesiredCount: not an integer but "1"',
    ]);
    expect(
      spec.faults('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ PortMappings: [{ ContainerPort: 'x' }] }] }),
    ).to.deep.equal(['AWS::ECS::TaskDefinition/ContainerDefinitions/0/PortMappings/0/ContainerPort: not an integer but "x"']);
    expect(spec.faults('AWS::ECS::Service', { constructor: 1 })).to.deep.equal([
      'AWS::ECS::Service/constructor: no such property',
    ]);
  });

  it('leaves what is known only at deploy time alone', () => {
    expect(spec.faults('AWS::ECS::Service', { DesiredCount: { Ref: 'Count' } })).to.deep.equal([]);
  });
});
