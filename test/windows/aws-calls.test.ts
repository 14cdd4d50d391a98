import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { Failure } from '../../lib/failure.js';
import type { Windows } from '../../lib/model/windows.js';
import { wallClock } from '../../lib/windows/aws/clock.js';
import { openAws } from '../../lib/windows/aws/index.js';
import { AwsSession } from '../../lib/windows/aws/session.js';
import { openStore } from '../../lib/windows/aws/store.js';
import { type Answers, type Scripted, startAnswers } from '../support/answers.js';
import { BARE_AWS, setEnvironment } from '../support/environment.js';
import { ROOT } from '../support/repository.js';

const NONE = { kind: 'none' } as const;

/** What is sent, and in how many parts, where moto cannot tell. */
describe('calls to AWS', () => {
  let server: Answers;
  let windows: Windows;
  let restore = (): void => undefined;

  before(async () => {
    server = await startAnswers();
    restore = setEnvironment({ ...BARE_AWS, AWS_MAX_ATTEMPTS: '1' });
  });
  beforeEach(() => {
    const endpoint = { kind: 'given', value: server.url } as const;
    windows = openAws({ region: { kind: 'given', value: 'us-east-1' }, profile: NONE, endpoint });
  });
  after(async () => {
    restore();
    await server.stop();
  });

  const json = (body: object): Scripted => ({
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(body),
  });
  const bodies = () => server.asked.map(({ body }) => JSON.parse(body));
  const form = (at: number) => Object.fromEntries(new URLSearchParams(server.asked[at]?.body));

  it('lists tasks page by page and describes them a hundred at a time, for a service, a family and a starter', async () => {
    const arns = Array.from({ length: 101 }, (_, i) => `arn:aws:ecs:us-east-1:1:task/empire/${i}`);
    server.answer(({ headers, body }) => {
      if (String(headers['x-amz-target']).endsWith('DescribeTasks'))
        return json({ tasks: JSON.parse(body).tasks.map((taskArn: string) => ({ taskArn })), failures: [{ reason: 'MISSING' }] });
      return JSON.parse(body).nextToken === 'two'
        ? json({ taskArns: arns.slice(100) })
        : json({ taskArns: arns.slice(0, 100), nextToken: 'two' });
    });
    const tasks = await windows.services.tasks('empire', { by: 'service', service: 'a/web', status: 'RUNNING' });
    expect(tasks.map(({ id }) => id)).to.deep.equal(arns.map((_, i) => String(i)));
    const [list, next, ...describes] = bodies();
    expect(list).to.deep.equal({ cluster: 'empire', desiredStatus: 'RUNNING', serviceName: 'a/web' });
    expect(next).to.include({ nextToken: 'two' });
    expect(describes.map(({ tasks: asked }) => asked.length).sort()).to.deep.equal([1, 100]);
    server.answer(() => json({ taskArns: [] }));
    expect(await windows.services.tasks('empire', { by: 'family', family: 'a_web', status: 'STOPPED' })).to.deep.equal([]);
    expect(await windows.services.tasks('empire', { by: 'startedBy', startedBy: 'me', status: 'STOPPED' })).to.deep.equal([]);
    expect(bodies()).to.deep.equal([
      { cluster: 'empire', desiredStatus: 'STOPPED', family: 'a_web' },
      { cluster: 'empire', desiredStatus: 'STOPPED', startedBy: 'me' },
    ]);
  });

  it('describes services ten at a time', async () => {
    server.answer(({ body }) => json({ services: JSON.parse(body).services.map((serviceArn: string) => ({ serviceArn })) }));
    const arns = Array.from({ length: 21 }, (_, i) => `arn:aws:ecs:us-east-1:1:service/empire/${i}`);
    expect((await windows.services.services('empire', arns)).map(({ arn }) => arn)).to.deep.equal(arns);
    expect(
      bodies()
        .map(({ services }) => services.length)
        .sort(),
    ).to.deep.equal([1, 10, 10]);
  });

  it('reads everything of a service that is rolling out', async () => {
    const deployment = (status: string, more: object) => ({ id: status, status, taskDefinition: 't:2', ...more });
    server.answer(() =>
      json({
        services: [
          {
            serviceArn: 'arn',
            serviceName: 'web',
            status: 'ACTIVE',
            desiredCount: 2,
            runningCount: 1,
            pendingCount: 1,
            deployments: [
              deployment('ACTIVE', { rolloutState: 'COMPLETED' }),
              deployment('PRIMARY', { rolloutState: 'FAILED', rolloutStateReason: 'breaker', failedTasks: 3, createdAt: 1 }),
            ],
            events: [{ id: 'e', createdAt: 2, message: 'has started 1 tasks' }],
            loadBalancers: [{ targetGroupArn: 'tg', advancedConfiguration: { alternateTargetGroupArn: 'tg2' } }],
          },
        ],
      }),
    );
    const [service] = await windows.services.services('empire', ['arn']);
    expect(service).to.deep.include({ status: 'ACTIVE', desired: 2, running: 1, pending: 1, targetGroups: ['tg', 'tg2'] });
    expect(service?.events).to.deep.equal([{ id: 'e', at: 2000, message: 'has started 1 tasks' }]);
    expect(service?.deployments.map(({ id }) => id)).to.deep.equal(['PRIMARY', 'ACTIVE']);
    const reason = { kind: 'given', value: 'breaker' };
    expect(service?.deployments[0]).to.deep.include({ rollout: 'FAILED', reason, failed: 3, createdAt: 1000 });
  });

  it('reads why a task stopped', async () => {
    const containers = [{ name: 'web', lastStatus: 'STOPPED', exitCode: 137, reason: 'OutOfMemoryError: killed' }];
    const stopped = {
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container exited',
      stoppedAt: 3,
      cpu: '256',
    };
    server.answer(() => json({ tasks: [{ taskArn: 'x/1', lastStatus: 'STOPPED', containers, ...stopped }] }));
    const [task] = await windows.services.tasks('empire', { by: 'arn', tasks: ['x/1'] });
    expect(task).to.deep.include({ id: '1', cpu: 256, stopCode: { kind: 'given', value: 'EssentialContainerExited' } });
    expect(task?.stoppedAt).to.deep.equal({ kind: 'given', value: 3000 });
    expect(task?.containers[0]).to.deep.include({ exitCode: { kind: 'given', value: 137 } });
  });

  describe('log streams', () => {
    const page = (lines: readonly string[], forward: string, backward: string): Scripted =>
      json({
        events: lines.map((message, timestamp) => ({ timestamp, message })),
        nextForwardToken: forward,
        nextBackwardToken: backward,
      });
    const read = { group: 'g', stream: 's' };

    it('are read on over empty pages', async () => {
      server.answer(({ body }) => (JSON.parse(body).nextToken === 'f1' ? page(['x'], 'f2', 'b') : page([], 'f1', 'b')));
      const found = await windows.logs.read({ ...read, from: { kind: 'start' } });
      expect(found).to.deep.equal({ lines: [{ at: 0, text: 'x' }], token: { kind: 'given', value: 'f2' } });
    });

    it('are read backwards for their last lines, and on from their end', async () => {
      server.answer(({ body }) => (JSON.parse(body).nextToken === 'b1' ? page(['x'], 'older', 'b2') : page([], 'end', 'b1')));
      const found = await windows.logs.read({ ...read, from: { kind: 'last', lines: 3 } });
      expect(found).to.deep.equal({ lines: [{ at: 0, text: 'x' }], token: { kind: 'given', value: 'end' } });
      expect(bodies()[0]).to.include({ limit: 3, startFromHead: false });
    });

    it('end where the token does not change, and are not asked for ever', async () => {
      server.answer(({ body }) => page([], JSON.parse(body).nextToken ?? 'f1', 'b1'));
      const end = await windows.logs.read({ ...read, from: { kind: 'token', token: 'f9' } });
      expect(end).to.deep.equal({ lines: [], token: { kind: 'given', value: 'f9' } });
      expect(server.asked).to.have.length(1);
      server.answer(() => page([], `f${server.asked.length}`, 'b'));
      await windows.logs.read({ ...read, from: { kind: 'start' } });
      expect(server.asked).to.have.length(6);
    });

    it('that are not there yet are read again from the same place', async () => {
      server.answer(() => ({ ...json({ __type: 'ResourceNotFoundException', message: 'no' }), status: 400 }));
      const again = await windows.logs.read({ ...read, from: { kind: 'token', token: 'f1' } });
      expect(again).to.deep.equal({ lines: [], token: { kind: 'given', value: 'f1' } });
    });
  });

  it('names what is skipped and retained, and carries its token', async () => {
    server.answer(() => ({ status: 200, body: '<R><ContinueUpdateRollbackResult/></R>' }));
    await windows.stacks.continueRollback({ stack: 'empire-a', skip: ['WebService'], token: 't1' });
    await windows.stacks.continueRollback({ stack: 'empire-a', skip: [], token: 't2' });
    await windows.stacks.delete({ stack: 'empire-a', retain: ['Logs'], token: 't3' });
    await windows.stacks.cancelUpdate('empire-a', 't4');
    await windows.stacks.executeChangeSet({ stack: 'empire-a', id: 'arn:aws:cloudformation:x:changeSet/c/1', token: 't5' });
    expect(form(0)).to.include({ StackName: 'empire-a', 'ResourcesToSkip.member.1': 'WebService', ClientRequestToken: 't1' });
    expect(form(1)).not.to.have.property('ResourcesToSkip.member.1');
    expect(form(2)).to.include({ 'RetainResources.member.1': 'Logs', ClientRequestToken: 't3' });
    expect(form(3)).to.include({ Action: 'CancelUpdateStack', ClientRequestToken: 't4' });
    expect(form(4)).to.include({ ChangeSetName: 'arn:aws:cloudformation:x:changeSet/c/1', ClientRequestToken: 't5' });
  });

  it('reads stacks, resources and events page by page, and events no further back than asked', async () => {
    const page = (name: string, list: string, member: string, next: string): Scripted => ({
      status: 200,
      body: `<${name}Response><${name}Result><${list}><member>${member}</member></${list}>${next === '' ? '' : `<NextToken>${next}</NextToken>`}</${name}Result></${name}Response>`,
    });
    const event = (id: number) =>
      `<EventId>e${id}</EventId><LogicalResourceId>r</LogicalResourceId><ClientRequestToken>t</ClientRequestToken>`;
    server.answer(({ body }) => {
      const second = body.includes('NextToken=two');
      const next = second ? '' : 'two';
      if (body.includes('Action=DescribeStackEvents'))
        return page('DescribeStackEvents', 'StackEvents', event(second ? 1 : 2), next);
      if (body.includes('Action=ListStackResources'))
        return page(
          'ListStackResources',
          'StackResourceSummaries',
          `<LogicalResourceId>${second ? 'B' : 'A'}</LogicalResourceId>`,
          next,
        );
      return page('DescribeStacks', 'Stacks', `<StackName>empire-${second ? 'a' : 'b'}</StackName>`, next);
    });
    expect((await windows.stacks.list('empire-')).map(({ name }) => name)).to.deep.equal(['empire-a', 'empire-b']);
    expect((await windows.stacks.resources('empire-a')).map(({ id }) => id)).to.deep.equal(['A', 'B']);
    const all = await windows.stacks.events('empire-a', { after: NONE, limit: 10 });
    expect(all.map(({ id, token }) => [id, token])).to.deep.equal([
      ['e1', { kind: 'given', value: 't' }],
      ['e2', { kind: 'given', value: 't' }],
    ]);
    const before = server.asked.length;
    const newer = await windows.stacks.events('empire-a', { after: { kind: 'given', value: 'e2' }, limit: 10 });
    expect(newer).to.deep.equal([]);
    expect(server.asked.length - before).to.equal(1);
  });

  describe('the store', () => {
    const xml = (body: string): Scripted => ({ status: 200, headers: { 'content-type': 'application/xml' }, body });
    const versions = (members: string, next = ''): Scripted =>
      xml(`<ListVersionsResult><IsTruncated>${next !== ''}</IsTruncated>${next}${members}</ListVersionsResult>`);
    const version = (key: string, id: string) => `<Version><Key>${key}</Key><VersionId>${id}</VersionId></Version>`;

    it('removes the versions of every page', async () => {
      const next = '<NextKeyMarker>a</NextKeyMarker><NextVersionIdMarker>1</NextVersionIdMarker>';
      server.answer(({ method, path }) => {
        if (method === 'POST') return xml('<DeleteResult/>');
        return path.includes('version-id-marker=1')
          ? versions(version('a', '2') + version('ab', '9'))
          : versions(version('a', '1'), next);
      });
      await windows.store.remove('releases', 'a');
      const posted = server.asked.filter(({ method }) => method === 'POST').map(({ body }) => body);
      const removed = posted.flatMap((body) => [...body.matchAll(/<VersionId>(.)</g)].map(([, id]) => id));
      expect(removed).to.deep.equal(['1', '2']);
    });

    it('does not take a single refusal for success', async () => {
      const refused =
        '<DeleteResult><Error><Key>a</Key><Code>AccessDenied</Code><Message>Access Denied</Message></Error></DeleteResult>';
      server.answer(({ method }) => (method === 'POST' ? xml(refused) : versions(version('a', '1'))));
      const thrown = await windows.store.remove('releases', 'a').catch((error: unknown) => error);
      expect(thrown).to.be.instanceOf(Failure).and.include({ code: 'permission-denied' });
    });

    it('gives up when others write the same key all the time', async () => {
      const slept: number[] = [];
      const clock = { now: () => Date.now(), sleep: async (milliseconds: number) => void slept.push(milliseconds) };
      const endpoint = { kind: 'given', value: server.url } as const;
      const session = new AwsSession({ region: { kind: 'given', value: 'us-east-1' }, profile: NONE, endpoint });
      server.answer(() => ({ status: 409, body: '<Error><Code>ConditionalRequestConflict</Code><Message>m</Message></Error>' }));
      const put = openStore(session, clock).put('releases', 'v1', 'x', { kind: 'absent' });
      expect(await put.catch((error: unknown) => error))
        .to.be.instanceOf(Failure)
        .and.include({ code: 'throttled' });
      expect(server.asked).to.have.length(5);
      expect(slept).to.deep.equal([200, 400, 800, 1600]);
    });

    it('gives CloudFormation an address in the partition of the region', () => {
      const region = (value: string) =>
        openAws({ region: { kind: 'given', value }, profile: NONE, endpoint: NONE }).store.url('b', 'k/x');
      expect(region('cn-north-1')).to.equal('https://b.s3.cn-north-1.amazonaws.com.cn/k/x');
      expect(region('eu-west-1')).to.equal('https://b.s3.eu-west-1.amazonaws.com/k/x');
      expect(openAws({ region: NONE, profile: NONE, endpoint: NONE }).store.url('b', 'k')).to.equal(
        'https://b.s3.amazonaws.com/k',
      );
    });
  });

  it('load a client of the SDK only for a window that is used', async function () {
    this.timeout(20_000);
    server.answer(() => ({ status: 400 }));
    const program = `
      const { openAws } = require('./lib/windows/aws/index.ts');
      const given = (value) => ({ kind: 'given', value });
      const windows = openAws({ region: given('us-east-1'), profile: { kind: 'none' }, endpoint: given('${server.url}') });
      const loaded = () => Object.keys(require.cache).map((path) => /@aws-sdk.(client-[^/\\\\]+)/.exec(path)?.[1]).filter(Boolean);
      const before = loaded();
      windows.secrets.exists('x').catch(() => console.log(JSON.stringify([before, [...new Set(loaded())]])));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--import=tsx', '-e', program], { cwd: ROOT });
    expect(JSON.parse(stdout)).to.deep.equal([[], ['client-secrets-manager']]);
  });

  describe('the clock', () => {
    it('sleeps, and wakes early without an error', async () => {
      const before = wallClock.now();
      await wallClock.sleep(20);
      expect(wallClock.now() - before).to.be.at.least(18);
      const controller = new AbortController();
      const asleep = wallClock.sleep(60_000, controller.signal);
      controller.abort();
      await asleep;
      await wallClock.sleep(60_000, controller.signal);
      expect(wallClock.now() - before).to.be.below(10_000);
    });
  });
});
