import { expect } from 'chai';
import { Failure } from '../../lib/failure.js';
import type { ChangeSetInput, StacksWindow } from '../../lib/model/windows.js';
import { followOwn, submit } from '../../lib/release/index.js';
import { readSituation } from '../../lib/release/situation.js';
import { EngineApp } from '../support/engine-app.js';

const V2 = { image: 'remind101/acme-inc:v2\n' };

function withStacks(app: EngineApp, stacks: Partial<StacksWindow>) {
  return app.engine({ ...app.rehearsal, stacks: { ...app.rehearsal.stacks, ...stacks } });
}

const lost = (): Failure => new Failure('AWS', 'the answer was lost', 'try again', 'network');

describe('a change set', () => {
  it('whose making was not answered is found again', async () => {
    const app = new EngineApp();
    let made = 0;
    const createChangeSet = async (input: ChangeSetInput) => {
      const answer = await app.rehearsal.stacks.createChangeSet(input);
      made += 1;
      if (made === 1) throw lost();
      expect(answer.kind).to.equal('exists');
      return answer;
    };
    const record = await app.deploy({}, {}, withStacks(app, { createChangeSet }));
    expect([record.status, made]).to.deep.equal(['succeeded', 2]);
  });

  it('whose execution was not answered is not executed twice', async () => {
    const app = new EngineApp();
    let executed = 0;
    const executeChangeSet = async (input: { stack: string; id: string; token: string }) => {
      executed += 1;
      await app.rehearsal.stacks.executeChangeSet(input);
      throw lost();
    };
    const record = await app.deploy({}, {}, withStacks(app, { executeChangeSet }));
    expect([record.status, executed]).to.deep.equal(['succeeded', 1]);
  });

  it('that cannot be asked whether it was executed leaves the record to the stack', async () => {
    const app = new EngineApp();
    const executeChangeSet = async (input: { stack: string; id: string; token: string }) => {
      await app.rehearsal.stacks.executeChangeSet(input);
      throw lost();
    };
    const changeSet = async (...query: [string, string]) => {
      const state = await app.rehearsal.stacks.changeSet(...query);
      if (state.kind === 'given' && state.value.execution.startsWith('EXECUTE_'))
        throw new Failure('AWS', 'the credentials have expired', 'get new ones', 'credentials-expired');
      return state;
    };
    const error = await app.deploy({}, {}, withStacks(app, { executeChangeSet, changeSet })).catch((thrown: Failure) => thrown);
    expect(error).to.have.property('code', 'credentials-expired');
    expect(app.notes()).to.include('whether v1 began is not known: see with `empire follow -a acme-inc`');
    const next = await app.deploy(V2);
    expect([next.number, next.status]).to.deep.equal([2, 'succeeded']);
    expect((await app.records()).map(({ status }) => status)).to.deep.equal(['succeeded', 'succeeded']);
  });

  it('that CloudFormation refuses is one clear failure, and is gone', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const changeSet: StacksWindow['changeSet'] = async (stack, id) => {
      const state = await app.rehearsal.stacks.changeSet(stack, id);
      if (state.kind === 'none') return state;
      const reason = { kind: 'given', value: 'Properties validation failed for resource WebService.' } as const;
      return { kind: 'given', value: { ...state.value, status: 'FAILED', execution: 'UNAVAILABLE', reason, empty: false } };
    };
    const error = await app.deploy(V2, {}, withStacks(app, { changeSet })).catch((thrown: Failure) => thrown);
    expect(error).to.have.property('code', 'change-set-refused');
    expect((error as Failure).what).to.equal(
      'CloudFormation would not do this: Properties validation failed for resource WebService',
    );
    const [record] = await app.records();
    expect([record?.number, record?.status]).to.deep.equal([2, 'failed']);
  });

  it('of a new app that is refused leaves no stack', async () => {
    const app = new EngineApp();
    const changeSet: StacksWindow['changeSet'] = async (stack, id) => {
      const state = await app.rehearsal.stacks.changeSet(stack, id);
      if (state.kind === 'none') return state;
      const reason = { kind: 'given', value: 'no' } as const;
      return { kind: 'given', value: { ...state.value, status: 'FAILED', execution: 'UNAVAILABLE', reason, empty: false } };
    };
    await app.deploy({}, {}, withStacks(app, { changeSet })).catch((thrown: Failure) => thrown);
    expect((await app.stack()).status).to.equal('none');
  });

  it('that does more than was planned is not executed', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const engine = app.engine();
    const situation = await readSituation(engine);
    const wanted = await app.submission({ Procfile: 'web: acme-inc server\n', scale: 'web=1\n' }, {}, engine, situation);
    const plan = { ...wanted.plan, resources: wanted.plan.resources.filter(({ id }) => id !== 'WorkerService') };
    const error = await submit(engine, situation, { ...wanted, plan }).catch((thrown: Failure) => thrown);
    expect(error).to.have.property('code', 'change-set-differs');
    expect((error as Failure).what).to.match(/WorkerService \(AWS::ECS::Service\) would be removed, which was not planned/);
    expect(await app.stack()).to.deep.equal({ status: 'CREATE_COMPLETE', release: 'v1' });
    expect((await app.records())[0]?.status).to.equal('cancelled');
  });

  it('of a template that is too large for the call goes by its object', async () => {
    const app = new EngineApp();
    let sent = '';
    const createChangeSet = (input: ChangeSetInput) => {
      sent = input.template.kind;
      return app.rehearsal.stacks.createChangeSet(input);
    };
    const env = Array.from({ length: 300 }, (_, index) => `VARIABLE_${index}=${'x'.repeat(100)}\n`).join('');
    const record = await app.deploy({ env }, {}, withStacks(app, { createChangeSet }));
    expect([record.status, sent]).to.deep.equal(['succeeded', 'url']);
  });

  it('waits for room, when there is none for the release process', async () => {
    const app = new EngineApp();
    app.script({ capacity: 'none' }, { capacity: 'enough', at: 100 });
    const record = await app.deploy({ Procfile: 'web: acme-inc server\nrelease: acme-inc migrate\n', scale: 'web=1\n' });
    expect(record.summary).to.equal('');
    expect(record.status).to.equal('succeeded');
  });
});

describe('keeping the images', () => {
  it('that may not be is noted, and the release goes on', async () => {
    const app = new EngineApp();
    const digest = `sha256:${'a'.repeat(64)}`;
    const pinned = `123456789012.dkr.ecr.us-east-1.amazonaws.com/acme-inc@${digest}`;
    let tagged = '';
    const engine = app.engine({
      ...app.rehearsal,
      registry: {
        ...app.rehearsal.registry,
        keep: async (_image, tag) => {
          tagged = tag;
          throw new Failure('ecr', 'ecr:PutImage is not allowed', 'allow it', 'permission-denied');
        },
      },
    });
    const situation = await readSituation(engine);
    const wanted = await app.submission({}, {}, engine, situation);
    const images = [{ reference: 'acme-inc:v1', pinned, digest }];
    const hold = await submit(engine, situation, { ...wanted, content: { ...wanted.content, images } });
    const record = await followOwn(engine, hold, { timeoutSeconds: 1200 });
    expect([record.status, tagged]).to.deep.equal(['succeeded', 'empire-default-acme-inc-v1']);
    expect(record.notes).to.deep.equal([
      'acme-inc:v1 could not be kept as empire-default-acme-inc-v1: ecr:PutImage is not allowed',
    ]);
  });
});
