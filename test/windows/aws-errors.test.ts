import { expect } from 'chai';
import { Failure, isTransient } from '../../lib/failure.js';
import type { Windows } from '../../lib/model/windows.js';
import { openAws } from '../../lib/windows/aws/index.js';
import { type Answers, type Scripted, startAnswers } from '../support/answers.js';
import { BARE_AWS, setEnvironment } from '../support/environment.js';

const GIVEN = (value: string) => ({ kind: 'given', value }) as const;
const NONE = { kind: 'none' } as const;

describe('errors of AWS in our words', function () {
  this.timeout(20_000);
  let server: Answers;
  let restore = (): void => undefined;
  let windows: Windows;

  before(async () => {
    server = await startAnswers();
    restore = setEnvironment({ ...BARE_AWS, AWS_MAX_ATTEMPTS: '2' });
  });
  beforeEach(() => {
    process.env['AWS_MAX_ATTEMPTS'] = '2';
    windows = openAws({ region: GIVEN('us-east-1'), profile: NONE, endpoint: GIVEN(server.url) });
  });
  after(async () => {
    restore();
    await server.stop();
  });

  /** As CloudFormation, STS and load balancing answer. */
  const queryError = (status: number, code: string, message: string): Scripted => ({
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'req-1' },
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>req-1</RequestId></ErrorResponse>`,
  });
  /** As ECS, SSM, logs and the others answer. */
  const jsonError = (status: number, type: string, message: string): Scripted => ({
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'req-2' },
    body: JSON.stringify({ __type: type, message }),
  });
  const s3Error = (status: number, code: string, message: string): Scripted => ({
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': 'req-3' },
    body: `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>req-3</RequestId></Error>`,
  });

  const described = () => failureOf(windows.stacks.describe('empire-a'));

  it('names action, resource and who when permission is missing', async () => {
    const message =
      'User: arn:aws:sts::123456789012:assumed-role/dev/jo is not authorized to perform: cloudformation:DescribeStacks on resource: arn:aws:cloudformation:us-east-1:123456789012:stack/empire-a/* because no identity-based policy allows the cloudformation:DescribeStacks action';
    server.answer(() => queryError(403, 'AccessDenied', message));
    const failure = await described();
    expect(failure.code).to.equal('permission-denied');
    expect(failure.where).to.equal('stack empire-a');
    expect(failure.what).to.equal(
      'no permission for `cloudformation:DescribeStacks` on arn:aws:cloudformation:us-east-1:123456789012:stack/empire-a/*, because no identity-based policy allows the cloudformation:DescribeStacks action (request id req-1)',
    );
    expect(failure.hint).to.equal(
      'let arn:aws:sts::123456789012:assumed-role/dev/jo do `cloudformation:DescribeStacks` on arn:aws:cloudformation:us-east-1:123456789012:stack/empire-a/*, or use another profile',
    );
    expect(isTransient(failure)).to.equal(false);
  });

  it('names action and resource also when AWS does not', async () => {
    server.answer(() => s3Error(403, 'AccessDenied', 'Access Denied'));
    const put = await failureOf(windows.store.put('releases', 'v1', 'x', { kind: 'absent' }));
    expect(put).to.include({ code: 'permission-denied', where: 's3://releases/v1' });
    expect(put.what).to.contain('no permission for `s3:PutObject` on s3://releases/v1');
    server.answer(() => ({ status: 403 }));
    expect(await failureOf(windows.store.exists('releases'))).to.include({ code: 'permission-denied', where: 's3://releases' });
  });

  it('keeps why, when a policy forbids it', async () => {
    const denied = (rest: string) => `User: arn:aws:iam::1:user/jo is not authorized to perform: s3:PutObject${rest}`;
    const put = () => failureOf(windows.store.put('releases', 'v1', 'x', { kind: 'always' }));
    const why = 'with an explicit deny in a service control policy';
    server.answer(() => s3Error(403, 'AccessDenied', denied(` on resource: "arn:aws:s3:::releases/v1" ${why}`)));
    expect((await put()).what).to.equal(
      `no permission for \`s3:PutObject\` on arn:aws:s3:::releases/v1, ${why} (request id req-3)`,
    );
    server.answer(() => s3Error(403, 'AccessDenied', denied('')));
    expect((await put()).what).to.equal('no permission for `s3:PutObject` on s3://releases/v1 (request id req-3)');
  });

  it('says that the clock is wrong', async () => {
    server.answer(() =>
      s3Error(403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'),
    );
    const failure = await failureOf(windows.store.get('releases', 'v1'));
    expect(failure).to.include({ code: 'outside-refused', where: 'clock of this computer' });
    server.answer(() =>
      queryError(403, 'SignatureDoesNotMatch', 'Signature expired: 20260604T100000Z is now earlier than 20260604T120000Z'),
    );
    expect(await described()).to.include({ where: 'clock of this computer' });
  });

  it('says that credentials expired', async () => {
    server.answer(() => queryError(403, 'ExpiredToken', 'The security token included in the request is expired'));
    const failure = await described();
    expect(failure).to.include({ code: 'credentials-expired', where: 'AWS credentials' });
    expect(failure.hint).to.contain('aws sso login');
    server.answer(() => jsonError(400, 'ExpiredTokenException', 'The security token included in the request is expired'));
    expect(await failureOf(windows.parameters.values(['/a']))).to.include({ code: 'credentials-expired' });
  });

  it('says that AWS does not know the credentials', async () => {
    server.answer(() => queryError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.'));
    const failure = await failureOf(windows.identity.caller());
    expect(failure.code).to.equal('credentials-missing');
    expect(failure.what).to.equal(
      'AWS does not accept them: The security token included in the request is invalid (sts:GetCallerIdentity, request id req-1)',
    );
  });

  it('says that there are no credentials, and for which profile', async () => {
    const undo = setEnvironment({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    try {
      const fresh = (profile: typeof NONE | ReturnType<typeof GIVEN>) =>
        openAws({ region: GIVEN('us-east-1'), profile, endpoint: GIVEN(server.url) });
      server.answer(() => ({ status: 500 }));
      const failure = await failureOf(fresh(NONE).identity.caller());
      expect(failure).to.include({ code: 'credentials-missing', where: 'AWS credentials' });
      const named = await failureOf(fresh(GIVEN('nobody')).identity.caller());
      expect(named.code).to.equal('credentials-missing');
      expect(named.what).to.contain('there are none for the profile `nobody`');
      process.env['AWS_ACCESS_KEY_ID'] = 'another';
      process.env['AWS_SECRET_ACCESS_KEY'] = 'another';
      expect(await failureOf(fresh(GIVEN('nobody')).identity.caller())).to.include({ code: 'credentials-missing' });
      expect(server.asked).to.have.length(0);
    } finally {
      undo();
    }
  });

  it('says that no region is set', async () => {
    const failure = await failureOf(openAws({ region: NONE, profile: NONE, endpoint: GIVEN(server.url) }).identity.caller());
    expect(failure).to.include({ code: 'region-missing', where: 'AWS region', what: 'no region is set' });
    expect(failure.hint).to.contain('--region');
  });

  it('takes an empty AWS_REGION for none', async () => {
    const before = process.env['AWS_REGION'];
    process.env['AWS_REGION'] = '';
    try {
      const failure = await failureOf(openAws({ region: NONE, profile: NONE, endpoint: GIVEN(server.url) }).identity.caller());
      expect(failure).to.include({ code: 'region-missing' });
    } finally {
      if (before === undefined) delete process.env['AWS_REGION'];
      else process.env['AWS_REGION'] = before;
    }
  });

  it('tries again when AWS throttles, then says so', async () => {
    server.answer(() => queryError(400, 'Throttling', 'Rate exceeded'));
    const failure = await described();
    expect(failure.code).to.equal('throttled');
    expect(server.asked).to.have.length(2);
    expect(isTransient(failure)).to.equal(true);
    process.env['AWS_MAX_ATTEMPTS'] = '1';
    server.answer(() => jsonError(400, 'ThrottlingException', 'Rate exceeded'));
    expect(await failureOf(windows.logs.read({ group: 'g', stream: 's', from: { kind: 'start' } }))).to.include({
      code: 'throttled',
    });
  });

  it('tries again when AWS is broken, and gets through', async () => {
    const body =
      '<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>empire-a</StackName><StackStatus>CREATE_COMPLETE</StackStatus></member></Stacks></DescribeStacksResult></DescribeStacksResponse>';
    server.answer(() => (server.asked.length === 1 ? { status: 503 } : { status: 200, body }));
    expect(await windows.stacks.describe('empire-a')).to.have.nested.property('value.status', 'CREATE_COMPLETE');
  });

  it('understands an error page in HTML as a broken service', async () => {
    const page = '<!doctype html>\n<html lang=en><title>500 Internal Server Error</title><p>The server encountered an error</p>';
    server.answer(() => ({ status: 500, headers: { 'content-type': 'text/html' }, body: page }));
    const failure = await described();
    expect(failure).to.include({
      code: 'outside-broken',
      where: 'stack empire-a',
      what: 'AWS could not answer: status 500 (cloudformation:DescribeStacks)',
    });
    expect(isTransient(failure)).to.equal(true);
    expect((await failureOf(windows.services.taskDefinition('a:1'))).code).to.equal('outside-broken');
    server.answer(() => queryError(500, 'SomethingNew', 'Oh no'));
    expect((await described()).code).to.equal('outside-broken');
    server.answer(() => ({ status: 500, headers: { 'content-type': 'text/html' }, body: page }));
    expect((await failureOf(windows.store.get('b', 'k'))).code).to.equal('outside-broken');
  });

  it('gives the words of AWS when it refuses', async () => {
    const message =
      'Stack:arn:aws:cloudformation:us-east-1:1:stack/empire-a/1 is in UPDATE_IN_PROGRESS state and can not be updated.';
    server.answer(() => queryError(400, 'ValidationError', message));
    const failure = await failureOf(windows.stacks.cancelUpdate('empire-a', 'token'));
    expect(failure).to.include({ code: 'outside-refused', where: 'stack empire-a' });
    expect(failure.what).to.equal(`AWS refused: ${message.slice(0, -1)} (cloudformation:CancelUpdateStack, request id req-1)`);
    expect(isTransient(failure)).to.equal(false);
  });

  it('says that there is no network', async () => {
    const nowhere = await startAnswers();
    await nowhere.stop();
    const failure = await failureOf(
      openAws({ region: GIVEN('us-east-1'), profile: NONE, endpoint: GIVEN(nowhere.url) }).stacks.describe('empire-a'),
    );
    expect(failure).to.include({ code: 'network', where: 'network' });
    expect(failure.what).to.contain(nowhere.url);
    expect(isTransient(failure)).to.equal(true);
  });

  it('says so when the connection breaks in the middle', async () => {
    server.answer(() => 'hang up');
    expect((await described()).code).to.equal('network');
    expect(server.asked).to.have.length(2);
  });

  it('never shows a secret that AWS refuses', async () => {
    server.answer(() => jsonError(400, 'ValidationException', "Value 'hush-hush' at 'value' failed to satisfy constraint"));
    const failure = await failureOf(windows.parameters.putSecret('/a/B', 'hush-hush'));
    expect(failure.what).to.contain("Value '***' at 'value'");
    expect(JSON.stringify([failure, failure.message])).not.to.contain('hush-hush');
  });

  it('leaves defects of ours as they are', async () => {
    const broken = windows.stacks.list(undefined as unknown as string);
    server.answer(() => ({
      status: 200,
      body: '<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>a</StackName></member></Stacks></DescribeStacksResult></DescribeStacksResponse>',
    }));
    expect(await broken.catch((error: unknown) => error)).not.to.be.instanceOf(Failure);
  });

  describe('ordinary outcomes', () => {
    it('takes a missing stack, change set, task or parameter for what it is', async () => {
      server.answer(() => queryError(400, 'ValidationError', 'Stack with id empire-a does not exist'));
      expect(await windows.stacks.describe('empire-a')).to.deep.equal(NONE);
      expect(await windows.stacks.changeSet('empire-a', 'c')).to.deep.equal(NONE);
      await windows.stacks.deleteChangeSet('empire-a', 'c');
      await windows.stacks.delete({ stack: 'empire-a', retain: [], token: 't' });
      server.answer(() => queryError(404, 'ChangeSetNotFound', 'ChangeSet [c] does not exist'));
      expect(await windows.stacks.changeSet('empire-a', 'c')).to.deep.equal(NONE);
      await windows.stacks.deleteChangeSet('empire-a', 'c');
      server.answer(() => jsonError(400, 'InvalidParameterException', 'The referenced task was not found.'));
      await windows.services.stopTask('empire', 't', 'x');
      expect(server.asked).to.have.length(1);
    });

    it('gives the ARN of a change set that is there already', async () => {
      server.answer(({ body }) =>
        body.includes('Action=CreateChangeSet')
          ? queryError(400, 'AlreadyExistsException', 'ChangeSet c already exists for stack empire-a')
          : {
              status: 200,
              body: '<DescribeChangeSetResponse><DescribeChangeSetResult><ChangeSetId>arn:aws:cloudformation:us-east-1:1:changeSet/c/1</ChangeSetId></DescribeChangeSetResult></DescribeChangeSetResponse>',
            },
      );
      const made = await windows.stacks.createChangeSet({
        stack: 'empire-a',
        name: 'c',
        kind: 'update',
        template: { kind: 'body', body: '{}' },
        parameters: { Release: 'v2' },
        description: 'Deploy',
        token: 'token-1',
      });
      expect(made).to.deep.equal({ kind: 'exists', id: 'arn:aws:cloudformation:us-east-1:1:changeSet/c/1' });
      const sent = Object.fromEntries(new URLSearchParams(server.asked[0]?.body));
      expect(sent).to.include({
        StackName: 'empire-a',
        ChangeSetName: 'c',
        ChangeSetType: 'UPDATE',
        TemplateBody: '{}',
        'Parameters.member.1.ParameterKey': 'Release',
        'Parameters.member.1.ParameterValue': 'v2',
        'Capabilities.member.1': 'CAPABILITY_IAM',
        'Capabilities.member.2': 'CAPABILITY_NAMED_IAM',
        ClientToken: 'token-1',
        ImportExistingResources: 'true',
      });
      expect(sent).not.to.have.property('OnStackFailure');
    });

    it('reads all pages of a change set', async () => {
      const change = (id: string, more = '') =>
        `<member><Type>Resource</Type><ResourceChange><Action>Modify</Action><LogicalResourceId>${id}</LogicalResourceId><ResourceType>AWS::ECS::Service</ResourceType><PolicyAction>ReplaceAndRetain</PolicyAction><Replacement>Conditional</Replacement><Details>${more}</Details></ResourceChange></member>`;
      const details =
        '<member><Target><Attribute>Properties</Attribute><Name>TaskDefinition</Name></Target></member><member><Target><Attribute>Properties</Attribute><Name>TaskDefinition</Name></Target></member><member><Target><Attribute>Tags</Attribute></Target></member>';
      const page = (changes: string, next: string): Scripted => ({
        status: 200,
        body: `<DescribeChangeSetResponse><DescribeChangeSetResult><ChangeSetId>i</ChangeSetId><ChangeSetName>c</ChangeSetName><Status>CREATE_COMPLETE</Status><ExecutionStatus>AVAILABLE</ExecutionStatus><Changes>${changes}</Changes>${next}</DescribeChangeSetResult></DescribeChangeSetResponse>`,
      });
      server.answer(({ body }) =>
        body.includes('NextToken=two') ? page(change('B'), '') : page(change('A', details), '<NextToken>two</NextToken>'),
      );
      const found = await windows.stacks.changeSet('empire-a', 'c');
      if (found.kind === 'none') throw new Error('not found');
      expect(found.value.changes.map(({ id }) => id)).to.deep.equal(['A', 'B']);
      expect(found.value.changes[0]).to.deep.include({
        replacement: 'Conditional',
        policy: 'Retain',
        properties: ['Tags', 'TaskDefinition'],
      });
    });

    it('writes again when S3 says that two wrote at once', async () => {
      server.answer(() =>
        server.asked.length < 3
          ? s3Error(409, 'ConditionalRequestConflict', 'The conditional request cannot succeed')
          : { status: 200, headers: { etag: '"e"' } },
      );
      const put = await windows.store.put('releases', 'v1', 'x', { kind: 'absent' });
      expect(put).to.deep.equal({ kind: 'written', etag: '"e"' });
      expect(server.asked.every(({ headers }) => headers['if-none-match'] === '*')).to.equal(true);
    });

    it('gives the reason why a task could not be placed', async () => {
      server.answer(() => ({
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify({ tasks: [], failures: [{ reason: 'RESOURCE:MEMORY', detail: 'too little' }] }),
      }));
      const ran = await windows.services.runTask({
        cluster: 'empire',
        taskDefinition: 'a:1',
        startedBy: 's',
        token: 't',
        subnets: [],
        securityGroups: [],
        publicAddress: true,
        capacityProvider: 'FARGATE_SPOT',
        overrides: {},
        exec: false,
        tags: {},
      });
      expect(ran).to.deep.equal({ kind: 'not-placed', reason: 'RESOURCE:MEMORY: too little' });
      const sent = JSON.parse(server.asked[0]?.body ?? '');
      expect(sent.capacityProviderStrategy).to.deep.equal([{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]);
      expect(sent.networkConfiguration.awsvpcConfiguration.assignPublicIp).to.equal('ENABLED');
    });

    it('reads target health and the weights of a rule', async () => {
      server.answer(({ body }) => ({
        status: 200,
        body: body.includes('Action=DescribeRules')
          ? '<DescribeRulesResponse><DescribeRulesResult><Rules><member><Actions><member><Type>forward</Type><ForwardConfig><TargetGroups><member><TargetGroupArn>tg-1</TargetGroupArn><Weight>100</Weight></member><member><TargetGroupArn>tg-2</TargetGroupArn><Weight>0</Weight></member></TargetGroups></ForwardConfig></member></Actions></member></Rules></DescribeRulesResult></DescribeRulesResponse>'
          : '<DescribeTargetHealthResponse><DescribeTargetHealthResult><TargetHealthDescriptions><member><Target><Id>10.0.0.1</Id></Target><TargetHealth><State>unhealthy.draining</State><Reason>Target.ResponseCodeMismatch</Reason><Description>Health checks failed with these codes: [503]</Description></TargetHealth></member></TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>',
      }));
      expect(await windows.balancers.ruleWeights('rule')).to.deep.equal(GIVEN({ 'tg-1': 100, 'tg-2': 0 } as never));
      expect(await windows.balancers.targetHealth('tg-1')).to.deep.equal([
        {
          target: '10.0.0.1',
          state: 'draining',
          code: GIVEN('Target.ResponseCodeMismatch'),
          description: GIVEN('Health checks failed with these codes: [503]'),
        },
      ]);
      server.answer(() => queryError(400, 'RuleNotFound', 'One or more rules not found'));
      expect(await windows.balancers.ruleWeights('rule')).to.deep.equal(NONE);
      server.answer(() => queryError(400, 'TargetGroupNotFound', 'One or more target groups not found'));
      expect(await windows.balancers.targetHealth('tg-1')).to.deep.equal([]);
    });
  });
});

async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const thrown = await call.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof Failure)) throw thrown;
  return thrown;
}
