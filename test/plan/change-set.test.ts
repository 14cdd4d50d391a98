import { expect } from 'chai';
import type { ChangeSetChange, ChangeSetState } from '../../lib/model/windows.js';
import { confirmChangeSet, sameTemplate } from '../../lib/plan/index.js';
import { ACME, compileFiles, planFiles } from '../support/planned.js';

const change = (changes: Partial<ChangeSetChange> & Pick<ChangeSetChange, 'action' | 'id'>): ChangeSetChange => ({
  type: 'AWS::ECS::Service',
  physicalId: { kind: 'none' },
  replacement: 'False',
  policy: 'Delete',
  properties: [],
  ...changes,
});

const changeSet = (...changes: readonly ChangeSetChange[]): ChangeSetState => ({
  id: 'arn',
  name: 'empire-v2',
  status: 'CREATE_COMPLETE',
  execution: 'AVAILABLE',
  reason: { kind: 'none' },
  empty: false,
  changes,
});

describe('a change set', () => {
  const scaled = () => planFiles(ACME, { ...ACME, scale: 'web=1\nworker=3\n' });

  it('that does what was planned is confirmed', async () => {
    expect(confirmChangeSet(await scaled(), changeSet(change({ action: 'Modify', id: 'WorkerService' })))).to.deep.equal([]);
  });

  it('may do less, and may list what only refers to something that changes', async () => {
    const more = change({ action: 'Modify', id: 'WebService', replacement: 'Conditional' });
    expect(confirmChangeSet(await scaled(), changeSet(more))).to.deep.equal([]);
  });

  it('is not confirmed when it makes, removes or replaces what was not planned', async () => {
    const surprises = changeSet(
      change({ action: 'Add', id: 'Extra' }),
      change({ action: 'Remove', id: 'WebService' }),
      change({ action: 'Modify', id: 'WorkerService', replacement: 'True' }),
      change({ action: 'Modify', id: 'LogGroup', type: 'AWS::Logs::LogGroup', replacement: 'True' }),
    );
    expect(confirmChangeSet(await scaled(), surprises)).to.deep.equal([
      'Extra (AWS::ECS::Service) would be made, which was not planned',
      'WebService (AWS::ECS::Service) would be removed, which was not planned',
      'WorkerService (AWS::ECS::Service) would be replaced, which was not planned',
      'LogGroup (AWS::Logs::LogGroup) would be replaced, which was not planned',
    ]);
  });

  it('may replace a task definition that was planned to have a new revision, and import a log group that was left behind', async () => {
    const plan = await planFiles(ACME, { ...ACME, image: 'remind101/acme-inc:v2\n' });
    const changes = changeSet(
      change({ action: 'Modify', id: 'WebTaskDefinition', type: 'AWS::ECS::TaskDefinition', replacement: 'True' }),
      change({ action: 'Import', id: 'LogGroup', type: 'AWS::Logs::LogGroup' }),
    );
    expect(confirmChangeSet(plan, changes)).to.deep.equal([]);
  });
});

describe('two templates', () => {
  it('are the same whatever their layout, order and words for people', () => {
    const { text } = compileFiles(ACME);
    const template = JSON.parse(text) as Record<string, unknown>;
    const turned = Object.fromEntries(Object.entries(template).reverse());
    expect(sameTemplate(text, JSON.stringify({ ...turned, Description: 'other words' }))).to.equal(true);
  });

  it('differ in a count, in a default of a parameter, in the order of a list', () => {
    const one = '{"Resources":{"A":{"Properties":{"List":[1,2]}}},"Parameters":{"P":{"Default":"x"}}}';
    expect(sameTemplate(one, one.replace('[1,2]', '[2,1]'))).to.equal(false);
    expect(sameTemplate(one, one.replace('"x"', '"y"'))).to.equal(false);
    expect(sameTemplate(compileFiles(ACME).text, compileFiles({ ...ACME, scale: 'web=2\nworker=1\n' }).text)).to.equal(false);
  });

  it('that are no JSON are the same only as themselves', () => {
    expect(sameTemplate('Resources: {}', 'Resources: {}')).to.equal(true);
    expect(sameTemplate('Resources: {}', '{"Resources": {}}')).to.equal(false);
  });
});
