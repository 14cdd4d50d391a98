import { createHash } from 'node:crypto';
import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { CreateClusterCommand, CreateServiceCommand, ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { CreateOpenIDConnectProviderCommand, CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import type { TaggedImage } from '../../lib/model/app.js';
import type { ChangeSetInput, Windows } from '../../lib/model/windows.js';
import { openAws } from '../../lib/windows/aws/index.js';
import { BARE_AWS, setEnvironment } from '../support/environment.js';
import { type Moto, startMotoOrSkip } from '../support/moto.js';

/** The wires of the real windows, end to end. What moto does not do is told in other files, by hand-made answers. */
describe('the AWS windows against moto', function () {
  this.timeout(60_000);
  let moto: Moto;
  let windows: Windows;
  let restore = (): void => undefined;

  before(async function () {
    moto = await startMotoOrSkip(this);
    restore = setEnvironment({ ...BARE_AWS, AWS_ENDPOINT_URL: moto.url });
    const region = { kind: 'given', value: 'us-east-1' } as const;
    windows = openAws({ region, profile: { kind: 'none' }, endpoint: { kind: 'none' } });
  });
  after(async () => {
    restore();
    await moto?.stop();
  });
  afterEach(() => moto.reset());

  /** For what a test prepares by itself. */
  const raw = () => ({ region: 'us-east-1', endpoint: moto.url });

  it('says who the caller is', async () => {
    const caller = await windows.identity.caller();
    expect(caller).to.include({ account: '123456789012', region: 'us-east-1', partition: 'aws' });
    expect(caller.arn).to.match(/^arn:aws:sts::123456789012:/);
  });

  describe('stacks', () => {
    const template = (days: number, more: object = {}): string =>
      JSON.stringify({
        AWSTemplateFormatVersion: '2010-09-09',
        Parameters: { Release: { Type: 'String', Default: 'none' } },
        Resources: { Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/a', RetentionInDays: days } }, ...more },
      });
    const input = (kind: 'create' | 'update', body: string, parameters = {}): ChangeSetInput => ({
      stack: 'empire-hello',
      name: `empire-${kind}-${body.length}`,
      kind,
      template: { kind: 'body', body },
      parameters,
      description: 'Deploy hello',
      token: `token-${kind}`,
    });
    const deploy = async (one: ChangeSetInput): Promise<void> => {
      const { id } = await windows.stacks.createChangeSet(one);
      await windows.stacks.executeChangeSet({ stack: one.stack, id, token: 'execute' });
    };

    it('has none before the first release', async () => {
      expect(await windows.stacks.describe('empire-hello')).to.deep.equal({ kind: 'none' });
      expect(await windows.stacks.list('empire-')).to.deep.equal([]);
    });

    it('creates through a change set and describes it', async () => {
      const created = await windows.stacks.createChangeSet(input('create', template(7), { Release: 'v1' }));
      expect(created.kind).to.equal('created');
      const review = await windows.stacks.describe('empire-hello');
      expect(review).to.have.nested.property('value.status', 'REVIEW_IN_PROGRESS');
      const changeSet = await windows.stacks.changeSet('empire-hello', created.id);
      if (changeSet.kind === 'none') throw new Error('the change set is not there');
      expect(changeSet.value).to.include({ status: 'CREATE_COMPLETE', execution: 'AVAILABLE', empty: false, id: created.id });
      expect(changeSet.value.changes).to.deep.equal([
        {
          action: 'Add',
          id: 'Logs',
          type: 'AWS::Logs::LogGroup',
          physicalId: { kind: 'none' },
          replacement: 'False',
          policy: 'Delete',
          properties: [],
        },
      ]);
      await windows.stacks.executeChangeSet({ stack: 'empire-hello', id: created.id, token: 'execute' });
      const stack = await windows.stacks.describe('empire-hello');
      if (stack.kind === 'none') throw new Error('the stack is not there');
      expect(stack.value).to.include({ name: 'empire-hello', status: 'CREATE_COMPLETE' });
      expect(stack.value.parameters).to.deep.equal([{ name: 'Release', value: 'v1', resolved: { kind: 'none' } }]);
      expect(stack.value.createdAt).to.be.closeTo(Date.now(), 120_000);
    });

    it('gives back the template byte for byte, its resources and its events', async () => {
      await deploy(input('create', template(7)));
      expect(await windows.stacks.template('empire-hello')).to.equal(template(7));
      const [logs] = await windows.stacks.resources('empire-hello');
      expect(logs).to.include({ id: 'Logs', type: 'AWS::Logs::LogGroup', status: 'CREATE_COMPLETE' });
      const all = await windows.stacks.events('empire-hello', { after: { kind: 'none' }, limit: 100 });
      expect(all.map(({ status }) => status).at(-1)).to.equal('CREATE_COMPLETE');
      const first = all[0]?.id ?? '';
      const later = await windows.stacks.events('empire-hello', { after: { kind: 'given', value: first }, limit: 100 });
      expect(later).to.deep.equal(all.slice(1));
      const newest = await windows.stacks.events('empire-hello', { after: { kind: 'none' }, limit: 1 });
      expect(newest).to.deep.equal(all.slice(-1));
    });

    it('says that a change set is empty', async () => {
      await deploy(input('create', template(7)));
      const { id } = await windows.stacks.createChangeSet(input('update', template(7)));
      const changeSet = await windows.stacks.changeSet('empire-hello', id);
      expect(changeSet).to.have.nested.property('value.status', 'FAILED');
      expect(changeSet).to.have.nested.property('value.empty', true);
    });

    it('takes a template from the bucket by its URL', async () => {
      await new S3Client({ ...raw(), forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'releases' }));
      await windows.store.put('releases', 'objects/a b', template(3), { kind: 'always' });
      const url = windows.store.url('releases', 'objects/a b');
      expect(url).to.equal('https://releases.s3.us-east-1.amazonaws.com/objects/a%20b');
      await windows.store.put('releases', 'objects/ab', template(3), { kind: 'always' });
      await deploy({ ...input('create', ''), template: { kind: 'url', url: windows.store.url('releases', 'objects/ab') } });
      expect(await windows.stacks.template('empire-hello')).to.equal(template(3));
    });

    it('lists by prefix, in order, and not what was deleted', async () => {
      for (const stack of ['empire-b', 'empire-a', 'other'])
        await deploy({ ...input('create', template(7).replace('/a', `/${stack}`)), stack });
      const names = async () => (await windows.stacks.list('empire-')).map(({ name }) => name);
      expect(await names()).to.deep.equal(['empire-a', 'empire-b']);
      const gone = await windows.stacks.describe('empire-a');
      await windows.stacks.delete({ stack: 'empire-a', retain: [], token: 'delete' });
      expect(await names()).to.deep.equal(['empire-b']);
      expect(await windows.stacks.describe('empire-a')).to.deep.equal({ kind: 'none' });
      const arn = gone.kind === 'given' ? gone.value.id : '';
      expect(await windows.stacks.describe(arn)).to.deep.equal({ kind: 'none' });
    });
  });

  describe('the store', () => {
    beforeEach(async () => {
      const s3 = new S3Client({ ...raw(), forcePathStyle: true });
      await s3.send(new CreateBucketCommand({ Bucket: 'releases' }));
      const versions = { Status: 'Enabled' as const };
      await s3.send(new PutBucketVersioningCommand({ Bucket: 'releases', VersioningConfiguration: versions }));
    });

    it('gives a key to the first of twenty writers', async () => {
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, i) => windows.store.put('releases', 'v1', `writer ${i}`, { kind: 'absent' })),
      );
      expect(all.filter(({ kind }) => kind === 'written')).to.have.length(1);
      expect(all.filter(({ kind }) => kind === 'refused')).to.have.length(19);
    });

    it('changes only what is unchanged', async () => {
      const first = await windows.store.put('releases', 'k', 'one', { kind: 'always' });
      if (first.kind === 'refused') throw new Error('refused');
      const condition = { kind: 'unchanged', etag: first.etag } as const;
      expect(await windows.store.put('releases', 'k', 'two', condition)).to.include({ kind: 'written' });
      expect(await windows.store.put('releases', 'k', 'three', condition)).to.deep.equal({ kind: 'refused' });
      expect(await windows.store.put('releases', 'gone', 'x', condition)).to.deep.equal({ kind: 'refused' });
      const read = await windows.store.get('releases', 'k');
      expect(read).to.have.nested.property('value.body', 'two');
    });

    it('has none for what is not there', async () => {
      expect(await windows.store.get('releases', 'nothing')).to.deep.equal({ kind: 'none' });
      expect(await windows.store.exists('releases')).to.equal(true);
      expect(await windows.store.exists('no-such-bucket')).to.equal(false);
    });

    it('lists in order, over pages, with its own time', async () => {
      await Promise.all(
        Array.from({ length: 12 }, (_, i) => windows.store.put('releases', `r/${i + 10}`, 'x', { kind: 'always' })),
      );
      const none = { kind: 'none' } as const;
      const first = await windows.store.list('releases', 'r/', { limit: 5, after: none });
      expect(first.objects.map(({ key }) => key)).to.deep.equal(['r/10', 'r/11', 'r/12', 'r/13', 'r/14']);
      expect(first.more).to.equal(true);
      expect(first.now).to.be.closeTo(Date.now(), 60_000);
      const rest = await windows.store.list('releases', 'r/', { limit: 50, after: { kind: 'given', value: 'r/14' } });
      expect(rest.objects).to.have.length(7);
      expect(rest.more).to.equal(false);
    });

    it('removes every version of one key and nothing of its neighbours', async () => {
      for (const text of ['1', '2', '3']) await windows.store.put('releases', 'a', text, { kind: 'always' });
      await windows.store.put('releases', 'ab', 'stays', { kind: 'always' });
      await windows.store.remove('releases', 'a');
      expect(await windows.store.get('releases', 'a')).to.deep.equal({ kind: 'none' });
      expect(await windows.store.get('releases', 'ab')).to.have.nested.property('value.body', 'stays');
      await windows.store.remove('releases', 'a');
    });

    it('refuses a bucket that is not there', async () => {
      const put = windows.store.put('no-such-bucket', 'k', 'x', { kind: 'always' });
      expect(await failureOf(put)).to.include({ code: 'outside-refused', where: 's3://no-such-bucket/k' });
    });
  });

  describe('ECR', () => {
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [
        { platform: { os: 'linux', architecture: 'arm64' } },
        { platform: { os: 'linux', architecture: 'amd64' } },
        { platform: { os: 'unknown', architecture: 'unknown' } },
      ],
    });
    const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
    const image = (account: string, tag: string): TaggedImage => ({
      kind: 'tagged',
      tag,
      repository: 'acme-inc',
      credentials: { kind: 'none' },
      registry: {
        kind: 'ecr',
        host: `${account}.dkr.ecr.eu-west-1.amazonaws.com`,
        account,
        region: 'eu-west-1',
        partition: 'aws',
      },
    });

    beforeEach(async () => {
      const ecr = new ECRClient({ ...raw(), region: 'eu-west-1' });
      await ecr.send(new CreateRepositoryCommand({ repositoryName: 'acme-inc' }));
      const imageManifestMediaType = 'application/vnd.oci.image.index.v1+json';
      const tagged = { imageManifest: manifest, imageManifestMediaType, imageTag: 'v1', imageDigest: digest };
      await ecr.send(new PutImageCommand({ repositoryName: 'acme-inc', ...tagged }));
    });

    it('finds digest and architectures in the region of the image', async () => {
      expect(await windows.registry.resolve(image('123456789012', 'v1'))).to.deep.equal({
        kind: 'found',
        digest,
        architectures: ['arm64', 'x86_64'],
        login: 'ecr',
      });
    });

    it('says what is missing', async () => {
      const missing = (what: string) => ({ kind: 'missing', what });
      const other = { ...image('123456789012', 'v1'), repository: 'no-such' };
      expect(await windows.registry.resolve(image('123456789012', 'v9'))).to.deep.equal(missing('tag'));
      expect(await windows.registry.resolve(other)).to.deep.equal(missing('repository'));
      const pinned = {
        ...image('123456789012', 'v1'),
        kind: 'pinned',
        tag: { kind: 'none' },
        digest: `sha256:${'0'.repeat(64)}`,
      } as const;
      expect(await windows.registry.resolve(pinned)).to.deep.equal(missing('digest'));
    });

    it('keeps a digest under a tag of ours', async () => {
      const pinned = { ...image('123456789012', 'v1'), kind: 'pinned', tag: { kind: 'none' }, digest } as const;
      expect(await windows.registry.keep(pinned, 'empire-default-acme-inc-v1')).to.deep.equal({ kind: 'kept' });
      const kept = await windows.registry.resolve(image('123456789012', 'empire-default-acme-inc-v1'));
      expect(kept).to.include({ digest });
      const gone = { ...pinned, digest: `sha256:${'0'.repeat(64)}` };
      expect(await windows.registry.keep(gone, 'x')).to.include({ kind: 'skipped' });
    });
  });

  it('finds a policy and the audiences of an identity provider', async () => {
    const iam = new IAMClient(raw());
    const { roles } = windows;
    const policy = 'arn:aws:iam::123456789012:policy/boundary';
    expect(await roles.policyExists(policy)).to.equal(false);
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
    await iam.send(new CreatePolicyCommand({ PolicyName: 'boundary', PolicyDocument: document }));
    expect(await roles.policyExists(policy)).to.equal(true);
    const Url = 'https://token.actions.githubusercontent.com';
    const provider = `arn:aws:iam::123456789012:oidc-provider/${Url.slice('https://'.length)}`;
    expect(await roles.providerAudiences(provider)).to.deep.equal({ kind: 'none' });
    const made = { Url, ClientIDList: ['sts.amazonaws.com'], ThumbprintList: ['0'.repeat(40)] };
    await iam.send(new CreateOpenIDConnectProviderCommand(made));
    expect(await roles.providerAudiences(provider)).to.deep.equal({ kind: 'given', value: ['sts.amazonaws.com'] });
  });

  it('reads a log stream from its start, its end, and on from there', async () => {
    const logs = new CloudWatchLogsClient(raw());
    const stream = { logGroupName: '/g', logStreamName: 'web/1' };
    const read = { group: '/g', stream: 'web/1' };
    const nothing = await windows.logs.read({ ...read, from: { kind: 'start' } });
    expect(nothing).to.deep.equal({ lines: [], token: { kind: 'none' } });
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/g' }));
    await logs.send(new CreateLogStreamCommand(stream));
    const now = Date.now();
    const line = (n: number) => ({ timestamp: now + n, message: `line ${n}\n` });
    await logs.send(new PutLogEventsCommand({ ...stream, logEvents: [line(0), line(1), line(2)] }));
    const all = await windows.logs.read({ ...read, from: { kind: 'start' } });
    expect(all.lines).to.deep.equal([0, 1, 2].map((n) => ({ at: now + n, text: `line ${n}` })));
    const last = await windows.logs.read({ ...read, from: { kind: 'last', lines: 2 } });
    expect(last.lines.map(({ text }) => text)).to.deep.equal(['line 1', 'line 2']);
    if (all.token.kind === 'none') throw new Error('no token');
    expect((await windows.logs.read({ ...read, from: { kind: 'token', token: all.token.value } })).lines).to.deep.equal([]);
    await logs.send(new PutLogEventsCommand({ ...stream, logEvents: [line(3)] }));
    const more = await windows.logs.read({ ...read, from: { kind: 'token', token: all.token.value } });
    expect(more.lines.map(({ text }) => text)).to.deep.equal(['line 3']);
    expect(await windows.logs.removeGroup('/g')).to.equal(true);
    expect(await windows.logs.removeGroup('/g')).to.equal(false);
    expect(await windows.logs.read({ ...read, from: { kind: 'start' } })).to.deep.equal(nothing);
  });

  describe('parameters, secrets and certificates', () => {
    it('reads more than ten parameters and leaves out those that are not there', async () => {
      const names = Array.from({ length: 13 }, (_, i) => `/empire/default/p${i}`);
      const ssm = new SSMClient(raw());
      await Promise.all(names.map((Name) => ssm.send(new PutParameterCommand({ Name, Value: `v ${Name}`, Type: 'String' }))));
      const values = await windows.parameters.values([...names, '/empire/default/none']);
      expect(values).to.deep.equal(Object.fromEntries(names.map((name) => [name, `v ${name}`])));
    });

    it('knows which parameters exist without reading one', async () => {
      const names = Array.from({ length: 60 }, (_, i) => `/empire/default/app/p${i}`);
      const ssm = new SSMClient(raw());
      for (const Name of names) await ssm.send(new PutParameterCommand({ Name, Value: 'v', Type: 'SecureString' }));
      const asked = [...names, '/empire/default/app/p1:1', '/empire/default/app/none'];
      expect([...(await windows.parameters.existing(asked))]).to.deep.equal(asked.slice(0, -1));
    });

    it('puts secrets in versions, does not decrypt them, and removes them', async () => {
      expect(await windows.parameters.putSecret('/empire/default/a/KEY', 'hush')).to.equal(1);
      expect(await windows.parameters.putSecret('/empire/default/a/KEY', 'hush2')).to.equal(2);
      const values = await windows.parameters.values(['/empire/default/a/KEY']);
      expect(values['/empire/default/a/KEY']).to.match(/^kms:/);
      await windows.parameters.remove('/empire/default/a/KEY');
      await windows.parameters.remove('/empire/default/a/KEY');
      expect(await windows.parameters.values(['/empire/default/a/KEY'])).to.deep.equal({});
    });

    it('knows whether a secret can be read', async () => {
      const client = new SecretsManagerClient(raw());
      await client.send(new CreateSecretCommand({ Name: 'db', SecretString: 'x' }));
      expect(await windows.secrets.exists('db')).to.equal(true);
      expect(await windows.secrets.exists('other')).to.equal(false);
      await client.send(new DeleteSecretCommand({ SecretId: 'db' }));
      expect(await windows.secrets.exists('db')).to.equal(false);
    });

    it('reads the names of a certificate', async () => {
      const acm = new ACMClient(raw());
      const made = await acm.send(
        new RequestCertificateCommand({ DomainName: 'b.example.com', SubjectAlternativeNames: ['a.example.com'] }),
      );
      const found = await windows.certificates.describe(made.CertificateArn ?? '');
      expect(found).to.have.nested.property('value.status', 'PENDING_VALIDATION');
      expect(found).to.have.deep.nested.property('value.names', ['a.example.com', 'b.example.com']);
      const other = (made.CertificateArn ?? '').replace(/[0-9a-f]{12}$/, '000000000000');
      expect(await windows.certificates.describe(other)).to.deep.equal({ kind: 'none' });
    });
  });

  describe('ECS', () => {
    let definition: string;
    beforeEach(async () => {
      const ecs = new ECSClient(raw());
      await ecs.send(new CreateClusterCommand({ clusterName: 'empire' }));
      const logConfiguration = {
        logDriver: 'awslogs' as const,
        options: { 'awslogs-group': '/empire/default/a', 'awslogs-stream-prefix': 'web' },
      };
      const container = { name: 'web', image: 'nginx:1', memory: 128, command: ['run', 'it'], logConfiguration };
      const registered = await ecs.send(
        new RegisterTaskDefinitionCommand({ family: 'a_web', containerDefinitions: [container], cpu: '256', memory: '512' }),
      );
      definition = registered.taskDefinition?.taskDefinitionArn ?? '';
    });

    it('describes a task definition, or says that it is none', async () => {
      const found = await windows.services.taskDefinition(definition);
      if (found.kind === 'none') throw new Error('not found');
      expect(found.value).to.deep.include({ arn: definition, family: 'a_web', revision: 1 });
      expect(found.value.containers).to.deep.equal([
        {
          name: 'web',
          image: 'nginx:1',
          command: ['run', 'it'],
          logGroup: { kind: 'given', value: '/empire/default/a' },
          streamPrefix: { kind: 'given', value: 'web' },
        },
      ]);
      expect(await windows.services.taskDefinition(definition.replace(/1$/, '9'))).to.deep.equal({ kind: 'none' });
    });

    it('describes more than ten services and leaves out those that are not there', async () => {
      const ecs = new ECSClient(raw());
      const arns: string[] = [];
      for (let i = 0; i < 12; i += 1) {
        const made = await ecs.send(
          new CreateServiceCommand({ cluster: 'empire', serviceName: `s${i}`, taskDefinition: definition, desiredCount: 2 }),
        );
        arns.push(made.service?.serviceArn ?? '');
      }
      const none = (arns[0] ?? '').replace(/s0$/, 'none');
      const states = await windows.services.services('empire', [...arns, none]);
      expect(states.map(({ name }) => name)).to.have.members(Array.from({ length: 12 }, (_, i) => `s${i}`));
      expect(states[0]).to.include({ status: 'ACTIVE', taskDefinition: definition, desired: 2 });
      expect(states[0]?.deployments[0]).to.include({ status: 'PRIMARY', taskDefinition: definition });
    });

    it('runs a task, finds it again, and stops it', async () => {
      const ran = await windows.services.runTask({
        cluster: 'empire',
        taskDefinition: definition,
        startedBy: 'empire-v1-0badcafe',
        token: 'token-1',
        subnets: ['subnet-1'],
        securityGroups: ['sg-1'],
        publicAddress: false,
        capacityProvider: 'FARGATE',
        overrides: { containerOverrides: [{ name: 'web', command: ['sh'] }] },
        exec: false,
        tags: { 'empire:app': 'a' },
      });
      if (ran.kind === 'not-placed') throw new Error(ran.reason);
      expect(ran.task).to.deep.include({ taskDefinition: definition, startedBy: { kind: 'given', value: 'empire-v1-0badcafe' } });
      const query = { by: 'startedBy', startedBy: 'empire-v1-0badcafe', status: 'RUNNING' } as const;
      expect((await windows.services.tasks('empire', query)).map(({ arn }) => arn)).to.deep.equal([ran.task.arn]);
      await windows.services.stopTask('empire', ran.task.arn, 'superseded');
      const [stopped] = await windows.services.tasks('empire', { by: 'arn', tasks: [ran.task.arn] });
      expect(stopped).to.deep.include({ desired: 'STOPPED', stoppedReason: { kind: 'given', value: 'superseded' } });
    });
  });
});

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );
}
