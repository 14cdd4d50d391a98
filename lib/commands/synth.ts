import { join } from 'node:path';
import { Args, Flags } from '@oclif/core';
import { formatSourceMap, formatTemplate } from '../compile/format-template.js';
import type { Problem } from '../model/problem.js';
import { formatLedger } from '../parse/ledger.js';
import { allotParsed, type CompiledApp, type CompiledFolder, compileParsed, hasErrors, readParsed } from '../pipeline.js';
import { problemsAsError } from '../view/error-json.js';
import { renderProblems } from '../view/problem.js';
import { renderSynthSummary, type SynthesizedApp, synthSummaryJson } from '../view/synth-summary.js';
import { renderTemplateYaml } from '../view/template-yaml.js';
import type { Repository } from '../windows/working-directory.js';
import { writeWhenChanged } from '../windows/written-files.js';
import { chooseApps, chooseEnvironment, chooseRepository } from './session/choose.js';
import { EmpireCommand } from './session/command.js';

/** `empire synth`: app directories → CloudFormation templates. No network, no credentials. */
export default class Synth extends EmpireCommand {
  static override summary = 'Compile apps to CloudFormation templates.';
  static override description =
    'One app: its template on stdout, as YAML, or with --json exactly the bytes that are deployed. Several or all: a line each. No network, no credentials. A synth of the whole folder also keeps apps/ingress.lock.';
  static override examples = [
    '<%= config.bin %> synth hello',
    '<%= config.bin %> synth',
    '<%= config.bin %> synth -o templates -e production',
  ];
  static override args = { app: Args.string({ description: 'the apps; all of them when none is named' }) };
  static override strict = false;
  static override flags = {
    output: Flags.string({ char: 'o', summary: 'write <stack>.template.json and <stack>.map.json there', helpValue: '<dir>' }),
    'compact-ingress': Flags.boolean({ summary: 'free the listener-rule numbers in apps/ingress.lock that nothing uses' }),
  };

  async run(): Promise<number> {
    const { argv, flags } = await this.parse(Synth);
    const repository = chooseRepository(flags);
    const environment = chooseEnvironment(flags);
    const only = chooseApps(argv as string[], flags, repository);
    const parsed = readParsed({ ...repository, environment, only });
    const whole = only.kind === 'none';
    const allotted = whole ? allotParsed(parsed, flags['compact-ingress']) : { ledger: parsed.ledger, problems: [] };
    const { compiled, problems } = withLedger(compileParsed(parsed, allotted.ledger), allotted.problems);
    const ledgerProblems =
      whole && !hasErrors(problems) ? keepLedger(repository, formatLedger(parsed.ledger), formatLedger(allotted.ledger)) : [];
    const all = [...problems, ...ledgerProblems];
    const apps = compiled.map(synthesized);
    if (flags.output !== undefined)
      for (const [index, one] of compiled.entries()) writeApp(flags.output, one, apps[index] as SynthesizedApp);
    const single = only.kind === 'given' && only.value.length === 1 && flags.output === undefined;
    return this.show(apps, all, { json: flags.json, single });
  }

  private show(apps: readonly SynthesizedApp[], problems: readonly Problem[], how: { json: boolean; single: boolean }): number {
    const refused = hasErrors(problems);
    if (how.json && refused) this.printJson({ ...problemsAsError(problems), ...synthSummaryJson(apps) });
    else this.say(renderProblems(problems));
    const [first] = apps;
    if (how.single && first !== undefined && !refused) this.print(how.json ? first.json : renderTemplateYaml(first.json));
    else if (!how.single && !how.json) this.print(renderSynthSummary(apps));
    else if (!how.single && !refused) this.printJson(synthSummaryJson(apps));
    return refused ? 1 : 0;
  }
}

function withLedger(folder: CompiledFolder, problems: readonly Problem[]): CompiledFolder {
  return { compiled: folder.compiled, problems: [...folder.problems, ...problems] };
}

function synthesized({ app, template }: CompiledApp): SynthesizedApp {
  return { app: app.name, environment: app.environment, template, json: formatTemplate(template) };
}

function writeApp(directory: string, { template, sourceMap }: CompiledApp, { json }: SynthesizedApp): void {
  writeWhenChanged(join(directory, `${template.stackName}.template.json`), json);
  writeWhenChanged(join(directory, `${template.stackName}.map.json`), formatSourceMap(sourceMap));
}

/** Writes `apps/ingress.lock` when it changed. In CI it must have been committed, so there it is refused. */
function keepLedger(repository: Repository, before: string, after: string): Problem[] {
  if (before === after) return [];
  const file = `${repository.appsPath}/ingress.lock`;
  if (!process.env['CI'] || process.env['CI'] === 'false') {
    writeWhenChanged(join(repository.root, file), after);
    return [];
  }
  return [
    {
      severity: 'error',
      code: 'ledger-stale',
      place: { kind: 'file', file },
      message: 'this file does not have the listener rules of the apps as they are now',
      given: { kind: 'none' },
      allowed: { kind: 'none' },
      hint: `run \`empire synth\` and commit ${file}`,
    },
  ];
}
