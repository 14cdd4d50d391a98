import { App } from 'aws-cdk-lib/core';
import { AppStack } from '../constructs/app-stack/index.js';
import { PlatformStack } from '../constructs/platform-stack/index.js';
import { Failure } from '../lib/failure.js';
import { formatLedger } from '../lib/parse/ledger.js';
import { allotParsed, compileParsed, compilePlatform, hasErrors, readParsed } from '../lib/pipeline.js';
import { renderFailure } from '../lib/view/failure.js';
import { renderProblems } from '../lib/view/problem.js';
import { findRepository } from '../lib/windows/working-directory.js';

/** The CDK app that `cdk.json` names: the platform and every app of the folder, a stack each. `-c environment=production` selects. */
export function open(): void {
  try {
    const app = new App({
      analyticsReporting: false,
      treeMetadata: false,
      builtinCloudFormationValidation: false,
      context: { 'aws:cdk:disable-creation-stack-traces': true },
    });
    process.exitCode = addStacks(app);
    if (process.exitCode === 0) app.synth();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(renderFailure(error));
    process.exitCode = 1;
  }
}

function addStacks(app: App): number {
  const repository = findRepository(process.cwd(), { kind: 'none' });
  if (repository.kind === 'none') {
    throw new Failure(
      'apps',
      'there is no `apps` folder here or above',
      'make the first app with `empire init`',
      'apps-folder-missing',
    );
  }
  const environment: string = app.node.tryGetContext('environment') || process.env['EMPIRE_ENVIRONMENT'] || 'default';
  const parsed = readParsed({ ...repository.value, environment, only: { kind: 'none' } });
  const { ledger, problems: ledgerProblems } = allotParsed(parsed, false);
  const { compiled, problems: compileProblems } = compileParsed(parsed, ledger);
  const { compiled: platform, problems: platformProblems } = compilePlatform(parsed);
  const problems = [...compileProblems, ...platformProblems, ...ledgerProblems];
  if (formatLedger(ledger) !== formatLedger(parsed.ledger)) throw staleLedger(repository.value.appsPath);
  process.stderr.write(renderProblems(problems));
  if (hasErrors(problems) || parsed.platform.kind === 'none' || platform.kind === 'none') return 1;
  const { ground, origins: written } = platform.value;
  const below = new PlatformStack(app, undefined, { ground, origins: written });
  for (const one of compiled) {
    const { app: model, origins } = one;
    const stack = new AppStack(app, undefined, { app: model, platform: parsed.platform.value, origins, ledger });
    // Only the order of a deploy: apps read what the platform publishes, so nothing is exported and nothing locked.
    stack.addDependency(below);
  }
  return 0;
}

/** CDK only reads: numbers that are in no commit would be others on the next computer. */
function staleLedger(appsPath: string): Failure {
  const file = `${appsPath}/ingress.lock`;
  return new Failure(
    file,
    'it does not have the listener rules of the apps as they are now',
    `run \`empire synth\` and commit ${file}`,
    'ledger-stale',
  );
}
