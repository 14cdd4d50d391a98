import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { stacksIn } from '../support/assembly.js';
import { ROOT } from '../support/repository.js';
import { makeRoot, removeRoots } from '../support/root.js';

type Variables = Readonly<Record<string, string>>;

const BUILT = `require(${JSON.stringify(join(ROOT, 'dist', 'bin', 'empire-cdk.js'))}).open()`;

/** `empire-cdk`, as the CDK CLI starts it. */
function runDoor(cwd: string, variables: Variables, door: readonly string[] = [join(ROOT, 'bin', 'empire-cdk')]) {
  const { EMPIRE_ENVIRONMENT: _, CDK_CONTEXT_JSON: __, ...environment } = process.env;
  return spawnSync(process.execPath, door, { cwd, env: { ...environment, ...variables }, encoding: 'utf8' });
}

const stacksOf = (folder: string) => stacksIn((name) => readFileSync(join(folder, name), 'utf8'));

const HELLO = { 'apps/hello/image': 'example/hello:v1\n', 'apps/hello/Procfile': 'web: serve\n' };
const SHARED = {
  ...HELLO,
  platform: 'LOAD_BALANCERS=shared\n',
  'apps/hello/domains': 'hello.example.com cert=arn:aws:acm:us-east-1:123456789012:certificate/1\n',
};

describe('what `empire-cdk` gives the CDK CLI', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'empire-assembly-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  after(removeRoots);

  it('is the same by the built files as by the bundle', () => {
    const [bundled, built] = [join(directory, 'bundled'), join(directory, 'built')];
    expect(runDoor(ROOT, { CDK_OUTDIR: bundled }).status).to.equal(0);
    expect(runDoor(ROOT, { CDK_OUTDIR: built }, ['--eval', BUILT]).status).to.equal(0);
    expect(Object.keys(stacksOf(bundled))).to.have.lengthOf(5);
    expect(stacksOf(built)).to.deep.equal(stacksOf(bundled));
  });

  it('takes the environment from wherever the CLI puts its context, and from EMPIRE_ENVIRONMENT', () => {
    const root = makeRoot({ ...HELLO, 'platform.production': '' });
    const long = join(directory, 'long.json');
    writeFileSync(long, JSON.stringify({ environment: 'production' }));
    const cases: readonly Variables[] = [
      { CDK_CONTEXT_JSON: JSON.stringify({ environment: 'production', other: { a: 1 } }) },
      { CDK_CONTEXT_JSON: '{"other":1}', CONTEXT_OVERFLOW_LOCATION_ENV: long },
      { CDK_CONTEXT_JSON: '{}', EMPIRE_ENVIRONMENT: 'production' },
    ];
    for (const [index, variables] of cases.entries()) {
      const out = join(directory, `${index}`);
      expect(runDoor(root, { CDK_OUTDIR: out, ...variables })).to.include({ status: 0, stderr: '' });
      expect(Object.keys(stacksOf(out))).to.deep.equal(['empire-production--platform', 'empire-production--hello']);
    }
    expect(runDoor(root, {}).status).to.equal(0);
    expect(Object.keys(stacksOf(join(root, 'cdk.out')))).to.deep.equal(['empire-platform', 'empire-hello']);
  });

  it('is nothing where something is refused, which is said', () => {
    const cases: readonly (readonly [string, string])[] = [
      [makeRoot({}), 'there is no `apps` folder here or above'],
      [makeRoot({ ...HELLO, 'apps/hello/scale': 'nothing=1\n' }), 'apps/hello/scale:1:1'],
      [makeRoot(SHARED), 'run `empire synth` and commit apps/ingress.lock'],
    ];
    for (const [root, said] of cases) {
      const out = join(root, 'out');
      const { status, stderr } = runDoor(root, { CDK_OUTDIR: out });
      expect(stderr).to.contain(said);
      expect(status).to.equal(1);
      expect(readdirSync(root)).to.not.contain('out');
    }
    const root = makeRoot(HELLO);
    mkdirSync(join(root, 'out', 'manifest.json'), { recursive: true });
    const { status, stderr } = runDoor(root, { CDK_OUTDIR: 'out' });
    expect(stderr).to.contain('out/manifest.json: cannot be written');
    expect(status).to.equal(1);
  });
});
