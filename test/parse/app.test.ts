import { expect } from 'chai';
import type { App } from '../../lib/model/app.js';
import { isAppName } from '../../lib/parse/app-name.js';
import { type Asked, type Files, parseFiles, refusals, removeRoots } from '../support/root.js';

const image = 'remind101/acme-inc:v1\n';

const parsed = (files: Files, asked?: Asked) => parseFiles(prefixed({ image, ...files }), asked);

function prefixed(files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name.startsWith('platform') ? name : `apps/demo/${name}`, content]),
  );
}

function appOf(files: Files, asked?: Asked): App {
  const result = parsed(files, asked);
  const app = result.apps[0]?.app;
  if (app?.kind !== 'given') throw new Error(`refused: ${refusals(result).join(', ')}`);
  return app.value;
}

describe('an app', () => {
  after(removeRoots);

  it('needs no file but its image: then `web` runs the image’s own command', () => {
    const app = appOf({});
    expect([app.name, app.environment, app.image.repository]).to.deep.equal(['demo', 'default', 'remind101/acme-inc']);
    expect(app.processes.map(({ name, kind }) => `${name} ${kind}`)).to.deep.equal(['web service']);
    expect([app.variables, app.secrets, app.policy, app.maintenance]).to.deep.equal([[], [], { kind: 'none' }, { kind: 'none' }]);
  });

  it('has no origins in a Procfile that does not exist', () => {
    const origins = parsed({}).apps[0]?.origins;
    const files = [...(origins?.values() ?? [])].map((origin) => (origin.kind === 'written' ? origin.file : 'default'));
    expect(new Set(files)).to.deep.equal(new Set(['apps/demo/image', 'default']));
  });

  it('keeps names of JavaScript as ordinary names', () => {
    const app = appOf({ env: '__proto__=1\nconstructor=2\n' });
    expect(app.variables).to.deep.equal([
      { name: '__proto__', value: '1' },
      { name: 'constructor', value: '2' },
    ]);
  });

  it('refuses files it does not know, with the nearest name', () => {
    const result = parsed({
      procfile: 'web: x\n',
      scales: 'web=1\n',
      'envs.production': 'A=1\n',
      notes: '',
      'platform.production': '',
    });
    expect(
      result.problems.filter(({ severity }) => severity === 'error').map(({ place, hint }) => `${place.file}: ${hint}`),
    ).to.deep.equal([
      'apps/demo/envs.production: did you mean `env.production`?',
      'apps/demo/notes: remove it, or keep it outside the apps folder',
      'apps/demo/procfile: did you mean `Procfile`?',
      'apps/demo/scales: did you mean `scale`?',
    ]);
  });

  it('ignores README files and names that start with a dot', () => {
    expect(refusals(parsed({ 'README.md': '', README: '', '.gitignore': '', '.env': '' }))).to.deep.equal([]);
  });

  it('says nothing about process names when the Procfile is refused', () => {
    const codes = refusals(parsed({ Procfile: 'web: [a\n  b: c\nworker: x\n', scale: 'worker=2\n', env: 'A\n' }));
    expect(codes.filter((line) => line.includes('scale'))).to.deep.equal([]);
    expect(codes.filter((line) => line.includes('env'))).to.deep.equal(['dotenv-bare-name apps/demo/env:1:1']);
    expect(codes.some((line) => line.includes('Procfile'))).to.equal(true);
  });

  it('may set PORT to what the exposed processes listen on, and to anything when none is exposed', () => {
    expect(refusals(parsed({ env: 'PORT=8080\n' }))).to.deep.equal([]);
    expect(refusals(parsed({ env: 'PORT=3000\n', Procfile: 'worker: x\n' }))).to.deep.equal([]);
    expect(refusals(parsed({ env: 'PORT=3000\n' }))).to.deep.equal(['port-conflict apps/demo/env:1:1']);
    expect(refusals(parsed({ secrets: 'PORT=ssm:/port\n' }))).to.deep.equal(['port-conflict apps/demo/secrets:1:1']);
    expect(refusals(parsed({ env: 'PORT=3000\n', Procfile: 'web:\n  command: x\n  ports: ["80:3000"]\n' }))).to.deep.equal([]);
  });

  it('is named so that the name fits DNS and stacks', () => {
    expect(['abc', 'a-1', 'acme-inc', 'a'.repeat(30)].every(isAppName)).to.equal(true);
    const bad = ['', 'ab', 'a'.repeat(31), 'Abc', '1ab', '-ab', 'ab-', 'a--b', 'a_b', 'a.b', 'platform', 'ünï', 'abc\n'];
    expect(bad.filter(isAppName)).to.deep.equal([]);
  });
});
