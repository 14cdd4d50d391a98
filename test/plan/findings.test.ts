import { expect } from 'chai';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Plan } from '../../lib/model/plan.js';
import { planChanges } from '../../lib/plan/index.js';
import { ACME, planFiles } from '../support/planned.js';

const said = ({ findings }: Plan): string[] => findings.map(({ kind, text }) => `${kind}: ${text}`);

const policy = (...statements: readonly Json[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });

const allow = (Action: Json, Resource: Json, Condition?: Json): Json => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});

const planPolicies = (before: string, after: string): Promise<Plan> =>
  planFiles({ ...ACME, policy: before }, { ...ACME, policy: after });

const NO_VALUES = { before: {}, after: {} };

/** Templates of somebody who extended ours. */
function planResources(before: JsonObject, after: JsonObject): Promise<Plan> {
  return planChanges({
    before: { kind: 'given', value: JSON.stringify({ Resources: before }) },
    after: JSON.stringify({ Resources: after }),
    sourceMap: { stack: 'x', resources: {} },
    sourceMapBefore: { kind: 'none' },
    parameters: NO_VALUES,
    platform: NO_VALUES,
  });
}

describe('permissions', () => {
  const read = allow('s3:GetObject', 'arn:aws:s3:::uploads/*');

  it('are not broader with a cron process: its role is taken by the scheduler alone', async () => {
    const plan = await planFiles(ACME, {
      ...ACME,
      Procfile: `${ACME['Procfile']}nightly:\n  command: work\n  cron: "0 6 * * *"\n`,
    });
    expect(said(plan)).to.deep.equal([]);
  });

  it('are not broader where only the ground of a release process is: nothing runs yet', async () => {
    const task: Json = { Type: 'AWS::ECS::TaskDefinition', Properties: {} };
    const role: Json = {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyDocument: JSON.parse(policy(read)) as Json }] },
    };
    const service: Json = { Type: 'AWS::ECS::Service', Properties: {} };
    const alone = await planResources({ ReleaseTaskDefinition: task }, { ReleaseTaskDefinition: task, TaskRole: role });
    expect(said(alone)).to.deep.equal([]);
    const beside = { ReleaseTaskDefinition: task, WebService: service };
    expect(said(await planResources(beside, { ...beside, TaskRole: role }))).to.have.length(1);
  });

  it('are broader with a new action', async () => {
    const plan = await planPolicies(policy(read), policy(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::uploads/*')));
    expect(said(plan)).to.deep.equal(['broader-permissions: TaskRole may now do s3:PutObject on arn:aws:s3:::uploads/*']);
  });

  it('are broader with a new resource', async () => {
    const plan = await planPolicies(policy(read), policy(read, allow('s3:GetObject', 'arn:aws:s3:::other/*')));
    expect(said(plan)).to.deep.equal(['broader-permissions: TaskRole may now do s3:GetObject on arn:aws:s3:::other/*']);
  });

  it('are broader with a wildcard', async () => {
    const plan = await planPolicies(policy(read), policy(allow('s3:*', '*')));
    expect(said(plan)).to.deep.equal(['broader-permissions: TaskRole may now do s3:* on everything']);
  });

  it('are broader without their condition', async () => {
    const bounded = allow('s3:GetObject', 'arn:aws:s3:::uploads/*', { Bool: { 'aws:SecureTransport': 'true' } });
    expect(said(await planPolicies(policy(bounded), policy(read)))).to.have.length(1);
    expect(said(await planPolicies(policy(read), policy(bounded)))).to.deep.equal([]);
  });

  it('are broader when a denial is gone', async () => {
    const deny: Json = { Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' };
    const plan = await planPolicies(policy(read, deny), policy(read));
    expect(said(plan)).to.deep.equal(['broader-permissions: TaskRole is no longer denied s3:DeleteObject on everything']);
  });

  it('are not broader when something is removed, narrowed or written in another way', async () => {
    const both = policy(allow(['s3:PutObject', 's3:GetObject'], 'arn:aws:s3:::uploads/*'));
    expect(said(await planPolicies(both, policy(read)))).to.deep.equal([]);
    const apart = policy(read, allow('s3:PutObject', 'arn:aws:s3:::uploads/*'));
    expect(said(await planPolicies(both, apart))).to.deep.equal([]);
    expect(said(await planPolicies(policy(allow('s3:*', '*')), policy(read)))).to.deep.equal([]);
  });

  it("are not broader for a parameter under the app's own path, and are for another one", async () => {
    const own = await planFiles(ACME, { ...ACME, secrets: 'A=ssm:/empire/default/acme-inc/A\n' });
    expect(said(own)).to.deep.equal([]);
    const other = await planFiles(ACME, { ...ACME, secrets: 'A=ssm:/empire/default/billing/A\n' });
    expect(said(other)).to.deep.equal([
      'broader-permissions: ExecutionRole may now do ssm:GetParameters on ssm:parameter/empire/default/billing/A',
    ]);
  });

  it('are broader with another principal', async () => {
    const role = (who: Json): JsonObject => ({
      R: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: who, Action: 'sts:AssumeRole' }] } },
      },
    });
    const plan = await planResources(role({ Service: 'ecs-tasks.amazonaws.com' }), role({ AWS: '*' }));
    expect(said(plan)).to.deep.equal(['broader-permissions: * may now do sts:AssumeRole on R']);
  });

  it('are broader without a boundary and with a managed policy', async () => {
    const role = (properties: JsonObject): JsonObject => ({ R: { Type: 'AWS::IAM::Role', Properties: properties } });
    const managed = 'arn:aws:iam::aws:policy/AdministratorAccess';
    const plan = await planResources(
      role({ PermissionsBoundary: 'arn:aws:iam::1:policy/b' }),
      role({ ManagedPolicyArns: [managed] }),
    );
    expect(said(plan)).to.deep.equal([
      `broader-permissions: R may now do everything in the policy on ${managed}`,
      'broader-permissions: R loses its permissions boundary',
    ]);
  });
});

describe('a role of somebody else', () => {
  const raw = (process: string) => ({
    ...ACME,
    Procfile: `web:\n  command: acme-inc server\n  ecs: {task: {TaskRoleArn: "arn:aws:iam::123456789012:role/${process}"}}\nworker: acme-inc worker\n`,
  });

  it('broadens permissions when a process gets it, once', async () => {
    expect(said(await planFiles(ACME, raw('admin')))).to.deep.equal([
      'broader-permissions: WebTaskDefinition has the role arn:aws:iam::123456789012:role/admin, which is not of this stack',
    ]);
    expect(said(await planFiles(raw('admin'), { ...raw('admin'), image: 'remind101/acme-inc:v2\n' }))).to.deep.equal([]);
    expect(said(await planFiles(raw('admin'), ACME))).to.deep.equal([]);
  });
});

describe('a role that a schedule takes', () => {
  const schedule = (RoleArn: Json): JsonObject => ({
    Own: { Type: 'AWS::IAM::Role', Properties: {} },
    S: { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { Arn: 'x', RoleArn } } },
  });
  const own: Json = { 'Fn::GetAtt': ['Own', 'Arn'] };

  it('is nothing new when the stack makes it, and is when a parameter names it', async () => {
    expect(said(await planResources(schedule('arn:old'), schedule(own)))).to.deep.equal([]);
    expect(said(await planResources(schedule(own), schedule({ Ref: 'Admin' })))).to.deep.equal([
      'broader-permissions: S has the role Admin, which is not of this stack',
    ]);
  });
});

describe('the network', () => {
  it('is broader when a process becomes public, once', async () => {
    const www = { ...ACME, domains: 'www.example.com\n' };
    expect(said(await planFiles(ACME, www))).to.deep.equal([
      'broader-network: web can be reached from the internet',
      'broader-network: PublicLoadBalancerSecurityGroup takes tcp port 80 from anywhere',
    ]);
    expect(said(await planFiles(www, { ...ACME, domains: 'www.example.com\nwww.example.org\n' }))).to.deep.equal([]);
    expect(said(await planFiles(www, ACME))).to.deep.equal([]);
  });

  it('inside the VPC is as wide as private names promise', async () => {
    const workers = { ...ACME, Procfile: 'worker: acme-inc worker\n', scale: 'worker=1\n' };
    expect(said(await planFiles(workers, ACME))).to.deep.equal([
      'note: InternalLoadBalancerSecurityGroup takes tcp port 80 from PlatformVpcCidr',
    ]);
  });

  const group = (...rules: readonly JsonObject[]): JsonObject => ({
    G: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'g', SecurityGroupIngress: rules } },
  });
  const tcp = (port: number, CidrIp: string): JsonObject => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp });

  it('is broader with wider addresses or a new port, and not with narrower ones', async () => {
    expect(said(await planResources(group(tcp(80, '10.0.0.0/16')), group(tcp(80, '10.0.0.0/8'))))).to.deep.equal([
      'broader-network: G takes tcp port 80 from 10.0.0.0/8',
    ]);
    expect(
      said(await planResources(group(tcp(80, '10.0.0.0/16')), group(tcp(80, '10.0.0.0/16'), tcp(22, '10.0.0.0/16')))),
    ).to.deep.equal(['broader-network: G takes tcp port 22 from 10.0.0.0/16']);
    expect(said(await planResources(group(tcp(80, '10.0.0.0/8')), group(tcp(80, '10.1.0.0/16'))))).to.deep.equal([]);
  });

  it('is broader with another group on the tasks, and with a balancer that was internal', async () => {
    const service = (...groups: readonly string[]): JsonObject => ({
      S: {
        Type: 'AWS::ECS::Service',
        Properties: { NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups: groups } } },
      },
    });
    expect(said(await planResources(service('sg-1'), service('sg-1', 'sg-2')))).to.deep.equal([
      'broader-network: S also has the security group sg-2, which is not of this stack',
    ]);
    const balancer = (Scheme: string): JsonObject => ({
      B: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme, Type: 'application' } },
    });
    expect(said(await planResources(balancer('internal'), balancer('internet-facing')))).to.include(
      'broader-network: B can be reached from the internet',
    );
    expect(said(await planResources(balancer('internet-facing'), balancer('internal')))).not.to.include(
      'broader-network: B can be reached from the internet',
    );
  });

  it('is not broader for a port that only a balancer of the app itself reaches', async () => {
    const more = { ...ACME, Procfile: 'web:\n  command: acme-inc server\n  ports: ["80:9090"]\nworker: acme-inc worker\n' };
    expect(said(await planFiles(ACME, more))).to.deep.equal([]);
  });
});

describe('data', () => {
  const bucket = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
    B: { Type: 'AWS::S3::Bucket', Properties: properties, ...more },
  });

  it('is lost when a thing that keeps it is removed or replaced', async () => {
    expect(said(await planResources(bucket({}), { C: { Type: 'AWS::SNS::Topic', Properties: {} } }))).to.deep.equal([
      'data-loss: B (AWS::S3::Bucket) is removed, and the data in it is lost',
    ]);
    expect(said(await planResources(bucket({ BucketName: 'a' }), bucket({ BucketName: 'b' })))).to.deep.equal([
      'data-loss: B (AWS::S3::Bucket) is replaced by a new one, and the data in it is lost',
    ]);
  });

  it('stays when it is retained: the policy of the running template decides what is removed, the new one what is replaced', async () => {
    expect(said(await planResources(bucket({}, { DeletionPolicy: 'Retain' }), {}))).to.deep.equal([
      'note: B (AWS::S3::Bucket) leaves the stack and stays behind with its data',
    ]);
    const kept = await planResources(bucket({ BucketName: 'a' }), bucket({ BucketName: 'b' }, { UpdateReplacePolicy: 'Retain' }));
    expect(said(kept)).to.deep.equal(['note: B (AWS::S3::Bucket) leaves the stack and stays behind with its data']);
  });

  it('of a file system that is no longer mounted stays', async () => {
    const mounted = `web:\n  command: acme-inc server\n  volumes:\n    - {path: /data, efs: fs-0123456789abcdef0}\nworker: acme-inc worker\n`;
    const plan = await planFiles({ ...ACME, Procfile: mounted }, ACME);
    expect(said(plan)).to.deep.equal(['note: web no longer mounts the file system fs-0123456789abcdef0, which stays as it is']);
  });
});

describe('downtime', () => {
  it("comes with a move to the platform's balancers and back", async () => {
    const shared = { ...ACME, platform: 'LOAD_BALANCERS=shared\n' };
    expect(said(await planFiles(ACME, shared))[0]).to.equal(
      "downtime: the app moves from load balancers of its own to the platform's, and does not answer meanwhile",
    );
    expect(said(await planFiles(shared, ACME))[0]).to.equal(
      "downtime: the app moves from the platform's load balancers to its own, and does not answer meanwhile",
    );
  });

  it('comes with another service in the place of the old one', async () => {
    const platform = { before: { PlatformClusterName: 'a' }, after: { PlatformClusterName: 'b' } };
    expect(said(await planFiles(ACME, ACME, { platform }))).to.include(
      'downtime: web is stopped and made anew: its service is replaced',
    );
  });

  it('is only noted where the manifest asks for it', async () => {
    const recreate = { ...ACME, Procfile: 'web:\n  command: acme-inc server\n  deploy: recreate\nworker: acme-inc worker\n' };
    expect(said(await planFiles(recreate, { ...recreate, image: 'remind101/acme-inc:v2\n' }))).to.deep.equal([
      'note: web stops before its new tasks start, since its deploy is `recreate`',
    ]);
  });
});
