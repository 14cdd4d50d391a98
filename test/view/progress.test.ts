import { expect } from 'chai';
import type { ProcessProgress, ProgressEvent } from '../../lib/model/progress.js';
import type { ReleaseRecord } from '../../lib/model/release.js';
import { PLAIN } from '../../lib/view/look.js';
import { advance, NO_PROGRESS, type Progress } from '../../lib/view/progress.js';
import { progressJson } from '../../lib/view/progress-json.js';
import { renderPhases, renderProgressBlock, renderProgressLines } from '../../lib/view/progress-lines.js';
import { aRecord } from '../support/records.js';

const AT = Date.UTC(2026, 5, 4, 14, 27);

describe('the progress of a release', () => {
  const record: ReleaseRecord = { ...aRecord(2), createdAt: AT, predictedSeconds: { kind: 'given', value: 90 } };
  const web = (change: Partial<ProcessProgress>): ProcessProgress => ({
    name: 'web',
    old: { running: 1 },
    next: { wanted: 2, running: 1, healthy: 0, failed: 0 },
    done: false,
    waitingFor: 'pulling the image',
    ...change,
  });
  const events: ProgressEvent[] = [
    { kind: 'claimed', record },
    { kind: 'phase', name: 'update', at: AT + 4000, text: 'updating' },
    { kind: 'processes', at: AT + 10_000, processes: [web({})] },
    { kind: 'processes', at: AT + 12_000, processes: [web({})] },
    {
      kind: 'event',
      at: AT + 20_000,
      resource: 'WebService',
      place: { kind: 'given', value: 'apps/hello/Procfile:1:1' },
      text: 'task stopped: exit 1',
      bad: true,
    },
    { kind: 'output', at: AT + 21_000, text: 'migrating' },
  ];

  function lines(every: boolean): string[] {
    let progress: Progress = NO_PROGRESS;
    return events.flatMap((event) => {
      const before = progress;
      progress = advance(before, event);
      return renderProgressLines(event, { before, after: progress, every, look: PLAIN });
    });
  }

  it('is a line per change where nothing can be drawn in place, and what stays the same is not said again', () => {
    expect(lines(true)).to.deep.equal([
      ' 0:00  v2: Deploy remind101/acme-inc:v2, about 1 min 30 s',
      ' 0:04  update: updating',
      ' 0:10  web: 0 of 2 new healthy, 1 started, 1 old · pulling the image',
      ' 0:20  WebService: task stopped: exit 1 (apps/hello/Procfile:1:1)',
      ' 0:21  release | migrating',
    ]);
  });

  it('leaves only what stays true on a terminal', () => {
    expect(lines(false).map((line) => line.slice(7))).to.deep.equal([
      'v2: Deploy remind101/acme-inc:v2, about 1 min 30 s',
      'WebService: task stopped: exit 1 (apps/hello/Procfile:1:1)',
      'release | migrating',
    ]);
  });

  it('is drawn in place as the phase with its clock and a line per process, cut to the screen', () => {
    const progress = events.reduce(advance, NO_PROGRESS);
    expect(renderProgressBlock(progress, AT + 30_000, PLAIN)).to.deep.equal([
      'v2  0:30 of about 1:30  update: updating',
      '  web: 0 of 2 new healthy, 1 started, 1 old · pulling the image',
    ]);
    expect(renderProgressBlock(progress, AT, { colour: false, width: 10 })[1]).to.equal('  web: 0 …');
  });

  it('names on a terminal what CloudFormation is at', () => {
    const making = ['A', 'B', 'C', 'D', 'E', 'F'].map(
      (resource): ProgressEvent => ({
        kind: 'event',
        at: AT + 5000,
        resource,
        place: { kind: 'none' },
        text: 'is being made',
        bad: false,
      }),
    );
    const made: ProgressEvent = {
      kind: 'event',
      at: AT + 6000,
      resource: 'B',
      place: { kind: 'none' },
      text: 'made',
      bad: false,
    };
    const progress = [...events.slice(0, 2), ...making, made].reduce(advance, NO_PROGRESS);
    expect(renderProgressBlock(progress, AT + 6000, PLAIN)[1]).to.equal('  CloudFormation: A, C, D, E and 1 more');
  });

  it('says how long each phase took when it is over', () => {
    const phases = [
      { name: 'change set' as const, startedAt: AT, endedAt: { kind: 'given' as const, value: AT + 4000 } },
      { name: 'update' as const, startedAt: AT + 4000, endedAt: { kind: 'given' as const, value: AT + 76_000 } },
    ];
    const ended = { ...record, phases, finishedAt: { kind: 'given' as const, value: AT + 77_000 } };
    expect(renderPhases(ended)).to.equal('change set 4 s, update 1 min 12 s: 1 min 17 s in all, predicted 1 min 30 s');
    expect(renderPhases(record)).to.equal('');
  });

  it('is JSON for programs: times in UTC, absence is null', () => {
    const event = events[4] as ProgressEvent;
    expect(progressJson(event)).to.deep.include({ at: '2026-06-04T14:27:20.000Z', place: 'apps/hello/Procfile:1:1' });
    expect(progressJson({ ...event, place: { kind: 'none' } } as ProgressEvent)).to.deep.include({ place: null });
    expect(progressJson({ kind: 'claimed', record })).to.have.nested.property('release.version', 'v2');
  });
});
