import { join } from 'node:path';
import { type AssemblyFile, cloudAssembly } from '../lib/compile/cloud-assembly.js';
import { Failure } from '../lib/failure.js';
import { formatLedger } from '../lib/parse/ledger.js';
import { allotParsed, compileParsed, compilePlatform, hasErrors, readParsed } from '../lib/pipeline.js';
import { renderFailure } from '../lib/view/failure.js';
import { renderProblems } from '../lib/view/problem.js';
import { cdkContext, cdkOutput } from '../lib/windows/cdk-cli.js';
import { findRepository } from '../lib/windows/working-directory.js';
import { writeWhenChanged } from '../lib/windows/written-files.js';

/**
 * What `cdk.json` names: the platform and every app of the folder, a stack each, for the CDK CLI. `-c environment=production` selects.
 *
 * It loads no CDK. Who adds constructs of their own writes a CDK app with `AppStack`, which makes the same templates.
 */
export function open(): void {
  try {
    const files = compileFolder();
    if (files === undefined) process.exitCode = 1;
    else writeAll(files);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(renderFailure(error));
    process.exitCode = 1;
  }
}

/** Undefined: something is wrong, and was said. */
function compileFolder(): Iterable<AssemblyFile> | undefined {
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
  const apps = compiled.map(({ template }) => template);
  return cloudAssembly(platform.value.template, apps);
}

function chooseEnvironment(): string {
  const asked = cdkContext('environment');
  return asked.kind === 'given' ? asked.value : process.env['EMPIRE_ENVIRONMENT'] || 'default';
}

function writeAll(files: Iterable<AssemblyFile>): void {
  const folder = cdkOutput();
  for (const { name, text } of files) writeWhenChanged(join(folder, name), text);
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
