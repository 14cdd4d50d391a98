import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { expect } from 'chai';
import { PlatformStack } from '../../constructs/index.js';
import { Failure, readGround } from '../../lib/index.js';
import { platformGoldens } from '../support/platform-golden.js';

describe('the platform as a CDK stack', () => {
  for (const { name, environment, compiled, ground, text } of platformGoldens()) {
    it(`gives the bytes of \`empire platform synth --json\` for ${name} in ${environment}`, () => {
      const outdir = mkdtempSync(join(tmpdir(), 'empire-platform-'));
      try {
        const app = new App({ outdir, analyticsReporting: false, treeMetadata: false, builtinCloudFormationValidation: false });
        new PlatformStack(app, undefined, { ground, origins: compiled.origins });
        app.synth();
        const written = readFileSync(join(outdir, `${compiled.template.stackName}.template.json`), 'utf8');
        expect(written).to.equal(text);
      } finally {
        rmSync(outdir, { recursive: true });
      }
    });
  }

  it('gives its resources to those who add to it, and names them when one is not there', () => {
    const stack = new PlatformStack(new App({ analyticsReporting: false }), 'ours', { ground: readGround('apps/hello') });
    expect(stack.resource('Vpc').cfnResourceType).to.equal('AWS::EC2::VPC');
    expect(() => stack.resource('Vcp'))
      .to.throw(Failure, 'the platform makes no `Vcp`')
      .with.property('hint')
      .that.includes('Vpc');
  });
});
