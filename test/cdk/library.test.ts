import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { expect } from 'chai';
import { AppStack, ProcessService } from '../../constructs/index.js';
import { ownApp } from '../../examples/own-cdk-app/app.js';
import { Failure, readApp, readPlatform } from '../../lib/index.js';

interface Template {
  readonly Resources: { readonly [id: string]: { readonly Type: string; readonly Properties: Record<string, unknown> } };
}

describe('the library in somebody’s CDK app', () => {
  let outdir: string;
  const validation = process.env['CDK_VALIDATION'];
  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), 'empire-library-'));
    process.env['CDK_VALIDATION'] = 'false';
  });
  afterEach(() => {
    rmSync(outdir, { recursive: true });
    if (validation === undefined) delete process.env['CDK_VALIDATION'];
    else process.env['CDK_VALIDATION'] = validation;
  });

  it('lets the tasks of an app read a bucket', () => {
    const { Resources } = ownApp(outdir).synth().getStackByName('empire-acme-inc').template as Template;
    const added = Object.values(Resources).filter(({ Properties }) => JSON.stringify(Properties).includes('s3:GetObject*'));
    expect(added.map(({ Type, Properties }) => [Type, Properties['Roles']])).to.deep.equal([
      ['AWS::IAM::Policy', [{ Ref: 'TaskRole' }]],
    ]);
  }).timeout(20_000);

  it('puts one process into a stack of ours, with an alarm on its target group', () => {
    const { Resources } = ownApp(outdir).synth().getStackByName('hello-beside-ours').template as Template;
    const types = Object.values(Resources).map(({ Type }) => Type);
    expect(types).to.include.members(['AWS::ECS::Service', 'AWS::IAM::Role', 'AWS::CloudWatch::Alarm']);
  }).timeout(20_000);

  it('adds nothing with handles that are only looked at', () => {
    const bytes = (looked: boolean) => {
      const app = new App({ outdir: join(outdir, String(looked)), analyticsReporting: false });
      const stack = new AppStack(app, 'hello', { app: readApp('apps/hello'), platform: readPlatform('apps/hello') });
      const web = stack.process('web');
      if (looked) expect([web.taskRole, web.securityGroup, web.service, web.targetGroup]).to.not.include(undefined);
      return JSON.stringify(app.synth().getStackByName('empire-hello').template);
    };
    expect(bytes(true)).to.equal(bytes(false));
  }).timeout(20_000);

  it('gives the same handle twice', () => {
    const stack = new AppStack(new App({ outdir }), 'hello', {
      app: readApp('apps/hello'),
      platform: readPlatform('apps/hello'),
    });
    expect(stack.process('web').taskRole).to.equal(stack.process('web').taskRole);
  });

  it('refuses a process that the app does not have, with those it has', () => {
    const stack = new Stack(new App({ outdir }), 'ours');
    const make = () =>
      new ProcessService(stack, 'W', { app: readApp('apps/hello'), platform: readPlatform('apps/hello'), process: 'wrker' });
    expect(make).to.throw(Failure, 'there is no process `wrker`');
  });

  it('refuses handles that a process does not have', () => {
    const stack = new AppStack(new App({ outdir }), 'acme', {
      app: readApp('apps/acme-inc'),
      platform: readPlatform('apps/acme-inc'),
    });
    expect(() => stack.process('worker').targetGroup).to.throw(Failure, 'this process has no http target group');
    expect(() => stack.process('wrker').service).to.throw(Failure, 'there is no resource `WrkerService`');
  });

  it('refuses a value that CDK would take for its own token', () => {
    const app = readApp('apps/hello');
    const tricky = { ...app, variables: [{ name: 'A', value: '$' + '{Token[A.1]}' }] };
    const make = () => new AppStack(new App({ outdir }), 'hello', { app: tricky, platform: readPlatform('apps/hello') });
    expect(make).to.throw(Failure, 'has a meaning of its own in CDK');
  });

  it('refuses an app with errors, with every one of them', () => {
    expect(() => readApp('test/commands/folders/broken/apps/bad')).to.throw(Failure, /bad\/env:2:1[\s\S]*bad\/scale:2:1/);
  });

  it('refuses an environment that does not exist', () => {
    expect(() => readApp('test/commands/folders/two-apps/apps/hello', { environment: 'produktion' }))
      .to.throw(Failure)
      .with.property('hint', 'did you mean `production`?');
  });
});
