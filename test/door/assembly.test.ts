import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { expect } from 'chai';
import { AppStack, PlatformStack } from '../../constructs/index.js';
import { allotParsed, compileParsed, readParsed } from '../../lib/pipeline.js';
import { ROOT } from '../support/repository.js';
import { makeRoot, removeRoots } from '../support/root.js';

interface Artifact {
  readonly type: string;
  readonly additionalMetadataFile?: string;
  readonly metadata?: Readonly<Record<string, readonly { readonly type: string }[]>>;
}

type Variables = Readonly<Record<string, string>>;

const BUILT = `require(${JSON.stringify(join(ROOT, 'dist', 'bin', 'empire-cdk.js'))}).open()`;

/** `empire-cdk`, as the CDK CLI starts it. */
function runDoor(cwd: string, variables: Variables, door: readonly string[] = [join(ROOT, 'bin', 'empire-cdk')]) {
  const { EMPIRE_ENVIRONMENT: _, CDK_CONTEXT_JSON: __, ...environment } = process.env;
  return spawnSync(process.execPath, door, { cwd, env: { ...environment, ...variables }, encoding: 'utf8' });
}

/** The stacks of an assembly; the texts of their templates, too. */
function stacksIn(folder: string): Record<string, object> {
  const { artifacts } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, Artifact>;
  };
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  return Object.fromEntries(
    stacks.map(([name, { additionalMetadataFile: file, metadata, ...rest }]) => {
      const beside: Artifact['metadata'] = file === undefined ? {} : JSON.parse(readFileSync(join(folder, file), 'utf8'));
      const template = readFileSync(join(folder, `${name}.template.json`), 'utf8');
      return [name, { ...rest, metadata: pathsIn({ ...metadata, ...beside }), template }];
    }),
  );
}

/** CDK also says which file the template is in, which its CLI reads elsewhere. */
const pathsIn = (metadata: NonNullable<Artifact['metadata']>): object =>
  Object.fromEntries(
    Object.entries(metadata)
      .map(([path, entries]) => [path, entries.filter(({ type }) => type === 'aws:cdk:logicalId')] as const)
      .filter(([, entries]) => entries.length > 0),
  );

/** The same folder through the CDK classes. */
function throughCdk(root: string, environment: string, outdir: string): void {
  const parsed = readParsed({ root, appsPath: 'apps', environment, only: { kind: 'none' } });
  if (parsed.platform.kind === 'none' || parsed.ground.kind === 'none') throw new Error('no platform');
  const { ledger } = allotParsed(parsed, false);
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false, builtinCloudFormationValidation: false });
  const below = new PlatformStack(app, undefined, { ground: parsed.ground.value, origins: parsed.groundOrigins });
  for (const { app: model, origins } of compileParsed(parsed, ledger).compiled) {
    const stack = new AppStack(app, undefined, { app: model, platform: parsed.platform.value, origins, ledger });
    stack.addStackDependency(below);
  }
  app.synth();
}

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

  for (const environment of ['default', 'production']) {
    it(`is what the CDK classes give it, for every sample in ${environment}`, () => {
      const [ours, theirs] = [join(directory, 'ours'), join(directory, 'theirs')];
      const { status } = runDoor(ROOT, { CDK_OUTDIR: ours, CDK_CONTEXT_JSON: JSON.stringify({ environment }) });
      expect(status).to.equal(0);
      throughCdk(ROOT, environment, theirs);
      expect(Object.keys(stacksIn(ours))).to.have.lengthOf(5);
      expect(stacksIn(ours)).to.deep.equal(stacksIn(theirs));
    }).timeout(20_000);
  }

  it('is the same by the built files as by the bundle', () => {
    const [bundled, built] = [join(directory, 'bundled'), join(directory, 'built')];
    expect(runDoor(ROOT, { CDK_OUTDIR: bundled }).status).to.equal(0);
    expect(runDoor(ROOT, { CDK_OUTDIR: built }, ['--eval', BUILT]).status).to.equal(0);
    expect(stacksIn(built)).to.deep.equal(stacksIn(bundled));
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
      expect(Object.keys(stacksIn(out))).to.deep.equal(['empire-production--platform', 'empire-production--hello']);
    }
    expect(runDoor(root, {}).status).to.equal(0);
    expect(Object.keys(stacksIn(join(root, 'cdk.out')))).to.deep.equal(['empire-platform', 'empire-hello']);
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
