import { readFileSync } from 'node:fs';
import { diffTemplate } from '@aws-cdk/cloudformation-diff';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../lib/model/json.js';
import { comparedResources } from '../../lib/plan/compared-resources.js';
import { goldenTemplates } from '../support/golden.js';

type Template = { Resources: Record<string, { Type: string; Properties?: Record<string, Json> }> };

const TEMPLATES: readonly Template[] = goldenTemplates().map((file) => JSON.parse(readFileSync(file, 'utf8')) as Template);

/** One change of one resource: a property of it is another, it is gone, or it has a new name; `at` and `property` choose which. */
const edit = fc.record({
  kind: fc.constantFrom('change', 'change', 'change', 'remove', 'rename'),
  at: fc.nat(),
  property: fc.nat(),
});

function edited(template: Template, { kind, at, property }: { kind: string; at: number; property: number }): void {
  const ids = Object.keys(template.Resources);
  const id = ids[at % ids.length] as string;
  const resource = template.Resources[id] as Template['Resources'][string];
  if (kind !== 'change') delete template.Resources[id];
  if (kind === 'rename') template.Resources[`${id}Other`] = resource;
  const names = Object.keys(resource.Properties ?? {});
  if (kind === 'change' && names.length > 0) (resource.Properties ?? {})[names[property % names.length] as string] = 'another';
}

const changesOf = (before: object, after: object): string =>
  JSON.stringify(diffTemplate(structuredClone(before), structuredClone(after)).resources.changes);

describe('the resources that are compared', () => {
  it('are enough: the library finds the same changes as in whole templates', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(edit, { minLength: 1, maxLength: 3 }), (which, edits) => {
        const before = TEMPLATES[which % TEMPLATES.length] as Template;
        const after = structuredClone(before);
        for (const one of edits) edited(after, one);
        const few = comparedResources(before as unknown as JsonObject, after as unknown as JsonObject);
        expect(changesOf(few.before, few.after)).to.equal(changesOf(before, after));
      }),
      { numRuns: 60 },
    );
  });

  it('are those that differ, and what names them, however far', () => {
    const resource = (value: Json): JsonObject => ({ Type: 'AWS::SNS::Topic', Properties: { TopicName: value } });
    const before: JsonObject = {
      Resources: {
        Changed: resource('a'),
        Follower: resource({ Ref: 'Changed' }),
        FarFollower: resource({ 'Fn::GetAtt': ['Follower', 'TopicName'] }),
        Other: resource('b'),
        Gone: resource('c'),
      },
    };
    const { Gone: _, ...rest } = before['Resources'] as JsonObject;
    const after: JsonObject = { Resources: { ...rest, Changed: resource('d') } };
    const few = comparedResources(before, after);
    expect(Object.keys(few.before['Resources'] as object)).to.deep.equal(['Changed', 'Follower', 'FarFollower', 'Gone']);
    expect(Object.keys(few.after['Resources'] as object)).to.deep.equal(['Changed', 'Follower', 'FarFollower']);
  });
});
