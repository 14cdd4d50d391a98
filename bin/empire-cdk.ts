import { join } from 'node:path';
import { type AssemblyStack, cloudAssembly } from '../lib/compile/cloud-assembly.js';
import { Failure } from '../lib/failure.js';
import { formatLedger } from '../lib/parse/ledger.js';
import { allotParsed, compileParsed, compilePlatform, hasErrors, readParsed } from '../lib/pipeline.js';
import { renderFailure } from '../lib/view/failure.js';
import { renderProblems } from '../lib/view/problem.js';
import { cdkContext, cdkOutput } from '../lib/windows/cdk-cli.js';
import { FileWriter } from '../lib/windows/file-writer.js';
import { findRepository } from '../lib/windows/working-directory.js';

/**
 * What `cdk.json` names: the platform and every app of the folder, a stack each, for the CDK CLI. `-c environment=production` selects.
 *
 * It loads no CDK. Who adds constructs of their own writes a CDK app with `AppStack`, which makes the same templates.
 */
export async function open(): Promise<void> {
  try {
    const stacks = readStacks();
    if (stacks === undefined) process.exitCode = 1;
    else await writeAssembly(stacks);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(renderFailure(error));
    process.exitCode = 1;
  }
}

/** Undefined: something is wrong, and was said. */
function readStacks(): AssemblyStack[] | undefined {
  const repository = findRepository(process.cwd(), { kind: 'none' });
  if (repository.kind === 'none') {
    throw new Failure(
      'apps',
      'there is no `apps` folder here or above',
      'make the first app with `empire init`',
      'apps-folder-missing',
    );
  }
  const parsed = readParsed({ ...repository.value, environment: chooseEnvironment(), only: { kind: 'none' } });
  const { ledger, problems: ledgerProblems } = allotParsed(parsed, false);
  const { compiled, problems: compileProblems } = compileParsed(parsed, ledger);
  const { compiled: platform, problems: platformProblems } = compilePlatform(parsed);
  const problems = [...compileProblems, ...platformProblems, ...ledgerProblems];
  if (formatLedger(ledger) !== formatLedger(parsed.ledger)) throw staleLedger(repository.value.appsPath);
  process.stderr.write(renderProblems(problems));
  if (hasErrors(problems) || platform.kind === 'none') return undefined;
  // Only the order of a deploy: apps read what the platform publishes, so nothing is exported and nothing locked.
  const below = platform.value.template;
  return [{ template: below, after: [] }, ...compiled.map(({ template }) => ({ template, after: [below.stackName] }))];
}

function chooseEnvironment(): string {
  const asked = cdkContext('environment');
  return asked.kind === 'given' ? asked.value : process.env['EMPIRE_ENVIRONMENT'] || 'default';
}

async function writeAssembly(stacks: readonly AssemblyStack[]): Promise<void> {
  const folder = cdkOutput();
  const writer = new FileWriter();
  for (const { name, text } of cloudAssembly(stacks)) writer.write(join(folder, name), text);
  await writer.done();
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
