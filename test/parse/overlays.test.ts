import { expect } from 'chai';
import type { App } from '../../lib/model/app.js';
import type { Origin } from '../../lib/model/problem.js';
import { type Asked, type Files, parseFiles, refusals, removeRoots } from '../support/root.js';

const STAGING = { environment: 'staging' };

function parsed(files: Files, asked: Asked = STAGING) {
  const inApp = Object.entries(files).map(([name, content]) => [
    name.startsWith('platform') ? name : `apps/demo/${name}`,
    content,
  ]);
  return parseFiles({ 'platform.staging': '', 'platform.production': '', ...Object.fromEntries(inApp) }, asked);
}

function one(files: Files, asked: Asked = STAGING) {
  const result = parsed({ image: 'acme/base:v1\n', ...files }, asked);
  const found = result.apps[0];
  if (found?.app.kind !== 'given') throw new Error(`refused: ${refusals(result).join(', ')}`);
  return { app: found.app.value as App, origins: found.origins };
}

const variables = ({ app }: { app: App }) => Object.fromEntries(app.variables.map(({ name, value }) => [name, value]));

function shown(origin: Origin | undefined): string {
  if (origin === undefined || origin.kind === 'default') return 'default';
  const over = origin.over.map((each) => ` over ${shown(each)}`).join('');
  return `${origin.file.replace('apps/demo/', '')}:${origin.line}${over}`;
}

const refused = (files: Files, asked?: Asked) =>
  refusals(parsed({ image: 'acme/base:v1\n', ...files }, asked)).map((line) => line.replace('apps/demo/', ''));

