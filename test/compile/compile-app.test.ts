import { expect } from 'chai';
import { formatSourceMap, formatTemplate } from '../../lib/compile/format-template.js';
import { type Compiled, compileApp } from '../../lib/compile/index.js';
import type { App } from '../../lib/model/app.js';
import type { Origin, Origins } from '../../lib/model/problem.js';
import { app, cron, LARGE, NONE, PLATFORM, service, web } from '../support/model-apps.js';

const compile = (model: App, origins: Origins = new Map()): Compiled =>
  compileApp({ app: model, platform: PLATFORM, ledger: [], origins });
const written = (file: string, line: number): Origin => ({ kind: 'written', file, line, column: 1, over: [] });
const codes = ({ problems }: Compiled) => problems.map(({ severity, code }) => `${severity} ${code}`);
const many = (count: number, make: (name: string) => App['processes'][number]) =>
  app(Array.from({ length: count }, (_, index) => make(`p${String(index).padStart(3, '0')}`)));

describe('compiling an app', () => {
  it('gives the same bytes every time', () => {
    const [first, second] = [compile(LARGE), compile(structuredClone(LARGE))];
    if (first.kind === 'refused' || second.kind === 'refused') throw new Error('refused');
    expect(formatTemplate(first.template)).to.equal(formatTemplate(second.template));
    expect(formatSourceMap(first.sourceMap)).to.equal(formatSourceMap(second.sourceMap));
  });

  it('says which line made what', () => {
    const origins: Origins = new Map([
      ['/processes/web', written('apps/acme-inc/Procfile', 3)],
      ['/processes/web/count', written('apps/acme-inc/scale', 1)],
      ['/image', written('apps/acme-inc/image', 1)],
    ]);
    const result = compile(app([web()]), origins);
    if (result.kind === 'refused') throw new Error('refused');
    const { resources } = result.sourceMap;
    expect(resources['WebService']?.from).to.deep.equal(['apps/acme-inc/Procfile:3:1']);
    expect(resources['WebService']?.properties['DesiredCount']).to.equal('apps/acme-inc/scale:1:1');
    expect(resources['WebTaskDefinition']?.properties['ContainerDefinitions/0/Image']).to.equal('apps/acme-inc/image:1:1');
    expect(resources['WebTaskDefinition']?.properties['ContainerDefinitions/0/Command']).to.equal('apps/acme-inc/Procfile:3:1');
    expect(resources['LogGroup']?.from).to.deep.equal(['default']);
  });

  // covers: resource-id-twice
  it('refuses two makers of one id', () => {
    const result = compile(app([service('a-b'), service('ab')]));
    expect(result.kind).to.equal('refused');
    expect(codes(result)).to.include('error resource-id-twice');
    expect(result.problems[0]?.message).to.contain('`AbRestart`');
  });

  // covers: limit-resources
  it('refuses more than 500 resources, and only then', () => {
    const result = compile(many(200, (name) => cron(name)));
    expect(codes(result)).to.include('error limit-resources');
    expect(result.problems.find(({ code }) => code === 'limit-resources')?.given).to.deep.equal({
      kind: 'given',
      value: '604 resources',
    });
    expect(codes(compile(many(165, (name) => cron(name))))).to.not.include('error limit-resources');
  });

  // covers: limit-parameters
  it('refuses more than 200 parameters', () => {
    expect(codes(compile(many(201, (name) => service(name))))).to.include('error limit-parameters');
    expect(codes(compile(many(190, (name) => service(name))))).to.not.include('error limit-parameters');
  });

  // covers: limit-template-bytes
  // covers: limit-task-definition
  it('refuses a template over 1 MB and a task definition over 64 KiB, and notes one over 51,200 bytes', () => {
    const variables = (bytes: number) => [{ name: 'LARGE', value: 'x'.repeat(bytes) }];
    const huge = codes(compile({ ...many(17, (name) => service(name)), variables: variables(60_000) }));
    expect(huge).to.deep.equal(['error limit-template-bytes']);
    expect(codes(compile(app([service('worker')], { variables: variables(66_000) })))).to.include('error limit-task-definition');
    const noted = compile(app([service('worker')], { variables: variables(60_000) }));
    expect(noted.kind).to.equal('compiled');
    expect(codes(noted)).to.deep.equal(['note template-needs-bucket']);
  });

  // covers: limit-containers
  it('refuses more than ten containers', () => {
    const sidecar = (name: string) =>
      ({
        name,
        image: LARGE.image,
        command: { kind: 'image' },
        environment: [],
        ports: [],
        health: NONE,
        essential: true,
        cpu: NONE,
        memoryMiB: NONE,
        dependsOn: [],
      }) as const;
    const sidecars = (count: number) => Array.from({ length: count }, (_, index) => sidecar(`s${index}`));
    expect(codes(compile(app([service('worker', { sidecars: sidecars(10) })])))).to.deep.equal(['error limit-containers']);
    expect(codes(compile(app([service('worker', { sidecars: sidecars(9) })])))).to.deep.equal([]);
  });

  // covers: limit-role-policy
  it('refuses policies longer than IAM takes', () => {
    const policy = { kind: 'given', value: { Version: '2012-10-17', Statement: [{ Sid: 'x'.repeat(10_300) }] } } as const;
    expect(codes(compile(app([service('worker')], { policy })))).to.deep.equal(['error limit-role-policy']);
  });
});
