import { expect } from 'chai';
import { renderDossier } from '../../lib/view/dossier.js';
import { PLAIN } from '../../lib/view/look.js';
import { renderRelease } from '../../lib/view/release.js';
import { releaseViewJson } from '../../lib/view/release-json.js';
import { renderReleases } from '../../lib/view/releases.js';
import { renderAge, renderClock, renderDuration } from '../../lib/view/time.js';
import { renderUndone } from '../../lib/view/undone.js';
import { aRecord } from '../support/records.js';

describe('releases in words', () => {
  it('are a line each, with who and how it ended; the one that serves is current', () => {
    const rows = renderReleases([aRecord(2), aRecord(1, { status: 'failed' })], { kind: 'given', value: 2 });
    expect(rows.replaceAll(/Jun .4 ..:../g, 'Jun  4 14:27')).to.equal(
      'v2  Jun  4 14:27  Deploy remind101/acme-inc:v2  alice  current\nv1  Jun  4 14:27  Deploy remind101/acme-inc:v1  alice  failed\n',
    );
  });

  it('show the message that came with them', () => {
    const { reason } = aRecord(1);
    const record = aRecord(1, { reason: { ...reason, message: { kind: 'given', value: 'for the fair' } } });
    expect(renderReleases([record], { kind: 'none' })).to.contain('v1 (for the fair)');
  });

  it('show everything of one, and leave out what it has not', () => {
    const text = renderRelease(aRecord(3), { kind: 'none' }, PLAIN);
    expect(text).to.match(/^release {2,}v3 of acme-inc in default$/m);
    expect(text).to.match(/^before {2,}v2$/m);
    expect(text).not.to.contain('message');
  });

  it('are JSON for programs', () => {
    const json = releaseViewJson(aRecord(3), { kind: 'given', value: 3 });
    expect(json).to.deep.include({ version: 'v3', previous: 'v2', message: null, current: true, eligibleForRollback: true });
    expect(json).to.deep.include({ createdAt: '2026-06-04T14:27:00.000Z' });
    expect(releaseViewJson(aRecord(3, { status: 'failed' }), { kind: 'none' })).to.deep.include({
      current: false,
      eligibleForRollback: false,
    });
  });
});

describe('why a release failed, in words', () => {
  it('begins with the cause and its line', () => {
    const text = renderDossier(
      {
        cause: 'the container exits with code 1 as soon as it starts',
        process: { kind: 'given', value: 'web' },
        resource: { kind: 'given', value: 'WebService' },
        place: { kind: 'given', value: 'apps/acme-inc/image:1:1' },
        evidence: [{ from: 'log', at: { kind: 'none' }, text: 'cannot connect' }],
        changes: ['web: image :v1 → :v2'],
        advice: ['repair the image'],
      },
      PLAIN,
    );
    expect(text).to.equal(
      [
        'cause: web: the container exits with code 1 as soon as it starts (apps/acme-inc/image:1:1)',
        'seen:',
        '  log: cannot connect',
        'changed since the last good release:',
        '  web: image :v1 → :v2',
        'what to do:',
        '  repair the image',
        '',
      ].join('\n'),
    );
  });
});

describe('a value that a deploy would undo', () => {
  it('is an image, of which the tags are said', () => {
    expect(renderUndone('apps/a/image', 12, 'acme/a:v2\n', 'acme/a:v1\n')).to.equal(
      'image goes back from :v2 (set by v12, not in git) to :v1',
    );
    expect(renderUndone('apps/a/image', 12, 'acme/a:v2\n', 'other/a:v1\n')).to.equal(
      'image goes back from acme/a:v2 (set by v12, not in git) to other/a:v1',
    );
  });

  it('is a line of another file', () => {
    expect(renderUndone('apps/a/scale.production', 3, 'web=2\nworker=4\n', '# ours\nweb=2\nworker=1\n')).to.equal(
      'scale.production goes back from `worker=4` (set by v3, not in git) to `worker=1`',
    );
    expect(renderUndone('apps/a/env', 3, 'A=1\n', '')).to.equal('env goes back from `A=1` (set by v3, not in git) to nothing');
  });
});

describe('lengths of time', () => {
  it('are ages in one unit', () => {
    expect([0, 59_000, 60_000, 3_600_000, 86_400_000].map(renderAge)).to.deep.equal(['0s', '59s', '1m', '1h', '1d']);
  });

  it('are clocks, and words', () => {
    expect([7, 750, 3723].map(renderClock)).to.deep.equal(['0:07', '12:30', '1:02:03']);
    expect([7, 60, 90, 3600, 3720].map(renderDuration)).to.deep.equal(['7 s', '1 min', '1 min 30 s', '1 h', '1 h 2 min']);
  });
});
