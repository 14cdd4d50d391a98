import { expect } from 'chai';
import type { Process, ServiceProcess } from '../../lib/model/app.js';
import { type ProcessFiles, processesOf } from '../support/processes.js';

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000001';

const codesOf = (files: ProcessFiles) => processesOf(files).problems.map(({ code }) => code);
const errorsOf = (files: ProcessFiles) =>
  processesOf(files).problems.flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));

function only(files: ProcessFiles): Process {
  const { processes, problems } = processesOf(files);
  expect(problems.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
  expect(processes).to.have.length(1);
  return processes[0] as Process;
}

function service(files: ProcessFiles): ServiceProcess {
  const process = only(files);
  if (process.kind !== 'service') throw new Error(`a ${process.kind} process`);
  return process;
}

describe('the processes of an app', () => {
  it('are complete without a word in any file', () => {
    expect(service({ Procfile: 'web:\n' })).to.deep.include({
      name: 'web',
      command: { kind: 'image' },
      count: { kind: 'fixed', tasks: 1 },
      arch: 'x86_64',
      capacity: 'fargate',
      stop: { timeoutSeconds: 30 },
      init: true,
      exec: true,
      readOnly: false,
      graceSeconds: 120,
      deployment: { kind: 'rolling', minHealthyPercent: 100, maxPercent: 200 },
      exposure: {
        kind: 'http',
        ports: [{ balancer: 80, container: 8080, protocol: 'http' }],
        health: { path: '/', codes: '200-499', intervalSeconds: 5, timeoutSeconds: 4, healthy: 2, unhealthy: 2 },
        drainSeconds: 30,
        idleTimeoutSeconds: 60,
        sticky: { kind: 'none' },
        domains: [],
      },
    });
  });

  it('are sorted by name', () => {
    expect(processesOf({ Procfile: 'web: a\nb: b\na: c\n' }).processes.map(({ name }) => name)).to.deep.equal(['a', 'b', 'web']);
  });

  it('run once when web or scheduled, not at all otherwise, and say so', () => {
    const { processes, problems } = processesOf({ Procfile: 'web: a\nworker: b\nnightly:\n  cron: "0 4 * * *"\n' });
    expect(
      processes.map((process) => [
        process.name,
        process.kind === 'cron' ? process.tasks : process.kind === 'service' && process.count,
      ]),
    ).to.deep.equal([
      ['nightly', 1],
      ['web', { kind: 'fixed', tasks: 1 }],
      ['worker', { kind: 'fixed', tasks: 0 }],
    ]);
    expect(problems.map(({ severity, code }) => `${severity} ${code}`)).to.deep.equal(['note scale-unlisted']);
  });

  it('have no resources when off', () => {
    expect(only({ Procfile: 'web: a\n', scale: 'web=off\n' })).to.deep.equal({ kind: 'off', name: 'web' });
  });

  it('follow CPU in a range that says nothing else, with a note', () => {
    const files = { Procfile: 'web: a\n', scale: 'web=2-10\n' };
    expect(service(files).count).to.deep.include({ kind: 'range', min: 2, max: 10 });
    expect(service(files).count).to.have.nested.property('autoscale.cpu.value', 70);
    expect(codesOf(files)).to.deep.equal(['autoscale-default']);
  });

  it('keep an autoscale that a fixed count does not use, with a note', () => {
    expect(codesOf({ Procfile: 'web:\n  autoscale: {cpu: 50}\n', scale: 'web=2\n' })).to.deep.equal(['autoscale-unused']);
  });

  it('may stop at zero only when a queue or a schedule starts them again', () => {
    const errors = (autoscale: string) => errorsOf({ Procfile: `worker:\n  autoscale: ${autoscale}\n`, scale: 'worker=0-4\n' });
    expect(errors('{cpu: 70}')).to.deep.equal(['autoscale-min-zero']);
    expect(errors('{queue: {name: jobs, per_task: 10}}')).to.deep.equal([]);
    expect(errors('{schedule: [{cron: "0 8 * * *", min: 0, max: 3}]}')).to.deep.equal([]);
  });

  it('give a scheduled process up to ten tasks, and none disables it', () => {
    const Procfile = 'nightly:\n  cron: ["0 4 * * *", "@daily"]\n  timezone: Europe/Berlin\n';
    const ten = only({ Procfile, scale: 'nightly=10\n' });
    expect(ten).to.have.property('tasks', 10);
    expect(ten.kind === 'cron' && ten.schedules.map(({ timezone }) => timezone)).to.deep.equal([
      'Europe/Berlin',
      'Europe/Berlin',
    ]);
    expect(only({ Procfile, scale: 'nightly=0\n' })).to.have.property('tasks', 0);
    expect(errorsOf({ Procfile, scale: 'nightly=11\n' })).to.deep.equal(['scale-cron-most']);
  });

  it('have a size but no count when they run only when asked', () => {
    const Procfile = 'console:\n  noservice: true\n';
    expect(only({ Procfile, scale: 'console=:PX\n' })).to.have.nested.property('size.runs.memoryMiB', 6144);
    expect(errorsOf({ Procfile, scale: 'console=off\n' })).to.deep.equal(['scale-not-scalable']);
  });

  it('are rounded up on Fargate and exact on EC2', () => {
    const files = { Procfile: 'web: a\n', scale: 'web=1:100:200mb:nproc=64\n' };
    expect(service(files).size.runs).to.deep.equal({ cpu: 256, memoryMiB: 512, nproc: { kind: 'none' } });
    expect(codesOf(files)).to.deep.equal(['size-rounded', 'size-nproc']);
    const exact = { ...files, platform: 'CAPACITY=ec2\n' };
    expect(service(exact).size.runs).to.deep.equal({ cpu: 100, memoryMiB: 200, nproc: { kind: 'given', value: 64 } });
    expect(codesOf(exact)).to.deep.equal([]);
  });

  it('lose exec when read-only, with a note', () => {
    const files = { Procfile: 'web:\n  read_only: true\n' };
    expect(service(files).exec).to.equal(false);
    expect(codesOf(files)).to.deep.equal(['read-only-no-exec']);
    expect(errorsOf({ Procfile: 'web:\n  read_only: true\n  exec: on\n' })).to.deep.equal(['read-only-exec']);
  });

  it('let a sidecar take the port, and PORT with it', () => {
    const sidecars = '  sidecars: {nginx: {image: "nginx:1.29", ports: [8080]}}\n';
    expect(errorsOf({ Procfile: `web:\n  environment: {PORT: 3000}\n${sidecars}` })).to.deep.equal([]);
    expect(errorsOf({ Procfile: 'web:\n  environment: {PORT: 3000}\n' })).to.deep.equal(['environment-port']);
    expect(errorsOf({ Procfile: 'web:\n  environment: {PORT: 8080}\n' })).to.deep.equal([]);
  });

  it('refuse sidecars that wait for each other, in any number', () => {
    const sidecar = (name: string, after: string) => `    ${name}: {image: "nginx:1.29", depends_on: [${after}]}\n`;
    const ring = sidecar('a', 'b') + sidecar('b', 'c') + sidecar('c', 'a') + sidecar('d', 'a');
    expect(errorsOf({ Procfile: `web:\n  sidecars:\n${ring}` })).to.deep.equal(['sidecar-cycle']);
    const chain = sidecar('a', 'b') + sidecar('b', 'c') + sidecar('c', 'web');
    expect(errorsOf({ Procfile: `web:\n  sidecars:\n${chain}` })).to.deep.equal([]);
  });
});

describe('public names', () => {
  const zones = 'PUBLIC_ZONES=example.com=Z0123456789ABCDEFGHIJ,api.example.com=Z1123456789ABCDEFGHIJ\n';

  it('belong to the longest managed zone that holds them', () => {
    const { exposure } = service({ Procfile: 'web: a\n', domains: 'www.api.example.com\n*.example.com\n', platform: zones });
    expect(exposure.kind !== 'none' && exposure.domains).to.deep.equal([
      {
        name: '*.example.com',
        certificate: { kind: 'made' },
        zone: { kind: 'given', value: { name: 'example.com', id: 'Z0123456789ABCDEFGHIJ' } },
      },
      {
        name: 'www.api.example.com',
        certificate: { kind: 'made' },
        zone: { kind: 'given', value: { name: 'api.example.com', id: 'Z1123456789ABCDEFGHIJ' } },
      },
    ]);
  });

  it('are not in a zone that only ends alike', () => {
    const files = { Procfile: 'web: a\n', domains: 'notexample.com\n', platform: zones };
    expect(service(files).exposure).to.have.nested.property('domains[0].zone.kind', 'none');
    expect(codesOf(files)).to.deep.equal(['domain-plain-http']);
  });

  it('give https and tls ports their certificate', () => {
    const https = 'web:\n  ports: ["80:8080", "443:8080"]\n';
    expect(errorsOf({ Procfile: https })).to.deep.equal(['port-certificate']);
    expect(errorsOf({ Procfile: https, domains: 'www.example.com\n', platform: zones })).to.deep.equal([]);
    const tls = 'chat:\n  ports: [{"5223": {protocol: tls}}]\n';
    expect(errorsOf({ Procfile: tls, domains: `chat.example.com chat cert=${CERTIFICATE}\n` })).to.deep.equal([]);
    expect(errorsOf({ Procfile: tls, domains: 'chat.example.com chat\n' })).to.deep.equal(['port-certificate', 'domain-tcp']);
  });

  it('refuse the private zone, which an environment may rename', () => {
    const files = { Procfile: 'web: a\n', domains: `api.internal cert=${CERTIFICATE}\n` };
    expect(errorsOf(files)).to.deep.equal([]);
    expect(errorsOf({ ...files, platform: 'ZONE=internal\n' })).to.deep.equal(['domain-private-zone']);
  });

  it('count target groups twice when public', () => {
    const Procfile = 'chat:\n  ports: [{"5221": {protocol: tls}}, "5222", "5223"]\n';
    expect(errorsOf({ Procfile, domains: `chat.example.com chat cert=${CERTIFICATE}\n` })).to.deep.equal([
      'too-many-target-groups',
    ]);
  });
});

describe('the origins of a process', () => {
  it('are the lines that were written, and defaults otherwise', () => {
    const { origins } = processesOf({
      Procfile: 'web:\n  command: bin/web\n  environment:\n    FOO: bar\n  ports: ["80:3000"]\n',
      scale: 'web=2:2X\n',
      domains: `www.example.com cert=${CERTIFICATE}\n`,
    });
    const at = (pointer: string) => {
      const origin = origins.map.get(pointer);
      return origin?.kind === 'written' ? `${origin.file}:${origin.line}:${origin.column}` : origin?.kind;
    };
    expect(at('/processes/web')).to.equal('Procfile:1:1');
    expect(at('/processes/web/command')).to.equal('Procfile:2:12');
    expect(at('/processes/web/environment/FOO')).to.equal('Procfile:4:10');
    expect(at('/processes/web/exposure/ports')).to.equal('Procfile:5:10');
    expect(at('/processes/web/count')).to.equal('scale:1:5');
    expect(at('/processes/web/size')).to.equal('scale:1:7');
    expect(at('/processes/web/exposure/domains/www.example.com')).to.equal('domains:1:1');
    expect(at('/processes/web/arch')).to.equal('default');
  });
});
