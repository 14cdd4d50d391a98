import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App as CdkApp,
  CfnDeletionPolicy,
  CfnOutput,
  CfnParameter,
  CfnResource,
  DefaultStackSynthesizer,
  type IStackSynthesizer,
  Stack,
  Token,
} from 'aws-cdk-lib/core';
import { expect } from 'chai';
import { Construct } from 'constructs';
import { formatTemplate } from '../../lib/compile/format-template.js';
import { compileApp } from '../../lib/compile/index.js';
import type { App } from '../../lib/model/app.js';
import type { Template } from '../../lib/model/template.js';
import { app, cron, given, LARGE, PLATFORM, service, web } from '../support/model-apps.js';

/** The same template through CDK's own Stack, as text. */
function throughCdk(template: Template): string {
  process.env['CDK_VALIDATION'] = 'false';
  const outdir = mkdtempSync(join(tmpdir(), 'empire-cdk-'));
  const root = new CdkApp({ outdir, analyticsReporting: false });
  const stack = new Stack(root, template.stackName, {
    description: template.description,
    analyticsReporting: false,
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
  });
  stack.templateOptions.templateFormatVersion = '2010-09-09';
  for (const { id, ...rest } of template.parameters) new CfnParameter(stack, id, rest);
  const made = new Map(
    template.resources.map(({ id, type, properties, removal }) => {
      const resource = new CfnResource(stack, id, { type, properties });
      if (removal === 'retain') {
        resource.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
        resource.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
      }
      return [id, resource];
    }),
  );
  for (const { id, dependsOn } of template.resources) {
    for (const other of dependsOn) made.get(id)?.addResourceDependency(made.get(other) as CfnResource);
  }
  const outputs = new Construct(stack, 'Outputs');
  for (const { id, value, description } of template.outputs) {
    new CfnOutput(outputs, id, { value: Token.asString(value), description }).overrideLogicalId(id);
  }
  root.synth();
  const text = readFileSync(join(outdir, `${template.stackName}.template.json`), 'utf8');
  rmSync(outdir, { recursive: true });
  return text;
}

function compiled(model: App): Template {
  const result = compileApp({ app: model, platform: PLATFORM, ledger: [], origins: new Map() });
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
  return result.template;
}

describe('the bytes of a template', function () {
  this.timeout(20_000);
  const cases: [string, App][] = [
    ['an app with most of what there is', LARGE],
    ['one web process', app([web()])],
    ['no process at all', app([])],
    ['an app in maintenance', { ...LARGE, maintenance: given('Back soon') }],
    ['a cron process and a worker', app([cron('nightly'), service('worker')])],
    [
      'raw properties with empty lists, empty objects and nulls inside',
      app([
        service('worker', {
          raw: {
            task: { Volumes: [] },
            service: { VolumeConfigurations: [{}], Role: null, Monitoring: { A: null, B: [null, 1] } },
            targetGroup: {},
          },
        }),
      ]),
    ],
  ];
  for (const [name, model] of cases) {
    it(`are those that CDK writes: ${name}`, () => {
      const template = compiled(model);
      expect(formatTemplate(template)).to.equal(throughCdk(template));
    });
  }

  it('sort dependencies as CDK does, and keep each once', () => {
    const base = compiled(app([]));
    const [first] = base.resources;
    if (first === undefined) throw new Error('an app has a log group');
    const ids = ['WebbService', 'WebService', 'Web2', 'Web10', 'AppX'];
    const others = ids.map((id) => ({ ...first, id, removal: 'delete' as const }));
    const template = { ...base, resources: [{ ...first, dependsOn: [...ids, 'AppX'] }, ...others] };
    expect(formatTemplate(template)).to.equal(throughCdk(template));
  });
});