describe('an overlay', () => {
  after(removeRoots);

  it('wins by name over `env`, adds names, and unsets names', () => {
    const files = { env: 'A=1\nB=2\nC=3\n', 'env.staging': 'unset C\nB=two\nD=4\n', 'env.production': 'A=prod\n' };
    const staging = one(files);
    expect(variables(staging)).to.deep.equal({ A: '1', B: 'two', D: '4' });
    expect(variables(one(files, {}))).to.deep.equal({ A: '1', B: '2', C: '3' });
    expect(variables(one(files, { environment: 'production' }))['A']).to.equal('prod');
    expect(shown(staging.origins.get('/variables/A'))).to.equal('env:1');
    expect(shown(staging.origins.get('/variables/B'))).to.equal('env.staging:2 over env:2');
    expect(shown(staging.origins.get('/variables/D'))).to.equal('env.staging:3');
  });

  it('may be there without a base', () => {
    expect(variables(one({ 'env.staging': 'A=1\n' }))).to.deep.equal({ A: '1' });
    expect(variables(one({ 'env.staging': 'A=1\n' }, {}))).to.deep.equal({});
  });

  it('turns a variable into a secret and back: layers come before kinds', () => {
    const secret = one({ env: 'A=1\n', 'secrets.staging': 'A=ssm:/a\n' });
    expect([variables(secret), secret.app.secrets.map(({ name }) => name)]).to.deep.equal([{}, ['A']]);
    expect(shown(secret.origins.get('/secrets/A'))).to.equal('secrets.staging:1 over env:1');
    const plain = one({ secrets: 'A=ssm:/a\n', 'env.staging': 'A=1\n' });
    expect([variables(plain), plain.app.secrets]).to.deep.equal([{ A: '1' }, []]);
    expect(shown(plain.origins.get('/variables/A'))).to.equal('env.staging:1 over secrets:1');
  });

  it('refuses one name in `env` and `secrets` of one layer, in every layer', () => {
    expect(refused({ 'env.staging': 'A=1\n', 'secrets.staging': 'A=ssm:/a\n' }, {})).to.deep.equal([
      'env-and-secrets secrets.staging:1:1',
    ]);
  });

  it('unsets a secret of the base from either file', () => {
    expect(one({ secrets: 'A=ssm:/a\n', 'env.staging': 'unset A\n' }).app.secrets).to.deep.equal([]);
  });

  it('refuses to unset what the base has not', () => {
    expect(refused({ env: 'A=1\n', 'env.staging': 'unset B\n', 'scale.production': 'unset worker\n' }, {})).to.deep.equal([
      'unset-unknown env.staging:1:1',
      'unset-unknown scale.production:1:1',
    ]);
  });

  it('says nothing about unsetting while the base is refused', () => {
    expect(refused({ env: 'A: 1\n', 'env.staging': 'unset A\n' })).to.deep.equal(['dotenv-colon env:1:1']);
  });

  it('merges count and size of `scale` separately', () => {
    const Procfile = 'web: a\nworker: b\n';
    const files = { Procfile, scale: 'web=2:2X\nworker=3:1X\n', 'scale.staging': 'web=4\nworker=:2X\n' };
    const { app, origins } = one(files);
    const shownProcess = (process: App['processes'][number]) =>
      process.kind === 'service' && process.count.kind === 'fixed'
        ? `${process.name}=${process.count.tasks}:${process.size.asked.cpu}`
        : process.name;
    expect(app.processes.map(shownProcess)).to.deep.equal(['web=4:512', 'worker=3:512']);
    expect(shown(origins.get('/processes/web/count'))).to.equal('scale.staging:1 over scale:1');
    expect(shown(origins.get('/processes/web/size'))).to.equal('scale:1');
    expect(shown(origins.get('/processes/worker/count'))).to.equal('scale:2');
    expect(shown(origins.get('/processes/worker/size'))).to.equal('scale.staging:2 over scale:2');
  });

  it('unsets a process of `scale`, and may switch one off that has a size', () => {
    const files = { Procfile: 'web: a\nworker: b\n', scale: 'web=2:2X\nworker=3\n', 'scale.staging': 'web=off\nunset worker\n' };
    const [web, worker] = one(files).app.processes;
    expect(web?.kind).to.equal('off');
    expect(worker?.kind === 'service' && worker.count).to.deep.equal({ kind: 'fixed', tasks: 0 });
  });

  it('replaces image, Procfile, domains, policy and maintenance whole', () => {
    const { app, origins } = one({
      'image.staging': '# newer\nacme/next:v2\n',
      Procfile: 'web: a\nworker: b\n',
      'Procfile.staging': 'web: c\n',
      domains: 'www.example.com\n',
      'domains.staging': '',
      'maintenance.staging': 'soon\n',
    });
    expect(app.image.repository).to.equal('acme/next');
    expect(shown(origins.get('/image'))).to.equal('image.staging:2 over image:1');
    const [web] = app.processes;
    expect(app.processes).to.have.length(1);
    expect(web?.kind === 'service' && web.command).to.deep.equal({ kind: 'words', words: ['c'] });
    expect(web?.kind === 'service' && web.exposure.kind === 'http' && web.exposure.domains).to.deep.equal([]);
    expect(app.maintenance).to.deep.equal({ kind: 'given', value: 'soon' });
  });

  it('of the image alone makes an app that exists only there', () => {
    const files = { 'apps/demo/image.staging': 'acme/next:v2\n', 'platform.staging': '' };
    const here = parseFiles(files, {});
    expect([here.apps, here.problems]).to.deep.equal([[], []]);
    expect(parseFiles(files, STAGING).apps[0]?.app.kind).to.equal('given');
  });

  it('is parsed at every run, whichever environment is selected', () => {
    const files = {
      'env.staging': 'A\n',
      'Procfile.production': 'nonsense\n',
      'image.production': '::\n',
      'policy.staging': '{',
    };
    for (const environment of ['default', 'staging', 'production']) {
      const places = refused(files, { environment }).map((line) => line.split(' ')[1]?.split(':')[0]);
      expect([...new Set(places)], environment).to.deep.equal([
        'Procfile.production',
        'env.staging',
        'image.production',
        'policy.staging',
      ]);
    }
  });

  it('of an environment that does not exist is refused', () => {
    expect(refused({ 'env.stagin': 'A=1\n', 'env.default': '', 'Procfile.bak': '' })).to.deep.equal([
      'overlay-unknown-environment Procfile.bak',
      'overlay-default env.default',
      'overlay-unknown-environment env.stagin',
    ]);
  });
});
