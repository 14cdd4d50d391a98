import { expect } from 'chai';
import { estimate, PRICES } from '../../lib/estimate/index.js';
import type { AppCost, CostLine } from '../../lib/model/cost.js';
import { folderOf, readApps } from '../support/apps-of-files.js';

const ASSUMED = { cronMinutes: 10, logGigabytes: 1, capacityUnits: 1 };
const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000001';

function costOf(files: Record<string, string>, platform = '', assumed = ASSUMED): AppCost {
  const read = readApps(folderOf({ one: { image: 'acme/one:1', ...files } }, platform));
  return estimate(read.apps, { platform: read.platform, availabilityZones: 2 }, PRICES, assumed).apps[0] as AppCost;
}

function dollarsOf({ lines }: AppCost, wanted: (of: CostLine['of']) => boolean): [number, number] {
  const { dollars } = lines.find(({ of }) => wanted(of)) as CostLine;
  return [Number(dollars.min.toFixed(2)), Number(dollars.max.toFixed(2))];
}

const isProcess =
  (name: string) =>
  (of: CostLine['of']): boolean =>
    'process' in of && of.process === name;
const kinds = ({ lines }: AppCost): string[] => lines.map(({ of, payer }) => `${of.kind} ${payer}`);

describe('what an app costs in a month', () => {
  it('a task of Fargate by its processor and memory', () => {
    expect(dollarsOf(costOf({ Procfile: 'w: x', scale: 'w=1:1024:4gb' }), isProcess('w'))).to.deep.equal([42.53, 42.53]);
    expect(
      dollarsOf(costOf({ Procfile: 'w:\n  command: x\n  arch: arm64', scale: 'w=1:1024:4gb' }), isProcess('w')),
    ).to.deep.equal([34.03, 34.03]);
  });

  it('Spot costs its part of that; its disk does not', () => {
    const capacity = 'w:\n  command: x\n  capacity: spot\n';
    expect(dollarsOf(costOf({ Procfile: capacity, scale: 'w=1:1024:4gb' }), isProcess('w'))).to.deep.equal([12.76, 12.76]);
    const disk = `${capacity}  volumes: [{path: /tmp, ephemeral: 120gb}]\n`;
    expect(dollarsOf(costOf({ Procfile: disk, scale: 'w=1:1024:4gb' }), isProcess('w'))).to.deep.equal([20.86, 20.86]);
  });

  it('a range from its least to its most, also by the clock', () => {
    const files = {
      Procfile: 'w:\n  command: x\n  autoscale:\n    cpu: 70\n    schedule: [{cron: "0 8 * * *", min: 1, max: 40}]\n',
      scale: 'w=2-10:1024:4gb',
    };
    expect(dollarsOf(costOf(files), isProcess('w'))).to.deep.equal([42.53, 1701.19]);
  });

  it('a schedule by its runs and minutes', () => {
    const files = { Procfile: 'w:\n  command: x\n  cron: "rate(1 hour)"\n', scale: 'w=2:1024:4gb' };
    expect(dollarsOf(costOf(files), isProcess('w'))).to.deep.equal([14.19, 14.19]);
    expect(dollarsOf(costOf(files, '', { ...ASSUMED, cronMinutes: 30 }), isProcess('w'))).to.deep.equal([42.56, 42.56]);
    expect(dollarsOf(costOf(files, '', { ...ASSUMED, cronMinutes: 0 }), isProcess('w')), 'a minute at least').to.deep.equal([
      1.42, 1.42,
    ]);
  });

  it('balancers inside and outside, and the addresses outside', () => {
    const web = costOf({ domains: `www.example.com cert=${CERTIFICATE}` });
    expect(kinds(web)).to.deep.equal(['service app', 'balancer app', 'balancer app', 'addresses app', 'logs app']);
    expect(dollarsOf(web, ({ kind }) => kind === 'balancer')).to.deep.equal([22.27, 22.27]);
    expect(dollarsOf(web, ({ kind }) => kind === 'addresses')).to.deep.equal([7.3, 7.3]);
    expect(Number(web.total.max.toFixed(2))).to.equal(61.34);
  });

  it('on shared balancers and on instances another pays', () => {
    expect(kinds(costOf({}, 'LOAD_BALANCERS=shared\n'))).to.deep.equal(['service app', 'balancer platform', 'logs app']);
    const onHosts = costOf({}, 'CAPACITY=ec2\n');
    expect(kinds(onHosts)).to.deep.equal(['service host', 'balancer app', 'logs app']);
    expect(dollarsOf(onHosts, isProcess('web'))).to.deep.equal([0, 0]);
  });

  it('tasks in public subnets have addresses', () => {
    const cost = costOf({ Procfile: 'w: x', scale: 'w=3' }, 'NAT=none\n');
    expect(dollarsOf(cost, ({ kind }) => kind === 'addresses')).to.deep.equal([10.95, 10.95]);
  });

  it('in maintenance no task runs; what is off and what nobody asked for costs nothing', () => {
    const closed = costOf({ maintenance: 'back soon\n' });
    expect([closed.maintenance, dollarsOf(closed, isProcess('web'))]).to.deep.equal([true, [0, 0]]);
    const idle = costOf({ Procfile: 'a: x\nb:\n  command: y\n  noservice: true\n', scale: 'a=off' });
    expect([kinds(idle), idle.total]).to.deep.equal([['on-demand app'], { min: 0, max: 0 }]);
  });

  it('the total is the sum of its lines', () => {
    const cost = costOf({ Procfile: 'web: x\nw: y\nn:\n  command: z\n  cron: "@daily"\n' });
    expect(cost.total.max).to.be.closeTo(
      cost.lines.reduce((sum, { dollars }) => sum + dollars.max, 0),
      1e-9,
    );
  });
});
