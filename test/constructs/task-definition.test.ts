import { expect } from 'chai';
import { app, given, LARGE, NONE, PLATFORM, service, web, workload } from '../support/model-apps.js';
import { property, resourcesOf } from '../support/resources-by-id.js';

const CONTAINER = 'ContainerDefinitions/0';

describe('a task definition', () => {
  const large = resourcesOf(LARGE);
  const names = (id: string, path: string) =>
    (property(large, id, path) as { Name: string; Value: string }[]).map(({ Name }) => Name);
  const value = (id: string, path: string, name: string) =>
    (property(large, id, path) as { Name: string; Value: string }[]).find(({ Name }) => Name === name)?.Value;

  it('has a family that people can type', () => {
    expect(property(large, 'WebTaskDefinition', 'Family')).to.equal('empire-acme-inc_web');
    const production = resourcesOf(app([web()], { environment: 'production' }), { ...PLATFORM, environment: 'production' });
    expect(property(production, 'WebTaskDefinition', 'Family')).to.equal('empire-production--acme-inc_web');
  });

  it('layers variables: env, the name of the app, the process, what Empire says last', () => {
    const environment = `${CONTAINER}/Environment`;
    expect(value('WorkerTaskDefinition', environment, 'RAILS_ENV')).to.equal('worker');
    expect(value('NightlyTaskDefinition', environment, 'RAILS_ENV')).to.equal(`production $${'{not} a sub'}`);
    expect(value('WorkerTaskDefinition', environment, 'EMPIRE_APPNAME')).to.equal('other');
    expect(value('WorkerTaskDefinition', environment, 'EMPIRE_PROCESS')).to.equal('worker');
    expect(value('WorkerTaskDefinition', environment, '__proto__')).to.equal('x');
    expect(value('WorkerTaskDefinition', environment, 'PORT')).to.equal(undefined);
    expect(names('WorkerTaskDefinition', environment)).to.deep.equal([...names('WorkerTaskDefinition', environment)].sort());
  });

  it('lets a variable of the process win over a secret of the app', () => {
    expect(names('WorkerTaskDefinition', `${CONTAINER}/Secrets`)).to.deep.equal(['API_KEY', 'MASTER']);
    expect(names('NightlyTaskDefinition', `${CONTAINER}/Secrets`)).to.deep.equal(['API_KEY', 'DATABASE_URL', 'MASTER']);
    expect(value('WorkerTaskDefinition', `${CONTAINER}/Environment`, 'DATABASE_URL')).to.equal('plain');
  });

  it('spells secrets as ECS reads them', () => {
    const arn = 'arn:$'.concat('{AWS::Partition}:');
    const own = ':$'.concat('{AWS::Region}:$').concat('{AWS::AccountId}:');
    expect(property(large, 'NightlyTaskDefinition', `${CONTAINER}/Secrets`)).to.deep.equal([
      { Name: 'API_KEY', ValueFrom: { 'Fn::Sub': `${arn}secretsmanager${own}secret:acme/api:token::` } },
      { Name: 'DATABASE_URL', ValueFrom: { 'Fn::Sub': `${arn}ssm${own}parameter/acme/database` } },
      { Name: 'MASTER', ValueFrom: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:acme-AbC123::AWSCURRENT:' },
    ]);
  });

  it('gives PORT and the port to the process, or to the sidecar that has it', () => {
    const alone = resourcesOf(app([web()]));
    expect(property(alone, 'WebTaskDefinition', `${CONTAINER}/PortMappings`)).to.deep.equal([
      { ContainerPort: 8080, Protocol: 'tcp' },
    ]);
    expect(property(alone, 'WebTaskDefinition', `${CONTAINER}/Environment`)).to.deep.include({ Name: 'PORT', Value: '8080' });
    expect(property(large, 'WebTaskDefinition', `${CONTAINER}/PortMappings`)).to.equal(undefined);
    expect(names('WebTaskDefinition', `${CONTAINER}/Environment`)).to.not.include('PORT');
    expect(property(large, 'WebTaskDefinition', 'ContainerDefinitions/1/Environment')).to.deep.equal([
      { Name: 'LEVEL', Value: 'info' },
      { Name: 'PORT', Value: '8080' },
    ]);
  });

  it('names images by digest when there is one', () => {
    expect(property(large, 'WebTaskDefinition', `${CONTAINER}/Image`)).to.equal(
      '123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/inc:v1',
    );
    expect(property(large, 'WebTaskDefinition', 'ContainerDefinitions/1/Image')).to.equal(`nginx@sha256:${'a'.repeat(64)}`);
  });

  it('mounts EFS encrypted and with the identity of the task, and has the disk that was asked for', () => {
    expect(property(large, 'WebTaskDefinition', 'Volumes/0/EFSVolumeConfiguration')).to.deep.equal({
      FilesystemId: 'fs-0123456789abcdef0',
      TransitEncryption: 'ENABLED',
      AuthorizationConfig: { AccessPointId: 'fsap-0123456789abcdef0', IAM: 'ENABLED' },
    });
    expect(property(large, 'WebTaskDefinition', 'EphemeralStorage')).to.deep.equal({ SizeInGiB: 30 });
    expect(property(large, 'WebTaskDefinition', `${CONTAINER}/MountPoints/1/ContainerPath`)).to.equal('/scratch');
  });

  it('never blocks the process on its logs, and has a stream prefix for each process', () => {
    expect(property(large, 'WorkerTaskDefinition', `${CONTAINER}/LogConfiguration/Options`)).to.deep.equal({
      'awslogs-group': { Ref: 'LogGroup' },
      'awslogs-region': { Ref: 'AWS::Region' },
      'awslogs-stream-prefix': 'worker',
      mode: 'non-blocking',
    });
  });

  it('keeps exact sizes and nproc on EC2', () => {
    const size = { cpu: 100, memoryMiB: 20, nproc: given(64) };
    const made = resourcesOf(app([service('worker', { capacity: 'ec2', size: { asked: size, runs: size } })]));
    expect(property(made, 'WorkerTaskDefinition', 'Memory')).to.equal('20');
    expect(property(made, 'WorkerTaskDefinition', 'RequiresCompatibilities')).to.deep.equal(['EC2']);
    expect(property(made, 'WorkerTaskDefinition', `${CONTAINER}/Ulimits`)).to.deep.equal([
      { Name: 'nproc', SoftLimit: 64, HardLimit: 64 },
    ]);
  });

  it('lets raw properties win, key by key', () => {
    const raw = { task: { Cpu: '999', RuntimePlatform: { OperatingSystemFamily: 'X' } }, service: {}, targetGroup: {} };
    const made = resourcesOf(app([service('worker', { raw })]));
    expect(property(made, 'WorkerTaskDefinition', 'Cpu')).to.equal('999');
    expect(property(made, 'WorkerTaskDefinition', 'RuntimePlatform')).to.deep.equal({
      CpuArchitecture: 'X86_64',
      OperatingSystemFamily: 'X',
    });
  });

  it('is all that run-only and release processes have, and an off process has nothing', () => {
    const made = resourcesOf(
      app([
        { ...workload('release'), kind: 'release' },
        { kind: 'off', name: 'old' },
      ]),
    );
    expect([...made.keys()]).to.deep.equal([
      'LogGroup',
      'ExecutionRole',
      'TaskRole',
      'AppSecurityGroup',
      'ReleaseTaskDefinition',
    ]);
    expect([...resourcesOf(app([{ kind: 'off', name: 'old' }])).keys()]).to.deep.equal(['LogGroup']);
  });

  it('pulls a private image with its credentials', () => {
    const reference = { kind: 'secretsmanager', secret: 'hub', key: NONE } as const;
    const image = { ...LARGE.image, registry: { kind: 'hub' }, credentials: given(reference) } as const;
    const made = resourcesOf(app([service('worker')], { image }));
    const arn = (end: string) => ({
      'Fn::Sub': `arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:${end}`,
    });
    expect(property(made, 'WorkerTaskDefinition', `${CONTAINER}/RepositoryCredentials/CredentialsParameter`)).to.deep.equal(
      arn('hub'),
    );
    expect(property(made, 'ExecutionRole', 'Policies/1/PolicyDocument/Statement/0/Resource')).to.deep.equal([arn('hub-??????')]);
  });
});
