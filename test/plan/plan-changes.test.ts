import { expect } from 'chai';
import type { Plan, ProcessPlan, ResourceChange } from '../../lib/model/plan.js';
import { planChanges } from '../../lib/plan/index.js';
import { ACME, compileFiles, planFiles } from '../support/planned.js';

const processOf = (plan: Plan, name: string): ProcessPlan => {
  const found = plan.processes.find((process) => process.name === name);
  if (found === undefined) throw new Error(`no plan for ${name}`);
  return found;
};

const resourceOf = (plan: Plan, id: string): ResourceChange => {
  const found = plan.resources.find((resource) => resource.id === id);
  if (found === undefined) throw new Error(`no change of ${id}`);
  return found;
};

describe('a plan from one app directory to the next', () => {
  it('says nothing when nothing changes, also when keys and words for people are in another order', async () => {
    const plan = await planFiles(ACME, { ...ACME, Procfile: `# a comment\n${ACME['Procfile']}` });
    expect(plan.kind).to.equal('none');
    expect(plan.processes).to.deep.equal([]);
    expect(plan.predictedSeconds).to.equal(0);
  });

  it('of a new app makes everything and broadens nothing', async () => {
    const plan = await planFiles(undefined, { ...ACME, domains: 'www.example.com\n' });
    expect(plan.kind).to.equal('create');
    expect(plan.processes.map(({ name, change }) => [name, change])).to.deep.equal([
      ['', 'added'],
      ['web', 'added'],
      ['worker', 'added'],
    ]);
    expect(plan.resources.every(({ action }) => action === 'add')).to.equal(true);
    expect(plan.findings).to.deep.equal([]);
    expect(processOf(plan, 'worker').changes).to.deep.equal([
      { kind: 'image', container: 'worker', before: '', after: 'remind101/acme-inc:v1' },
      { kind: 'command', before: '', after: 'acme-inc worker' },
      { kind: 'size', before: '', after: '256:512mb' },
      { kind: 'count', before: '', after: '1' },
    ]);
  });

  it('restarts every process for another image, and says where the image was written', async () => {
    const plan = await planFiles(ACME, { ...ACME, image: 'remind101/acme-inc:v2\n' });
    for (const name of ['web', 'worker']) {
      expect(processOf(plan, name)).to.deep.equal({
        name,
        change: 'changed',
        restarts: true,
        changes: [{ kind: 'image', container: name, before: 'remind101/acme-inc:v1', after: 'remind101/acme-inc:v2' }],
      });
    }
    expect(resourceOf(plan, 'WebTaskDefinition').properties.map(({ path, place }) => [path, place])).to.deep.equal([
      ['ContainerDefinitions/0/Image', { kind: 'given', value: 'apps/acme-inc/image:1:1' }],
    ]);
    expect(resourceOf(plan, 'WebService')).to.include({ action: 'modify', replacement: 'none' });
  });

  it('restarts only the process whose task definition changes', async () => {
    const plan = await planFiles(ACME, { ...ACME, Procfile: 'web: acme-inc server\nworker: acme-inc worker -v\n' });
    expect(plan.processes.map(({ name, restarts }) => [name, restarts])).to.deep.equal([['worker', true]]);
    expect(processOf(plan, 'worker').changes).to.deep.equal([
      { kind: 'command', before: 'acme-inc worker', after: 'acme-inc worker -v' },
    ]);
  });

  it('restarts nothing for another count', async () => {
    const plan = await planFiles(ACME, { ...ACME, scale: 'web=1\nworker=3\n' });
    expect(plan.processes).to.deep.equal([
      { name: 'worker', change: 'changed', restarts: false, changes: [{ kind: 'count', before: '1', after: '3' }] },
    ]);
    expect(plan.resources.map(({ id }) => id)).to.deep.equal(['WorkerService']);
  });

  it('does not call it a restart when no task runs', async () => {
    const stopped = { ...ACME, scale: 'web=1\nworker=0\n' };
    const plan = await planFiles(stopped, { ...stopped, Procfile: 'web: acme-inc server\nworker: acme-inc worker -v\n' });
    expect(processOf(plan, 'worker').restarts).to.equal(false);
  });

  it('names sizes, ranges and schedules', async () => {
    const cron = (at: string) => `${ACME['Procfile']}report:\n  command: acme-inc report\n  cron: "${at}"\n`;
    const plan = await planFiles(
      { ...ACME, Procfile: cron('0 6 * * *') },
      { ...ACME, Procfile: cron('0 7 * * *'), scale: 'web=2-10:2X\nworker=1\nreport=0\n' },
    );
    expect(processOf(plan, 'web').changes.slice(0, 2)).to.deep.equal([
      { kind: 'size', before: '256:512mb', after: '512:1024mb' },
      { kind: 'count', before: '1', after: '2-10' },
    ]);
    expect(processOf(plan, 'report').changes).to.deep.equal([
      { kind: 'count', before: '1', after: '0' },
      { kind: 'schedule', before: 'cron(0 6 * * ? *)', after: 'cron(0 7 * * ? *)' },
    ]);
  });

  it('names variables, and hides values that look like credentials', async () => {
    const env = 'RACK_ENV=production\nDATABASE_URL=postgres://acme:hunter2@db/acme\n';
    const plan = await planFiles(ACME, { ...ACME, env });
    expect(processOf(plan, 'web').changes).to.deep.equal([
      { kind: 'variables', added: ['DATABASE_URL'], changed: ['RACK_ENV'], removed: ['LOG_LEVEL'] },
    ]);
    expect(JSON.stringify(plan)).not.to.contain('hunter2');
    const shown = resourceOf(plan, 'WebTaskDefinition').properties.map(({ path, after }) => [path.split('/').at(-1), after]);
    expect(Object.fromEntries(shown)).to.deep.equal({
      DATABASE_URL: { kind: 'given', value: '(hidden)' },
      LOG_LEVEL: { kind: 'none' },
      RACK_ENV: { kind: 'given', value: 'production' },
    });
  });

  it('hides every value of a variable when nobody says which may be shown', async () => {
    const [before, after] = [compileFiles(ACME), compileFiles({ ...ACME, env: 'RACK_ENV=production\n' })];
    const values = { before: {}, after: {} };
    const plan = await planChanges({
      before: { kind: 'given', value: before.text },
      after: after.text,
      sourceMap: after.map,
      sourceMapBefore: { kind: 'none' },
      parameters: values,
      platform: values,
    });
    expect(JSON.stringify(plan)).not.to.match(/staging|production/);
  });

  it('names secrets by their names', async () => {
    const plan = await planFiles(ACME, { ...ACME, secrets: 'API_KEY=ssm:/empire/default/acme-inc/API_KEY\n' });
    expect(processOf(plan, 'web').changes).to.deep.equal([{ kind: 'secrets', added: ['API_KEY'], changed: [], removed: [] }]);
  });

  it('says the image by the tags that were written when templates have digests', async () => {
    const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
    const pinned = (letter: string) => ({ ...ACME, image: `remind101/acme-inc@${digest(letter)}\n` });
    const [before, after] = [compileFiles(pinned('a')), compileFiles(pinned('b'))];
    const values = { before: {}, after: {} };
    const reference = (tag: string, letter: string) => {
      const pin = `remind101/acme-inc@${digest(letter)}`;
      return [{ reference: `remind101/acme-inc:${tag}`, pinned: pin, digest: digest(letter) }];
    };
    const plan = await planChanges(
      {
        before: { kind: 'given', value: before.text },
        after: after.text,
        sourceMap: after.map,
        sourceMapBefore: { kind: 'none' },
        parameters: values,
        platform: values,
      },
      { hides: () => false, references: { before: reference('v1', 'a'), after: reference('v2', 'b') } },
    );
    expect(processOf(plan, 'web').changes).to.deep.equal([
      {
        kind: 'image',
        container: 'web',
        before: `remind101/acme-inc:v1@${digest('a')}`,
        after: `remind101/acme-inc:v2@${digest('b')}`,
      },
    ]);
  });

  it('restarts a process whose restart parameter has a new value', async () => {
    const parameters = { before: { WorkerRestart: 'none', Release: 'v1' }, after: { WorkerRestart: '1', Release: 'v2' } };
    const plan = await planFiles(ACME, ACME, { parameters });
    expect(plan.parameters.map(({ name }) => name)).to.deep.equal(['WorkerRestart']);
    expect(plan.processes).to.deep.equal([{ name: 'worker', change: 'changed', restarts: true, changes: [{ kind: 'restart' }] }]);
  });

  it('takes a number of a release for no change', async () => {
    const plan = await planFiles(ACME, ACME, { parameters: { before: { Release: 'v1' }, after: { Release: 'v2' } } });
    expect(plan.kind).to.equal('none');
  });

  it('touches whatever uses a value of the platform that is another now, and what that replaces', async () => {
    const platform = { before: { PlatformVpcId: 'vpc-1' }, after: { PlatformVpcId: 'vpc-2' } };
    const plan = await planFiles(ACME, ACME, { platform });
    expect(resourceOf(plan, 'WebTargetGroup').replacement).to.equal('replace');
    expect(resourceOf(plan, 'InternalLoadBalancerToPort8080').replacement).to.equal('replace');
    expect(processOf(plan, 'worker').restarts).to.equal(true);
  });

  it('ignores a value of the platform that no template asks for', async () => {
    const plan = await planFiles(ACME, ACME, { platform: { before: { Other: 'a' }, after: { Other: 'b' } } });
    expect(plan.kind).to.equal('none');
  });

  it('removes a process with its line, and names that line', async () => {
    const plan = await planFiles(ACME, { ...ACME, Procfile: 'web: acme-inc server\n', scale: 'web=1\n' });
    expect(plan.processes).to.deep.equal([{ name: 'worker', change: 'removed', restarts: false, changes: [] }]);
    expect(resourceOf(plan, 'WorkerService')).to.deep.include({
      action: 'remove',
      place: { kind: 'given', value: 'apps/acme-inc/Procfile:2:1' },
    });
  });

  it('restarts a process that moves behind a second balancer', async () => {
    const plan = await planFiles(ACME, { ...ACME, domains: 'www.example.com\n' });
    expect(plan.processes.map(({ name, restarts }) => [name, restarts])).to.deep.equal([
      ['', false],
      ['web', true],
    ]);
  });

  it('refuses a running template that is not JSON', async () => {
    const { text, map } = compileFiles(ACME);
    const values = { before: {}, after: {} };
    const input = { before: { kind: 'given', value: 'Resources: {}' }, after: text, sourceMap: map } as const;
    const failure = await planChanges({ ...input, sourceMapBefore: { kind: 'none' }, parameters: values, platform: values }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.include({ code: 'template-not-json' });
    expect((failure as { hint: string }).hint)
      .to.contain('`empire synth <app> --json`')
      .and.not.contain('rollback');
    expect((failure as Error).message).to.equal('stack: the running template is not JSON, so it was not made by empire');
  });
});
