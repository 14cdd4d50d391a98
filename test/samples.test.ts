import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { compileRoot, environments } from './support/golden.js';
import { processKeyNames } from './support/key-names.js';
import { ROOT } from './support/repository.js';

const SAMPLES = ['acme-inc', 'hello', 'reference', 'router'];

describe('the sample apps', () => {
  it('all compile in every environment', () => {
    expect(environments(ROOT)).to.deep.equal(['default', 'production']);
    for (const environment of environments(ROOT)) {
      const { goldens, problems } = compileRoot(ROOT, environment);
      expect(problems.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
      expect(goldens.map(({ app }) => app)).to.deep.equal(SAMPLES);
    }
  });

  it('hello is four files of one line', () => {
    const folder = join(ROOT, 'apps', 'hello');
    expect(readdirSync(folder).sort()).to.deep.equal(['Procfile', 'env', 'image', 'scale']);
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name), 'utf8').split('\n')).to.have.lengthOf(2);
  });

  it('the reference has every key of a process, each line with a key or a comment', () => {
    const files = ['Procfile', 'Procfile.production'].map((name) => readFileSync(join(ROOT, 'apps', 'reference', name), 'utf8'));
    const procfile = files.join('\n').replace(/\s#.*$/gm, '');
    const missing = processKeyNames().filter((key) => !new RegExp(`(^|[\\s{,])${key}:`, 'm').test(procfile));
    expect(missing).to.deep.equal([]);
  });

  it('acme-inc is public, and larger, only in production', () => {
    const types = (environment: string): string[] => {
      const acme = compileRoot(ROOT, environment).goldens.find(({ app }) => app === 'acme-inc');
      return acme === undefined ? [] : acme.template.resources.map(({ id }) => id);
    };
    expect(types('default')).to.include('InternalLoadBalancer').and.not.include('PublicLoadBalancer');
    expect(types('production')).to.include.members(['InternalLoadBalancer', 'PublicLoadBalancer']);
  });
});
