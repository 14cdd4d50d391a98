import { expect } from 'chai';
import type { Failure } from '../../lib/failure.js';
import type { StackStatus } from '../../lib/model/windows.js';
import { needsRelease } from '../../lib/release/index.js';
import { readSituation } from '../../lib/release/situation.js';
import { wayForward } from '../../lib/release/stack-way.js';
import { EngineApp } from '../support/engine-app.js';

const way = (status: StackStatus) => wayForward({ kind: 'given', value: { status } });

describe('the way forward of a stack', () => {
  it('is to create what is not there', () => {
    expect(wayForward({ kind: 'none' }).way).to.equal('create');
  });

  it('is to wait, with a line, for every operation that runs', () => {
    const running = ['CREATE', 'ROLLBACK', 'UPDATE', 'UPDATE_COMPLETE_CLEANUP', 'UPDATE_ROLLBACK', 'DELETE', 'IMPORT'];
    for (const name of running) {
      const { way: found, line } = way(`${name}_IN_PROGRESS` as StackStatus);
      expect([name, found]).to.deep.equal([name, 'wait']);
      expect(line).to.match(/waiting until/);
    }
  });

  it('is to delete what never ran', () => {
    for (const status of [
      'REVIEW_IN_PROGRESS',
      'CREATE_FAILED',
      'ROLLBACK_COMPLETE',
      'ROLLBACK_FAILED',
      'DELETE_FAILED',
    ] as const)
      expect([status, way(status).way]).to.deep.equal([status, 'delete']);
  });
});

const BAD = { image: 'remind101/acme-inc:v2-crash\n' };

describe('a release of a stack', () => {
  it('in review deletes it and creates it', async () => {
    const app = new EngineApp();
    const template =
      '{"Parameters":{"Release":{"Type":"String","Default":"none"}},"Resources":{"G":{"Type":"AWS::Logs::LogGroup"}}}';
    await app.rehearsal.stacks.createChangeSet({
      stack: 'empire-acme-inc',
      name: 'left',
      kind: 'create',
      template: { kind: 'body', body: template },
      parameters: {},
      description: '',
      token: 'left',
    });
    const record = await app.deploy({});
    expect([record.number, record.status]).to.deep.equal([1, 'succeeded']);
    expect(app.notes()).to.include('the stack was never created: it is deleted, then created');
  });

  it('whose rollback is stuck for a moment continues it, skipping nothing', async () => {
    const app = new EngineApp();
    await app.deploy({});
    app.script({ fail: 'rollback', resource: 'WebService', times: 1 });
    const failed = await app.deploy(BAD);
    expect(failed.status).to.equal('failed');
    expect(failed.summary).to.match(/could not be undone \(UPDATE_ROLLBACK_FAILED\): the next release does that first$/);
    const record = await app.deploy({ image: 'remind101/acme-inc:v3\n' });
    expect([record.number, record.status]).to.deep.equal([3, 'succeeded']);
    expect(record.notes).to.deep.equal([]);
    expect(app.notes()).to.include('the last update failed and could not be undone: its rollback is continued first');
  });

  it('whose rollback stays stuck skips what cannot, and forces it', async () => {
    const app = new EngineApp();
    await app.deploy({});
    app.script({ fail: 'rollback', resource: 'WebService', times: 2 });
    expect(needsRelease(await readSituation(app.engine()))).to.equal(false);
    await app.deploy(BAD);
    expect(needsRelease(await readSituation(app.engine()))).to.equal(true);
    const record = await app.deploy({});
    expect([record.number, record.status]).to.deep.equal([3, 'succeeded']);
    expect(needsRelease(await readSituation(app.engine()))).to.equal(false);
    expect(record.notes).to.deep.equal(['CloudFormation believes these right, so the next release forces them: WebService']);
    const stack = await app.rehearsal.stacks.describe('empire-acme-inc');
    const restart = stack.kind === 'given' ? stack.value.parameters.find(({ name }) => name === 'WebRestart') : undefined;
    expect(restart?.value).to.equal('forced-v3');
    expect(await app.tasks('web')).to.have.length(1);
  });

  it('that could not be deleted tries again, and keeps what cannot go', async () => {
    const app = new EngineApp();
    await app.deploy({});
    app.script({ fail: 'delete', resource: 'AppSecurityGroup', times: 2 });
    await app.rehearsal.stacks.delete({ stack: 'empire-acme-inc', retain: [], token: 'gone' });
    await app.rehearsal.clock.sleep(600_000);
    expect((await app.stack()).status).to.equal('DELETE_FAILED');
    const record = await app.deploy({});
    expect([record.number, record.status]).to.deep.equal([2, 'succeeded']);
    expect(record.notes).to.deep.equal(['kept, since they could not be deleted: AppSecurityGroup']);
  });

  it('that something else updates waits for it', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const body = (await app.rehearsal.stacks.template('empire-acme-inc')).replaceAll('"debug"', '"info"');
    const made = await app.rehearsal.stacks.createChangeSet({
      stack: 'empire-acme-inc',
      name: 'console',
      kind: 'update',
      template: { kind: 'body', body },
      parameters: { Release: 'v1' },
      description: '',
      token: 'console',
    });
    await app.rehearsal.clock.sleep(10_000);
    await app.rehearsal.stacks.executeChangeSet({ stack: 'empire-acme-inc', id: made.id, token: 'console' });
    const record = await app.deploy({ image: 'remind101/acme-inc:v2\n' });
    expect(record.status).to.equal('succeeded');
    expect(app.notes()).to.include('the stack is being updated by something else: waiting until it is done');
  });

  it('refused by CloudFormation says why, and changes nothing', async () => {
    const app = new EngineApp();
    await app.deploy({});
    app.script({ refuse: 'stacks.createChangeSet', code: 'permission-denied' });
    const error = await app.deploy(BAD).catch((thrown: Failure) => thrown);
    expect(error).to.have.property('code', 'permission-denied');
    const [record] = await app.records();
    expect([record?.number, record?.status]).to.deep.equal([2, 'failed']);
    expect(await app.stack()).to.deep.equal({ status: 'CREATE_COMPLETE', release: 'v1' });
  });
});
