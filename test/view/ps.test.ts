import { expect } from 'chai';
import { type Look, PLAIN } from '../../lib/view/look.js';
import { renderPs } from '../../lib/view/ps.js';
import { psJson } from '../../lib/view/ps-json.js';
import { given, NONE } from '../support/model-apps.js';
import { aTask, NOW } from '../support/running.js';

const PIPED: Look = { colour: false, width: Number.POSITIVE_INFINITY };
const COLOUR: Look = { colour: true, width: 100 };
const WHOLE = { name: 'web', wanted: 1, running: 1, waitingFor: '' };
const SHORT = { name: 'web', wanted: 3, running: 1, waitingFor: 'health check: 502 from /' };
const CRASHED = aTask({
  status: 'STOPPED',
  failed: true,
  why: 'web crashed with exit code 1 6 s after its start',
  stoppedAt: given(NOW - 5000),
  exitCode: given(1),
});
const all = [
  aTask(),
  aTask({ status: 'PENDING', startedAt: NONE, why: 'pulls the image', command: 'bundle exec rails server --binding 0.0.0.0' }),
  CRASHED,
  aTask({
    process: 'background-worker',
    introducedIn: NONE,
    size: { cpu: 256, memoryMiB: 512, nproc: 256, name: '1X' },
    command: '',
  }),
];

describe('ps', () => {
  it('has the shape of 2015', () => {
    expect(renderPs([aTask()], [WHOLE], NOW, PLAIN)).to.equal('v2.web.217e2ddd  128:20.00mb  RUNNING  1m  "acme-inc server"\n');
  });

  it('aligns its columns and says why a task waits or stopped', () => {
    expect(renderPs(all, [], NOW, PIPED)).to.equal(
      [
        'v2.web.217e2ddd               128:20.00mb  RUNNING  1m  "acme-inc server"',
        'v2.web.217e2ddd               128:20.00mb  PENDING  1m  "bundle exec rails server --binding 0.0.0.0"  pulls the image',
        'v2.web.217e2ddd               128:20.00mb  STOPPED  5s  "acme-inc server"  web crashed with exit code 1 6 s after its start',
        "-.background-worker.217e2ddd  1X           RUNNING  1m  (the image's own)",
        '',
      ].join('\n'),
    );
  });

  it('says how many are wanted only where it differs, and what is waited for', () => {
    expect(renderPs([], [WHOLE, SHORT], NOW, PIPED)).to.equal('web: 3 wanted, 1 running, waits for: health check: 502 from /\n');
    expect(renderPs([], [{ ...WHOLE, running: 2 }], NOW, PIPED)).to.equal('web: 1 wanted, 2 running\n');
  });

  it('fits a terminal of 40 to 200 columns, and loses no reason', () => {
    for (let width = 40; width <= 200; width++) {
      const text = renderPs(all, [SHORT], NOW, { colour: false, width });
      for (const line of text.split('\n')) expect([...line].length, `${width}: ${line}`).to.be.at.most(width);
      expect(text.match(/pulls the image/g)).to.have.length(1);
      expect(text).to.contain('web crashed with exit code 1');
    }
  });

  it('is the same with colours, which only stand around words', () => {
    const painted = renderPs(all, [SHORT], NOW, COLOUR);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins a colour
    expect(painted.replaceAll(/\u001b\[[0-9;]*m/g, '')).to.equal(renderPs(all, [SHORT], NOW, PLAIN));
    expect(painted).to.contain('\u001b[32mRUNNING\u001b[39m').and.to.contain('\u001b[31mSTOPPED\u001b[39m');
    expect(renderPs(all, [SHORT], NOW, PLAIN)).not.to.contain('\u001b');
  });

  it('is for programs what its documentation says', () => {
    const view = {
      app: 'acme-inc',
      environment: 'default',
      release: given(5),
      processes: [WHOLE, SHORT],
      tasks: [aTask(), CRASHED],
    };
    const json = psJson(view) as { processes: object[]; tasks: object[] };
    expect({ ...json, tasks: [], processes: json.processes[1] }).to.deep.equal({
      app: 'acme-inc',
      environment: 'default',
      release: 5,
      processes: { name: 'web', wanted: 3, running: 1, waitingFor: 'health check: 502 from /' },
      tasks: [],
    });
    expect(json.processes[0]).to.deep.equal({ name: 'web', wanted: 1, running: 1, waitingFor: null });
    expect(json.tasks[0]).to.deep.equal({
      id: '217e2ddd0b1c4d5e8f90a1b2c3d4e5f6',
      arn: 'arn:aws:ecs:us-east-1:123456789012:task/empire-default/217e2ddd0b1c4d5e8f90a1b2c3d4e5f6',
      process: 'web',
      taskDefinitionOf: 'web',
      origin: 'service',
      introducedIn: 2,
      inRelease: 5,
      status: 'RUNNING',
      health: 'UNKNOWN',
      failed: false,
      reason: null,
      size: { cpu: 128, memoryMiB: 20, nproc: 0, name: '128-20mb' },
      command: 'acme-inc server',
      createdAt: '2026-06-04T14:25:40.000Z',
      startedAt: '2026-06-04T14:25:55.000Z',
      stoppedAt: null,
      exitCode: null,
      zone: 'us-east-1a',
    });
    expect(json.tasks[1]).to.deep.include({ failed: true, exitCode: 1, stoppedAt: '2026-06-04T14:26:55.000Z' });
  });

  it('knows no release and no command where there is none', () => {
    const json = psJson({
      app: 'a',
      environment: 'default',
      release: NONE,
      processes: [],
      tasks: [all[3] as ReturnType<typeof aTask>],
    });
    expect(json).to.have.property('release', null);
    expect((json as { tasks: object[] }).tasks[0]).to.include({ introducedIn: null, command: null });
  });
});
