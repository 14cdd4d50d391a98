import { expect } from 'chai';
import { Failure } from '../../lib/failure.js';
import { History } from '../../lib/release/history.js';
import { EngineApp } from '../support/engine-app.js';

const PROCFILE = 'web: acme-inc server\nworker: acme-inc worker\nrelease: acme-inc migrate\n';
const WITH_RELEASE = { Procfile: PROCFILE };

describe('the release process', () => {
  it('runs before the first update of a new app, from the stack itself', async () => {
    const app = new EngineApp();
    const record = await app.deploy(WITH_RELEASE);
    expect(record.summary).to.equal('');
    expect(record.status).to.equal('succeeded');
    expect(record.phases.map(({ name }) => name)).to.deep.equal(['prepare', 'change set', 'release process', 'update', 'verify']);
    const run = record.releaseProcess;
    expect(run.kind === 'given' && run.value.exitCode).to.deep.equal({ kind: 'given', value: 0 });
    expect(await app.stack()).to.deep.equal({ status: 'UPDATE_COMPLETE', release: 'v1' });
    expect(app.events.some(({ kind }) => kind === 'output')).to.equal(true);
    const sha = run.kind === 'given' && run.value.output.kind === 'given' ? run.value.output.value : '';
    const said = app.events.flatMap((event) => (event.kind === 'output' ? [`${event.text}\n`] : [])).join('');
    expect(await History.of(app.engine()).object(sha)).to.equal(said);
  });

  it('has run to its end before any process changes', async () => {
    const app = new EngineApp();
    await app.deploy(WITH_RELEASE);
    const record = await app.deploy({ ...WITH_RELEASE, image: 'remind101/acme-inc:v2\n' });
    expect(record.status).to.equal('succeeded');
    const [process, update] = ['release process', 'update'].map((name) => record.phases.find((phase) => phase.name === name));
    expect(process?.endedAt.kind === 'given' && process.endedAt.value).to.be.at.most(update?.startedAt ?? 0);
  });

  it('that fails stops the release: no running process has changed', async () => {
    const app = new EngineApp();
    await app.deploy(WITH_RELEASE);
    const web = await app.tasks('web');
    const files = { ...WITH_RELEASE, image: 'remind101/acme-inc:v2-norelease\n' };
    const error = await app.deploy(files).catch((thrown: Failure) => thrown);
    expect(error).to.have.property('code', 'release-process-failed');
    expect((error as Failure).what).to.equal(
      'the release process exited with 1: no running process has changed; added before it: ReleaseTaskDefinition',
    );
    const [record] = await app.records();
    expect([record?.number, record?.status]).to.deep.equal([2, 'failed']);
    expect(record?.dossier.kind === 'given' && record.dossier.value.process).to.deep.equal({ kind: 'given', value: 'release' });
    expect(await app.tasks('web')).to.deep.equal(web);
    expect(await app.stack()).to.deep.equal({ status: 'UPDATE_COMPLETE', release: 'v1' });
    expect(await app.rehearsal.stacks.changeSet('empire-acme-inc', `empire-v2-${record?.id.slice(0, 8)}`)).to.deep.equal({
      kind: 'none',
    });
  });

  it('that failed is no hindrance to the next release', async () => {
    const app = new EngineApp();
    await app.deploy(WITH_RELEASE);
    await app.deploy({ ...WITH_RELEASE, image: 'remind101/acme-inc:v2-norelease\n' }).catch((thrown: Failure) => thrown);
    const record = await app.deploy({ ...WITH_RELEASE, image: 'remind101/acme-inc:v3\n' });
    expect([record.number, record.status]).to.deep.equal([3, 'succeeded']);
    expect((await app.records()).map(({ reason }) => reason.kind)).to.deep.equal(['deploy', 'deploy', 'deploy']);
  });

  it('that fails in a new app leaves a stack that the next release updates', async () => {
    const app = new EngineApp();
    await app.deploy({ ...WITH_RELEASE, image: 'remind101/acme-inc:v1-norelease\n' }).catch((thrown: Failure) => thrown);
    expect(await app.stack()).to.deep.equal({ status: 'CREATE_COMPLETE', release: 'none' });
    const record = await app.deploy({ ...WITH_RELEASE, image: 'remind101/acme-inc:v2\n' });
    expect([record.number, record.status]).to.deep.equal([2, 'succeeded']);
    expect((await app.records()).map(({ number, status }) => [number, status])).to.deep.equal([
      [2, 'succeeded'],
      [1, 'failed'],
    ]);
  });

  it('does not run when only the scale changes', async () => {
    const app = new EngineApp();
    await app.deploy(WITH_RELEASE);
    const record = await app.deploy({ ...WITH_RELEASE, scale: 'web=2\nworker=1\n' }, { kind: 'scale' });
    expect(record.status).to.equal('succeeded');
    expect(record.releaseProcess).to.deep.equal({ kind: 'none' });
  });

  it('is started once when the answer to its start is lost', async () => {
    const app = new EngineApp();
    await app.deploy(WITH_RELEASE);
    let lost = 0;
    const services = {
      ...app.rehearsal.services,
      runTask: async (input: Parameters<typeof app.rehearsal.services.runTask>[0]) => {
        const answer = await app.rehearsal.services.runTask(input);
        lost += 1;
        if (lost === 1) throw new Failure('AWS', 'the answer was lost', 'try again', 'network');
        return answer;
      },
    };
    const engine = app.engine({ ...app.rehearsal, services });
    const record = await app.deploy({ ...WITH_RELEASE, image: 'remind101/acme-inc:v2\n' }, {}, engine);
    expect([record.status, lost]).to.deep.equal(['succeeded', 2]);
    const stopped = await app.rehearsal.services.tasks(await app.cluster(), {
      by: 'startedBy',
      startedBy: `empire-v2-${record.id.slice(0, 8)}`,
      status: 'STOPPED',
    });
    expect(stopped).to.have.length(1);
  });

  it('is stopped when the release is', async () => {
    const app = new EngineApp();
    await app.deploy(WITH_RELEASE);
    const stop = new AbortController();
    const engine = { ...app.engine(app.rehearsal, stop.signal), report: () => {} };
    const services = {
      ...app.rehearsal.services,
      runTask: async (input: Parameters<typeof app.rehearsal.services.runTask>[0]) => {
        const answer = await app.rehearsal.services.runTask(input);
        stop.abort();
        return answer;
      },
    };
    const files = { ...WITH_RELEASE, image: 'remind101/acme-inc:v2\n' };
    const error = await app
      .deploy(files, {}, { ...engine, windows: { ...app.rehearsal, services } })
      .catch((thrown: Failure) => thrown);
    expect(error).to.have.property('code', 'interrupted');
    const [record] = await app.records();
    expect([record?.status, record?.releaseProcess.kind]).to.deep.equal(['cancelled', 'given']);
    expect(await app.tasks('release')).to.deep.equal([]);
  });

  it('that does not end in time is stopped', async () => {
    const app = new EngineApp();
    const error = await app.deploy(WITH_RELEASE, { timeoutSeconds: 1 }).catch((thrown: Failure) => thrown);
    expect(error).to.have.property('code', 'release-process-timeout');
    const [record] = await app.records();
    expect(record?.status).to.equal('failed');
    expect(await app.tasks('release')).to.deep.equal([]);
  });

  it('runs where the platform says when no other process does', async () => {
    const app = new EngineApp();
    const record = await app.deploy({ Procfile: 'release: acme-inc migrate\n', scale: '' });
    expect(record.summary).to.equal('');
    expect(record.status).to.equal('succeeded');
  });

  it('finds the role that it needs when that is wider than what runs', async () => {
    const app = new EngineApp();
    await app.deploy(WITH_RELEASE);
    const web = await app.tasks('web');
    const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
    const error = await app
      .deploy({ ...WITH_RELEASE, policy, image: 'remind101/acme-inc:v2-norelease\n' })
      .catch((thrown: Failure) => thrown);
    expect((error as Failure).what).to.match(/added before it: TaskRole, ReleaseTaskDefinition$/);
    expect(await app.rehearsal.stacks.template('empire-acme-inc')).to.include('s3:GetObject');
    expect(await app.tasks('web')).to.deep.equal(web);
    const record = await app.deploy(WITH_RELEASE);
    expect(record.status).to.equal('succeeded');
    expect(await app.rehearsal.stacks.template('empire-acme-inc')).to.not.include('s3:GetObject');
  });
});

describe('what the release process needs', () => {
  it('that cannot be added fails the release, and says why', async () => {
    const app = new EngineApp();
    await app.deploy({});
    const web = await app.tasks('web');
    app.script({ fail: 'create', resource: 'ReleaseTaskDefinition', reason: 'Role is not valid' });
    const error = await app.deploy(WITH_RELEASE).catch((thrown: Failure) => thrown);
    expect(error).to.have.property('code', 'prepare-failed');
    const [record] = await app.records();
    expect([record?.number, record?.status]).to.deep.equal([2, 'failed']);
    expect(record?.dossier.kind === 'given' && record.dossier.value.resource).to.deep.equal({
      kind: 'given',
      value: 'ReleaseTaskDefinition',
    });
    expect(await app.tasks('web')).to.deep.equal(web);
    expect((await app.deploy(WITH_RELEASE)).status).to.equal('succeeded');
  });
});
