import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { Failure } from '../../lib/failure.js';
import type { Entry, Folder } from '../../lib/model/folder.js';
import { readFolder } from '../../lib/windows/disk.js';
import { openGit } from '../../lib/windows/git.js';

describe('git', () => {
  const git = openGit();
  let root: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'empire-git-')));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const run = (...parameters: string[]): string =>
    execFileSync('git', parameters, {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    }).trim();
  const write = (path: string, text: string | Buffer): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const commit = (): string => {
    run('add', '-A');
    run('-c', 'user.name=jo', '-c', 'user.email=jo@example.com', 'commit', '-q', '--allow-empty', '-m', 'x');
    return run('rev-parse', 'HEAD');
  };
  const init = (): void => void run('init', '-q', '-b', 'main');

  describe('the commit', () => {
    it('is none without a repository and before the first commit', () => {
      expect(git.head(root, 'apps/hello')).to.deep.equal({ kind: 'none' });
      init();
      expect(git.head(root, 'apps/hello')).to.deep.equal({ kind: 'none' });
    });

    it('is named with its branch; only what lies under the path makes it dirty', () => {
      init();
      write('apps/hello/image', 'nginx:1\n');
      const sha = commit();
      const branch = { kind: 'given', value: 'main' };
      const clean = { kind: 'given', value: { commit: sha, dirty: false, branch } };
      expect(git.head(root, 'apps/hello')).to.deep.equal(clean);
      write('apps/other/image', 'nginx:1\n');
      expect(git.head(root, 'apps/hello')).to.deep.equal(clean);
      write('apps/hello/env', 'A=1\n');
      expect(git.head(root, 'apps/hello')).to.have.nested.property('value.dirty', true);
      commit();
      write('apps/hello/image', 'nginx:2\n');
      expect(git.head(root, 'apps/hello')).to.have.nested.property('value.dirty', true);
    });

    it('has no branch when none is checked out', () => {
      init();
      run('checkout', '-q', '--detach', commit());
      expect(git.head(root, '.')).to.have.deep.nested.property('value.branch', { kind: 'none' });
    });

    it('is found from a root below the top of the repository', () => {
      init();
      write('infra/apps/hello/image', 'nginx:1\n');
      commit();
      expect(git.head(join(root, 'infra'), 'apps/hello')).to.have.nested.property('value.dirty', false);
      write('infra/apps/hello/image', 'nginx:2\n');
      expect(git.head(join(root, 'infra'), 'apps/hello')).to.have.nested.property('value.dirty', true);
      expect(git.head(join(root, 'infra'), '.')).to.have.nested.property('value.dirty', true);
    });
  });

  describe('what changed', () => {
    it('names edited, deleted, staged and untracked files, relative to the root, and not ignored ones', () => {
      init();
      for (const name of ['edited', 'deleted', 'staged', 'same', 'ümlaut']) write(`infra/apps/a/${name}`, 'x\n');
      write('elsewhere', 'x\n');
      write('infra/.gitignore', 'ignored\n');
      commit();
      for (const name of ['edited', 'staged', 'ümlaut', 'un tracked', 'ignored']) write(`infra/apps/a/${name}`, 'y\n');
      write('elsewhere', 'y\n');
      unlinkSync(join(root, 'infra/apps/a/deleted'));
      run('add', 'infra/apps/a/staged');
      const names = ['deleted', 'edited', 'staged', 'un tracked', 'ümlaut'];
      expect(git.changedSince(join(root, 'infra'), 'HEAD')).to.deep.equal(names.map((name) => `apps/a/${name}`));
    });

    it('sees both names of a renamed file', () => {
      init();
      write('apps/a/image', 'nginx:1\n');
      const first = commit();
      run('mv', 'apps/a', 'apps/b');
      commit();
      expect(git.changedSince(root, first)).to.deep.equal(['apps/a/image', 'apps/b/image']);
    });

    for (const ref of ['no-such', '--output=stolen', '-h', '']) {
      it(`refuses the ref \`${ref}\``, () => {
        init();
        commit();
        expect(() => git.changedSince(root, ref)).to.throw(Failure, `there is no commit \`${ref}\``);
      });
    }

    it('refuses a folder that is no repository, in words', () => {
      try {
        git.changedSince(root, 'HEAD');
        expect.fail('it was taken');
      } catch (error) {
        expect(error).to.be.instanceOf(Failure).and.include({ code: 'git-failed', where: 'git' });
        expect((error as Failure).what).to.contain('not a git repository');
      }
    });
  });

  describe('a folder at a commit', () => {
    /** Bytes as text, so that both readings can be compared. */
    const plain = (folder: Folder) => {
      const entry = ({ name, path, content }: Entry) => ({
        name,
        path,
        content: content.kind === 'bytes' ? Buffer.from(content.bytes).toString('latin1') : content,
      });
      return {
        appsPath: folder.appsPath,
        apps: folder.apps.map((app) => ({ name: app.name, path: app.path, entries: app.entries.map(entry) })),
        strays: folder.strays.map(entry),
        platforms: folder.platforms.map(entry),
        ledger: folder.ledger.kind === 'given' ? entry(folder.ledger.value) : 'none',
      };
    };
    const asOnDisk = (at: string, appsPath = 'apps'): void => {
      const disk = plain(readFolder(at, { appsPath, only: { kind: 'none' } }));
      expect(plain(git.folderAt(at, 'HEAD', appsPath))).to.deep.equal(disk);
    };

    it('is what the disk would say of its checkout', () => {
      init();
      write('platform', 'REGION=us-east-1\n');
      write('platform.production', 'REGION=eu-west-1\n');
      write('apps/ingress.lock', 'x\n');
      write('apps/stray', 'x\n');
      write('apps/.hidden/image', 'x\n');
      for (const file of ['image', 'Procfile', 'env', 'env.production', 'README.md', '.gitignore', 'no\nnewline', 'ümlaut'])
        write(`apps/acme-inc/${file}`, `${file}\n`);
      write('apps/acme-inc/empty', '');
      write('apps/acme-inc/binary', Buffer.from([0, 10, 255, 10, 0]));
      write('apps/acme-inc/folder/inside', 'x\n');
      write('apps/B/image', 'x\n');
      write('apps/a/image', 'x\n');
      commit();
      asOnDisk(root);
      expect(git.folderAt(root, 'HEAD', 'apps').apps.map(({ name }) => name)).to.deep.equal(['B', 'a', 'acme-inc']);
    });

    it('follows links inside the apps folder and nowhere else, as the disk does', () => {
      init();
      write('apps/shared/env', 'A=1\n');
      write('secret', 'hush\n');
      write('apps/a/image', 'x\n');
      const links = {
        'apps/a/inside': '../shared/env',
        'apps/a/around': '../../apps/shared/env',
        'apps/a/out': '../../secret',
        'apps/a/absolute': '/etc/passwd',
        'apps/a/nowhere': 'nothing',
        'apps/a/circle': 'circle',
        'apps/a/through': '../linked/env',
        'apps/a/below-a-file': 'image/x',
        'apps/a/directory': '../shared',
        'apps/linked': 'shared',
        'apps/far': '../../../../..',
        platform: 'secret',
      };
      for (const [path, target] of Object.entries(links)) symlinkSync(target, join(root, path));
      commit();
      asOnDisk(root);
      const [a] = git.folderAt(root, 'HEAD', 'apps').apps;
      expect(a?.entries.find(({ name }) => name === 'out')?.content).to.deep.equal({ kind: 'outside' });
    });

    it('does not read more than 1 MiB', () => {
      init();
      write('apps/a/env', Buffer.alloc(1024 * 1024 + 1, 65));
      write('apps/a/image', Buffer.alloc(1024 * 1024, 65));
      commit();
      const [app] = git.folderAt(root, 'HEAD', 'apps').apps;
      expect(app?.entries.map(({ content }) => content.kind)).to.deep.equal(['too-large', 'bytes']);
      expect(app?.entries[0]?.content).to.deep.equal({ kind: 'too-large', bytes: 1024 * 1024 + 1 });
    });

    it('is the past, not the working tree, also below the top of the repository', () => {
      init();
      write('infra/apps/a/image', 'old\n');
      write('apps/not-ours/image', 'x\n');
      const first = commit();
      asOnDisk(join(root, 'infra'));
      write('infra/apps/a/image', 'new\n');
      write('infra/apps/b/image', 'new\n');
      commit();
      const folder = plain(git.folderAt(join(root, 'infra'), first, 'apps'));
      expect(folder.apps).to.deep.equal([
        { name: 'a', path: 'apps/a', entries: [{ name: 'image', path: 'apps/a/image', content: 'old\n' }] },
      ]);
    });

    it('says what is missing when apps or the root is younger than the commit', () => {
      init();
      const first = commit();
      write('infra/apps/a/image', 'x\n');
      commit();
      for (const at of [root, join(root, 'infra')]) {
        const folder = git.folderAt(at, first, 'apps');
        expect(folder.apps).to.deep.equal([]);
        expect(folder.strays).to.deep.equal([
          { name: 'apps', path: 'apps', content: { kind: 'unreadable', reason: 'it does not exist' } },
        ]);
      }
    });

    it('takes a submodule for an empty folder', () => {
      init();
      write('apps/a/image', 'x\n');
      const first = commit();
      run('update-index', '--add', '--cacheinfo', `160000,${first},apps/module`);
      run('-c', 'user.name=jo', '-c', 'user.email=jo@example.com', 'commit', '-q', '-m', 'x');
      const { apps } = git.folderAt(root, 'HEAD', 'apps');
      expect(apps.map(({ name, entries }) => [name, entries.length])).to.deep.equal([
        ['a', 1],
        ['module', 0],
      ]);
    });

    it('is not led astray by the variables of a git hook', () => {
      init();
      write('apps/a/image', 'x\n');
      commit();
      process.env['GIT_DIR'] = '/nonexistent';
      try {
        expect(git.folderAt(root, 'HEAD', 'apps').apps).to.have.length(1);
      } finally {
        delete process.env['GIT_DIR'];
      }
    });
  });
});
