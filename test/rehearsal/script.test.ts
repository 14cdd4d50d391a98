import { expect } from 'chai';
import { parseScript } from '../../lib/rehearsal/script-parse.js';
import { expectFailure } from '../support/expected-failure.js';
import { balanced, openInMemory, RehearsedServices } from '../support/rehearsed-services.js';

const NOW = 1_000_000;
const steps = (text: string) => parseScript(text, 'failures.jsonl', NOW);
const refusal = (text: string): Promise<string> =>
  expectFailure(
    Promise.resolve().then(() => steps(text)),
    'script-invalid',
  ).then(({ message }) => message);

describe('script of a rehearsal: its form', () => {
  it('has one step on each line, or is an array', () => {
    const lines = ['{"fail": "update", "resource": "WebService"}', '', '# a remark', '{"capacity": "none", "at": 90}'];
    const found = steps(lines.join('\n'));
    expect(found.map(({ at }) => at)).to.deep.equal([NOW, NOW + 90_000]);
    expect(found.map(({ step }) => step.kind)).to.deep.equal(['fail', 'capacity']);
    expect(steps(`[${lines[0]}, ${lines[3]}]`)).to.deep.equal(found);
    expect(steps('')).to.deep.equal([]);
  });

  it('fills in what was left out', () => {
    expect(steps('{"fail": "create"}')[0]?.step).to.include({ stack: '*', resource: '*', times: 1 });
    expect(steps('{"refuse": "store.put", "times": "always"}')[0]?.step).to.include({ code: 'throttled', times: null });
    expect(steps('{"push": "acme:v1"}')[0]?.step).to.include({ behaviour: 'good' });
  });

  it('refuses what it does not know, with the line', async () => {
    expect(await refusal('{"fail": "update"}\n{"fails": "update"}')).to.contain('failures.jsonl:2: says no step');
    expect(await refusal('{"fail": "explode"}')).to.contain('`fail` must be one of create, update, delete, rollback');
    expect(await refusal('{"fail": "update", "when": 3}')).to.contain('`when` is not known');
    expect(await refusal('{"refuse": "stacks.explode"}')).to.contain('`refuse` must be one of *, identity.caller');
    expect(await refusal('{"fail": "update", "times": 0}')).to.contain('`times` must be a number from 1');
    expect(await refusal('{"capacity": "none", "at": -1}')).to.contain('`at` must be a number of seconds');
    expect(await refusal('{"remove": "secret"}')).to.contain('`name` must be a text');
    expect(await refusal('fail')).to.contain('failures.jsonl:1: is not JSON');
    expect(await refusal('[3]')).to.contain('failures.jsonl, step 1: a step must be a JSON object');
  });
});

describe('script of a rehearsal: what it does', () => {
  it('fails a resource as often as it says, in the stack that it names', () => {
    const { world, script } = openInMemory();
    script('{"fail": "update", "stack": "empire-acme", "resource": "WebService", "reason": "no", "times": 2}', 's');
    const ask = (stack: string, resource: string, operation: 'update' | 'create' = 'update') =>
      world.script.resourceFailure(stack, resource, operation, world.now);
    expect(ask('empire-other', 'WebService')).to.equal(undefined);
    expect(ask('empire-acme', 'WorkerService')).to.equal(undefined);
    expect(ask('empire-acme', 'WebService', 'create')).to.equal(undefined);
    expect([1, 2, 3].map(() => ask('empire-acme', 'WebService'))).to.deep.equal(['no', 'no', undefined]);
  });

  it('fails always, and only from its time on', async () => {
    const { world, script, clock, identity } = openInMemory();
    script('{"fail": "delete", "at": 60, "times": "always"}', 's');
    expect(world.script.resourceFailure('any', 'Any', 'delete', world.now)).to.equal(undefined);
    await clock.sleep(60_000);
    await identity.caller();
    const asked = [1, 2, 3].map(() => world.script.resourceFailure('any', 'Any', 'delete', world.now));
    expect(asked.every((reason) => reason !== undefined)).to.equal(true);
  });

  it('refuses calls, each kind in words of its own', async () => {
    const { script, store, identity } = openInMemory();
    script('{"refuse": "store.exists", "code": "permission-denied"}\n{"refuse": "*", "code": "network"}', 's');
    const denied = await expectFailure(store.exists('bucket'), 'permission-denied');
    expect(denied.message).to.contain('`s3:ListBucket`');
    await expectFailure(identity.caller(), 'network');
    expect(await store.exists('bucket')).to.equal(true);
  });

  it('refuses before anything is changed', async () => {
    const { script, store } = openInMemory();
    script('{"refuse": "store.put", "code": "outside-broken"}', 's');
    await expectFailure(store.put('bucket', 'key', 'body', { kind: 'always' }), 'outside-broken');
    expect((await store.get('bucket', 'key')).kind).to.equal('none');
  });

  it('takes secrets away and gives them back, at their time', async () => {
    const { script, secrets, clock } = openInMemory();
    script('{"remove": "secret", "name": "acme/db"}\n{"restore": "secret", "name": "acme/db", "at": 30}', 's');
    expect(await secrets.exists('acme/db')).to.equal(false);
    await clock.sleep(31_000);
    expect(await secrets.exists('acme/db')).to.equal(true);
  });

  it('lets a service wait for capacity, and says so', async () => {
    const account = new RehearsedServices();
    account.rehearsal.script('{"capacity": "none"}\n{"capacity": "enough", "at": 100}', 's');
    const arn = account.create(balanced(account.register('web', 'acme:v1'), 1));
    account.wait(90);
    expect(account.running(arn)).to.deep.equal([]);
    const said = await account.messages(arn);
    expect(said.length).to.be.within(2, 5);
    expect(said[0]).to.match(/^was unable to place a task\. Reason: Capacity is unavailable at this time\./);
    expect(account.settle(arn)).to.equal('steady');
    expect(account.seconds).to.be.within(100, 130);
  });

  it('stops all tasks of a process', () => {
    const account = new RehearsedServices();
    const arn = account.create(balanced(account.register('web', 'acme:v1'), 2));
    account.settle(arn);
    const before = account.running(arn);
    account.rehearsal.script('{"stop-task": "web", "reason": "a zone went down"}', 's');
    account.settle(arn);
    expect(account.running(arn)).to.have.length(2);
    expect(account.running(arn).filter((id) => before.includes(id))).to.deep.equal([]);
  });

  it('moves a tag while nobody looks', async () => {
    const { script, clock, registry } = openInMemory();
    script('{"push": "acme:latest", "behaviour": "missing", "at": 10}', 's');
    const image = {
      kind: 'tagged',
      registry: { kind: 'hub' },
      repository: 'acme',
      tag: 'latest',
      credentials: { kind: 'none' },
    } as const;
    expect((await registry.resolve(image)).kind).to.equal('found');
    await clock.sleep(10_000);
    expect((await registry.resolve(image)).kind).to.equal('missing');
  });
});
