import { expect } from 'chai';
import { appOfImage, deployChange, isImage } from '../../../lib/commands/session/deploy-change.js';
import { applyEdits, textOf } from '../../../lib/commands/session/edits.js';
import { parseTimeout, type ReleaseFlags } from '../../../lib/commands/session/flags.js';
import { runOf } from '../../../lib/commands/session/reason.js';
import { Failure } from '../../../lib/failure.js';
import type { AppDirectory, Folder } from '../../../lib/model/folder.js';

const bytes = (text: string) => ({ kind: 'bytes' as const, bytes: new TextEncoder().encode(text) });

function directory(files: Record<string, string>): AppDirectory {
  const entries = Object.entries(files).map(([name, text]) => ({ name, path: `apps/a/${name}`, content: bytes(text) }));
  return { name: 'a', path: 'apps/a', entries };
}

describe('a first argument of deploy', () => {
  it('is an image when it has a slash, a colon or an at', () => {
    expect(['acme/a', 'a:v1', 'a@sha256:0'].map(isImage)).to.deep.equal([true, true, true]);
    expect(isImage('acme-inc')).to.equal(false);
  });

  it('names the app by the last part of its repository', () => {
    expect(appOfImage('registry.example.com:5000/remind101/acme-inc:v1', ['acme-inc'])).to.equal('acme-inc');
    expect(appOfImage('remind101/acme-inc@sha256:00', ['acme-inc'])).to.equal('acme-inc');
    expect(() => appOfImage('remind101/other:v1', ['acme-inc', 'hello'])).to.throw(
      Failure,
      'which app is `remind101/other:v1` for?',
    );
  });
});

describe('deploying an image', () => {
  const edit = (image: string, files: Record<string, string>, environment = 'default') => {
    const change = deployChange({ kind: 'given', value: image }, environment, {} as ReleaseFlags);
    return change.edit({} as Folder, directory(files));
  };

  it('writes the image file and keeps its comment', () => {
    expect(edit('acme/a:v2', { image: '# ours\nacme/a:v1\n' })).to.deep.equal([{ name: 'image', text: '# ours\nacme/a:v2\n' }]);
  });

  it('writes the file of the environment, which the others do not read', () => {
    expect(edit('acme/a:v2', { image: 'acme/a:v1\n' }, 'production')).to.deep.equal([
      { name: 'image.production', text: 'acme/a:v2\n' },
    ]);
  });

  it('keeps the credentials of the same registry, and takes none to another', () => {
    const files = { image: 'ghcr.io/acme/a:v1 credentials=secretsmanager:ghcr\n' };
    expect(edit('ghcr.io/acme/a:v2', files)[0]?.text).to.equal('ghcr.io/acme/a:v2 credentials=secretsmanager:ghcr\n');
    expect(edit('quay.io/acme/a:v2', files)[0]?.text).to.equal('quay.io/acme/a:v2\n');
  });

  it('refuses what is no reference', () => {
    expect(() => edit('Acme/A:v2', { image: 'acme/a:v1\n' })).to.throw(Failure, 'is not the name of a repository');
  });
});

describe('edits of an app directory', () => {
  it('are in the folder and not on the disk', () => {
    const folder: Folder = {
      appsPath: 'apps',
      apps: [directory({ image: 'a:v1\n', scale: 'web=1\n' })],
      strays: [],
      platforms: [],
      ledger: { kind: 'none' },
    };
    const after = applyEdits(folder, 'a', [
      { name: 'scale', text: 'web=2\n' },
      { name: 'env', text: 'A=1\n' },
    ]);
    const [app] = after.apps as [AppDirectory];
    expect(app.entries.map(({ name }) => name)).to.deep.equal(['env', 'image', 'scale']);
    expect([textOf(app, 'scale'), textOf(app, 'image'), textOf(app, 'nothing')]).to.deep.equal(['web=2\n', 'a:v1\n', '']);
  });
});

describe('flags of a release', () => {
  it('say a time with its unit', () => {
    expect(['90s', '20m', '1h', undefined].map(parseTimeout)).to.deep.equal([90, 1200, 3600, 1200]);
    for (const wrong of ['20', '0m', '1d', '']) expect(() => parseTimeout(wrong), wrong).to.throw(Failure, 'is not a time');
  });
});

describe('the CI run of a release', () => {
  it('is the address that the service says', () => {
    const github = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'a/b', GITHUB_RUN_ID: '7' };
    expect(runOf(github)).to.deep.equal({ kind: 'given', value: 'https://github.com/a/b/actions/runs/7' });
    expect(runOf({ BUILD_URL: 'https://ci/1' })).to.deep.equal({ kind: 'given', value: 'https://ci/1' });
    expect(runOf({})).to.deep.equal({ kind: 'none' });
  });
});
