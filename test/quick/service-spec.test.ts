import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as servicePackage from '@aws-cdk/aws-service-spec';
import * as whole from '@aws-cdk/cloudformation-diff';
import { expect } from 'chai';
import { type ServiceSpecPackage, someTypes } from '../../bin/quick/service-spec.js';
import { typesNamedIn } from '../../scripts/some-types.js';
import { diffBundle } from '../support/bundle.js';
import { goldenTemplates } from '../support/golden.js';
import { platformGoldens } from '../support/platform-golden.js';
import { ROOT } from '../support/repository.js';

// Whoever asks for the whole one here gets the same: to read it takes half a second.
const everyType = servicePackage.loadAwsServiceSpecSync();
const { loadAwsServiceSpecSync } = servicePackage;
Object.assign(require('@aws-cdk/aws-service-spec'), { loadAwsServiceSpecSync: () => everyType });
after(() => Object.assign(require('@aws-cdk/aws-service-spec'), { loadAwsServiceSpecSync }));

const KNOWN = typesNamedIn(join(ROOT, 'dist', 'constructs'));

const TEMPLATES = [...platformGoldens().map(({ file }) => file), ...goldenTemplates()].map(
  (file) => JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, { Type: string; Properties?: object }> },
);

describe('the specification of the types that we make', () => {
  it('has every type of every golden', () => {
    const made = new Set(TEMPLATES.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)));
    const known = new Set(KNOWN.map(({ cloudFormationType }) => cloudFormationType));
    expect([...made].filter((type) => !known.has(type))).to.deep.equal([]);
  });

  it('says of every property what the whole one says', () => {
    const spec = servicePackage.loadAwsServiceSpecSync();
    expect(KNOWN.length).to.be.greaterThan(30);
    for (const { cloudFormationType, scrutinizable, properties } of KNOWN) {
      const [model] = spec.lookup('resource', 'cloudFormationType', 'equals', cloudFormationType);
      expect(scrutinizable).to.equal(model?.scrutinizable);
      expect(Object.keys(properties)).to.deep.equal(Object.keys(model?.properties ?? {}));
      for (const [name, property] of Object.entries(model?.properties ?? {})) {
        const { causesReplacement, scrutinizable } = property;
        expect(
          [properties[name]?.causesReplacement, properties[name]?.scrutinizable],
          `${cloudFormationType} ${name}`,
        ).to.deep.equal([causesReplacement, scrutinizable]);
      }
    }
  });

  it('lets the bundled diff find what the whole one finds, also of a type that we do not make', () => {
    const changed = (resource: { Type: string; Properties?: object }): object => ({
      ...resource,
      Properties: Object.fromEntries(Object.keys(resource.Properties ?? {}).map((name) => [name, 'another'])),
    });
    const foreign = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'a', DisplayName: 'b' } };
    for (const { Resources } of [...TEMPLATES, { Resources: { Topic: foreign } }]) {
      const before = { Resources };
      const after = { Resources: Object.fromEntries(Object.entries(Resources).map(([id, one]) => [id, changed(one)])) };
      const found = [whole, diffBundle()].map(({ diffTemplate }) =>
        JSON.stringify(diffTemplate(before, after).resources.changes),
      );
      expect(found[1]).to.equal(found[0]);
    }
  });

  it('asks the whole one of nothing that it knows', () => {
    let asked = 0;
    const spec = someTypes(KNOWN, () => {
      asked++;
      return { loadAwsServiceSpecSync: () => ({ lookup: () => [] }) } satisfies ServiceSpecPackage;
    }).loadAwsServiceSpecSync();
    expect(spec.lookup('resource', 'cloudFormationType', 'equals', 'AWS::ECS::Service')).to.have.length(1);
    expect(asked).to.equal(0);
    expect(spec.lookup('resource', 'cloudFormationType', 'equals', 'AWS::SNS::Topic')).to.deep.equal([]);
    expect(spec.lookup('service', 'name', 'equals', 'ecs')).to.deep.equal([]);
    expect(asked).to.equal(1);
  });
});
