import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from './support/repository.js';
import { asPattern, stepsOf, Tour } from './support/tour.js';
import { runOnScreen } from './support/transcript.js';

const PAGES = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('the pages say what is there', () => {
  it('README begins with an app shown whole, exactly as it is in apps/acme-inc', () => {
    const shown = [...read('README.md').matchAll(/```(?:\w*) (apps\/\S+)\n([\s\S]*?)```/g)];
    expect(shown.map(([, path]) => path)).to.include.members([
      'apps/hello/image',
      'apps/hello/Procfile',
      'apps/hello/env',
      'apps/hello/scale',
    ]);
    for (const [, path, text] of shown) expect(text, path).to.equal(read(path ?? ''));
  });

  it('README has the two commands', () => {
    expect(read('README.md')).to.include('npm ci && ./bin/empire synth').and.to.include('npm ci && npm test');
  });

  it('README’s tour is what a person sees, word for word', function () {
    this.timeout(120_000);
    const shown = [...read('README.md').matchAll(/```console tour\n([\s\S]*?)```/g)].map(([, text]) => text ?? '').join('');
    const steps = stepsOf(shown);
    expect(steps.length).to.be.greaterThan(10);
    const tour = new Tour();
    try {
      for (const { command, screen } of steps) {
        const seen = tour.type(command);
        expect(seen, `$ ${command}\n${seen}`).to.match(asPattern(screen));
      }
    } finally {
      tour.end();
    }
  });

  it('the picture of the sample apps is what `empire graph --svg` draws of them', async () => {
    const { code, stdout } = await runOnScreen(['graph', '--svg', '--apps', join(ROOT, 'apps')]);
    expect(code).to.equal(0);
    if (process.env['GOLDEN']) writeFileSync(join(ROOT, 'docs/apps.svg'), stdout);
    expect(stdout).to.equal(read('docs/apps.svg'));
  });

  for (const page of PAGES) {
    it(`${page} names only files that exist`, () => {
      const text = read(page);
      const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) => target ?? '');
      const paths = [...text.matchAll(/`((?:apps|bin|lib|constructs|schema|test|bench|scripts|\.ci)\/[\w./-]*)`/g)].map(
        ([, path]) => path ?? '',
      );
      const missing = [...links.filter((link) => !link.includes('://')), ...paths].filter(
        (path) => !existsSync(join(ROOT, dirname(page), path)),
      );
      expect(missing).to.deep.equal([]);
    });
  }

  it('names only commands that exist', () => {
    for (const page of PAGES) {
      const commands = [...read(page).matchAll(/\bempire ([a-z]+)\b/g)].map(([, name]) => name ?? '');
      const missing = commands.filter(
        (name) => !['.ts', ''].some((end) => existsSync(join(ROOT, 'lib', 'commands', `${name}${end}`))),
      );
      expect(missing, page).to.deep.equal([]);
    }
  });
});
