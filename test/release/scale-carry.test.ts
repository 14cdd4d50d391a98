import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../../lib/model/json.js';
import { carryCounts, carryScale, type MappedTemplate } from '../../lib/release/scale-carry.js';
import { compileFiles, type Files } from '../support/planned.js';

const mapped = (files: Files): MappedTemplate => {
  const { text, map } = compileFiles(files);
  return { template: text, sourceMap: JSON.stringify(map, null, 1) };
};

type Resources = { [id: string]: { Type: string; Properties: { [key: string]: unknown } } };
const resources = ({ template }: { template: string }): Resources => JSON.parse(template).Resources;

const PROCFILE = 'web: bin/web\nworker: bin/worker\n';
const files = (scale: string, more: Files = {}): Files => ({ image: 'acme/app:v1\n', Procfile: PROCFILE, scale, ...more });

const AUTOSCALED = `web:
  command: bin/web
  autoscale:
    cpu: 60
    requests: 500
worker:
  command: bin/worker
`;

describe('a rollback keeps the scale of now', () => {
  it('carries the count of a process, and nothing else of it', () => {
    const then = mapped(files('web=1\nworker=2\n', { env: 'A=then\n' }));
    const now = mapped(files('web=5\nworker=0\n', { env: 'A=now\n', image: 'acme/app:v2\n' }));
    const carried = carryScale(then, now);
    const [was, is] = [resources(then), resources(carried)];
    expect(is['WebService']?.Properties['DesiredCount']).to.equal(5);
    expect(is['WorkerService']?.Properties['DesiredCount']).to.equal(0);
    const without = (all: Resources) =>
      JSON.parse(JSON.stringify(all, (key, value) => (key === 'DesiredCount' ? undefined : value)));
    expect(without(is)).to.deep.equal(without(was));
    expect(carried.notes).to.deep.equal([]);
  });

  it('keeps the size of then', () => {
    const then = mapped(files('web=1:256:512mb\nworker=1\n'));
    const carried = carryScale(then, mapped(files('web=3:1024:2gb\nworker=1\n')));
    expect(resources(carried)['WebTaskDefinition']).to.deep.equal(resources(then)['WebTaskDefinition']);
    expect(resources(carried)['WebService']?.Properties['DesiredCount']).to.equal(3);
  });

  it('is the very bytes of then when the scale is the same', () => {
    const then = mapped(files('web=2\nworker=1\n', { env: 'A=1\n' }));
    const carried = carryScale(then, mapped(files('web=2\nworker=1\n', { env: 'A=2\n' })));
    expect(carried.template).to.equal(then.template);
    expect(carried.sourceMap).to.equal(then.sourceMap);
  });

  it('carries a whole range with its policies where then had a count', () => {
    const then = mapped(files('web=2\nworker=1\n'));
    const now = mapped({ image: 'acme/app:v2\n', Procfile: AUTOSCALED, scale: 'web=3-9\nworker=1\n' });
    const is = resources(carryScale(then, now));
    expect(is['WebService']?.Properties).to.not.have.property('DesiredCount');
    for (const id of ['WebScalableTarget', 'WebCpuPolicy', 'WebRequestsPolicy']) {
      expect(is[id], id).to.deep.equal(resources(now)[id]);
      expect(is[id], id).to.not.equal(undefined);
    }
  });

  it('takes a range away where now is a count', () => {
    const then = mapped({ image: 'acme/app:v2\n', Procfile: AUTOSCALED, scale: 'web=3-9\nworker=1\n' });
    const is = resources(carryScale(then, mapped(files('web=4\nworker=1\n'))));
    expect(is['WebService']?.Properties['DesiredCount']).to.equal(4);
    expect(Object.values(is).filter(({ Type }) => Type.startsWith('AWS::ApplicationAutoScaling'))).to.deep.equal([]);
  });

  it('leaves out a policy that needs what then did not have, and says so', () => {
    const then = mapped({
      image: 'acme/app:v1\n',
      Procfile: 'web:\n  command: bin/web\n  ports: []\nworker: bin/worker\n',
      scale: 'web=1\n',
    });
    const now = mapped({ image: 'acme/app:v2\n', Procfile: AUTOSCALED, scale: 'web=3-9\nworker=1\n' });
    const carried = carryScale(then, now);
    expect(resources(carried)).to.have.property('WebCpuPolicy');
    expect(resources(carried)).to.not.have.property('WebRequestsPolicy');
    expect(carried.notes).to.deep.equal([
      'WebRequestsPolicy is not carried over: it needs InternalLoadBalancer, which is not in that release',
    ]);
  });

  it('carries the queue’s wake alarm and its policy', () => {
    const queue = 'worker:\n  command: bin/worker\n  autoscale:\n    queue:\n      name: jobs\n      per_task: 10\n';
    const then = mapped({ image: 'acme/app:v1\n', Procfile: 'worker: bin/worker\n', scale: 'worker=2\n' });
    const now = mapped({ image: 'acme/app:v2\n', Procfile: queue, scale: 'worker=0-20\n' });
    const is = resources(carryScale(then, now));
    for (const id of ['WorkerScalableTarget', 'WorkerQueuePolicy', 'WorkerWakePolicy', 'WorkerWakeAlarm']) {
      expect(is[id], id).to.deep.equal(resources(now)[id]);
    }
    const back = resources(carryScale(now, then));
    expect(Object.keys(back).filter((id) => /Wake|Policy|Scalable/.test(id))).to.deep.equal([]);
  });

  it('carries whether a schedule ticks and with how many tasks, not when', () => {
    const cron = (when: string) => `nightly:\n  command: bin/nightly\n  cron: "${when}"\n`;
    const then = mapped({ image: 'acme/app:v1\n', Procfile: cron('0 3 * * *'), scale: 'nightly=1\n' });
    const off = carryScale(then, mapped({ image: 'acme/app:v2\n', Procfile: cron('0 4 * * *'), scale: 'nightly=0\n' }));
    const schedule = resources(off)['NightlySchedule']?.Properties;
    expect(schedule?.['State']).to.equal('DISABLED');
    expect(schedule?.['ScheduleExpression']).to.equal('cron(0 3 * * ? *)');
    const two = carryScale(then, mapped({ image: 'acme/app:v2\n', Procfile: cron('0 4 * * *'), scale: 'nightly=2\n' }));
    const target = resources(two)['NightlySchedule']?.Properties['Target'] as JsonObject;
    expect((target['EcsParameters'] as JsonObject)['TaskCount']).to.equal(2);
  });

  it('gives a process that was only then its own scale back', () => {
    const then = mapped(files('web=1\nworker=7\n'));
    const is = resources(carryScale(then, mapped({ image: 'acme/app:v2\n', Procfile: 'web: bin/web\n', scale: 'web=3\n' })));
    expect(is['WorkerService']?.Properties['DesiredCount']).to.equal(7);
    expect(is['WebService']?.Properties['DesiredCount']).to.equal(3);
  });

  it('does not bring a process of now into then', () => {
    const is = resources(
      carryScale(mapped({ image: 'a/b:c\n', Procfile: 'web: x\n', scale: 'web=1\n' }), mapped(files('web=2\nworker=9\n'))),
    );
    expect(Object.keys(is).filter((id) => id.startsWith('Worker'))).to.deep.equal([]);
  });

  it('stays in maintenance: the page is there, and what comes back does not run', () => {
    const then = mapped(files('web=2\nworker=3\n'));
    const now = mapped({ image: 'acme/app:v2\n', Procfile: 'web: bin/web\n', scale: 'web=4\n', maintenance: 'Back at noon.\n' });
    const is = resources(carryScale(then, now));
    expect(is['InternalListener80Maintenance']).to.deep.equal(resources(now)['InternalListener80Maintenance']);
    expect([is['WebService']?.Properties['DesiredCount'], is['WorkerService']?.Properties['DesiredCount']]).to.deep.equal([0, 0]);
  });

  it('does not bring the maintenance of then back', () => {
    const then = mapped(files('web=2\nworker=3\n', { maintenance: 'Back at noon.\n' }));
    const is = resources(carryScale(then, mapped(files('web=4\nworker=5\n'))));
    expect(Object.keys(is).filter((id) => id.endsWith('Maintenance'))).to.deep.equal([]);
    expect(is['WebService']?.Properties['DesiredCount']).to.equal(4);
  });

  it('says of the scale where it is written now, and of all else where it was written then', () => {
    const then = mapped(files('web=1\nworker=1\n'));
    const now = mapped(files('# a comment\n\nweb=5\nworker=1\n'));
    const { sourceMap } = carryScale(then, now);
    const map = JSON.parse(sourceMap).resources;
    const of = (text: string) => JSON.parse(text).resources;
    expect(map.WebService.properties.DesiredCount).to.equal(of(now.sourceMap).WebService.properties.DesiredCount);
    expect(map.WebService.properties.DesiredCount).to.not.equal(of(then.sourceMap).WebService.properties.DesiredCount);
    expect(map.WebService.from).to.deep.equal(of(then.sourceMap).WebService.from);
  });

  it('has the scale of then when what runs is not JSON, and says so', () => {
    const then = mapped(files('web=1\nworker=1\n'));
    const carried = carryScale(then, { template: 'Resources: {}\n', sourceMap: '{}' });
    expect(carried).to.deep.equal({
      ...then,
      notes: ['the scale of then comes back too: what runs is not JSON, so its scale cannot be read'],
    });
  });

  const count = fc.oneof(
    fc.nat(9).map(String),
    fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(5)).map(([min, more]) => `${min}-${min + more + 1}`),
  );
  const directory = fc
    .record({
      web: count,
      worker: fc.option(count, { nil: undefined }),
      nightly: fc.option(fc.nat(3), { nil: undefined }),
      tag: fc.constantFrom('v1', 'v2'),
      maintenance: fc.boolean(),
    })
    .map(({ web, worker, nightly, tag, maintenance }): Files => {
      const lines = ['web: bin/web', worker === undefined ? '' : 'worker: bin/worker'];
      if (nightly !== undefined) lines.push('nightly:\n  command: bin/nightly\n  cron: "0 3 * * *"');
      const scales = [
        `web=${web}`,
        worker === undefined ? '' : `worker=${worker}`,
        nightly === undefined ? '' : `nightly=${nightly}`,
      ];
      const text = (all: readonly string[]) => `${all.filter((line) => line !== '').join('\n')}\n`;
      return {
        image: `acme/app:${tag}\n`,
        Procfile: text(lines),
        scale: text(scales),
        ...(maintenance ? { maintenance: 'Back soon.\n' } : {}),
      };
    });

  it('carried twice is carried once, and carrying from oneself changes nothing', () => {
    fc.assert(
      fc.property(directory, directory, (before, after) => {
        const [then, now] = [mapped(before), mapped(after)];
        const once = carryScale(then, now);
        expect(carryScale(once, now)).to.deep.equal({ ...once, notes: [] });
        expect(carryScale(then, then)).to.deep.equal({ ...then, notes: [] });
      }),
      { numRuns: 60 },
    );
  });

  it('has the scale of now for each process of both, and everything else of then', () => {
    const SCALE = /^AWS::(ApplicationAutoScaling|CloudWatch)/;
    const rest = (all: Resources) =>
      Object.fromEntries(
        Object.entries(all)
          .filter(([id, { Type }]) => !SCALE.test(Type) && !id.endsWith('Maintenance'))
          .map(([id, definition]) => {
            const text = JSON.stringify(definition, (key, value) =>
              ['DesiredCount', 'State', 'TaskCount'].includes(key) ? undefined : value,
            );
            return [id, JSON.parse(text)];
          }),
      );
    fc.assert(
      fc.property(directory, directory, (before, after) => {
        const [then, now] = [mapped(before), mapped(after)];
        const [was, is, runs] = [resources(then), resources(carryScale(then, now)), resources(now)];
        expect(rest(is)).to.deep.equal(rest(was));
        for (const id of ['WebService', 'WorkerService']) {
          if (is[id] === undefined || runs[id] === undefined) continue;
          expect(is[id]?.Properties['DesiredCount'], id).to.equal(runs[id]?.Properties['DesiredCount']);
          const target = id.replace('Service', 'ScalableTarget');
          expect(is[target], target).to.deep.equal(runs[target]);
        }
        if (is['NightlySchedule'] !== undefined && runs['NightlySchedule'] !== undefined)
          expect(is['NightlySchedule'].Properties['State']).to.equal(runs['NightlySchedule'].Properties['State']);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the counts of now in what the record says of processes', () => {
    const process = (name: string, count: string, nproc: number) => ({
      name,
      kind: 'service' as const,
      count,
      size: { cpu: 256, memoryMiB: 512, nproc, name: '1X' },
      command: ['x'],
    });
    const carried = carryCounts(
      [process('web', '1', 1), process('old', '3', 1)],
      [process('web', '2-9', 2), process('new', '5', 2)],
    );
    expect(carried).to.deep.equal([process('web', '2-9', 1), process('old', '3', 1)]);
  });
});
