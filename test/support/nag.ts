import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks } from 'cdk-nag';

/** One thing that the AWS Solutions rules do not like: `AwsSolutions-EC23`, on which resource. */
export interface NagFinding {
  readonly rule: string;
  /** Logical id. */
  readonly resource: string;
  readonly text: string;
}

/**
 * What cdk-nag says of a template. The rules look for the typed classes of the CDK library, and our own stacks are made of generic
 * resources, so the template is read back into typed ones first.
 */
export function nag(template: string): NagFinding[] {
  const folder = mkdtempSync(join(tmpdir(), 'empire-nag-'));
  try {
    const templateFile = join(folder, 'template.json');
    writeFileSync(templateFile, template);
    const app = new App({ outdir: join(folder, 'out'), analyticsReporting: false });
    const stack = new Stack(app, 'stack');
    new CfnInclude(stack, 'template', { templateFile });
    const report = new AwsSolutionsChecks(app, { verbose: false }).validateScope(stack);
    return findingsOf(report);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function findingsOf(report: ReturnType<AwsSolutionsChecks['validateScope']>): NagFinding[] {
  return report.violations.flatMap(({ ruleName, description, violatingResources }) =>
    violatingResources.map(({ constructPath }) => ({
      rule: ruleName,
      resource: (constructPath ?? '').split('/').at(-1) ?? '',
      text: description,
    })),
  );
}
