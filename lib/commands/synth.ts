import { join } from 'node:path';
import { Args, Flags } from '@oclif/core';
import type { Problem } from '../model/problem.js';
import { formatLedger } from '../parse/ledger.js';
import { allotParsed, hasErrors } from '../pipeline.js';
import { problemsAsError } from '../view/error-json.js';
import { renderProblems } from '../view/problem.js';
import { renderSynthSummary, type SynthesizedApp, synthSummaryJson } from '../view/synth-summary.js';
import { renderTemplateYaml } from '../view/template-yaml.js';
import type { Repository } from '../windows/working-directory.js';
import { writeWhenChanged } from '../windows/written-files.js';
import { chooseApps, chooseEnvironment, chooseRepository } from './session/choose.js';
import { EmpireCommand } from './session/command.js';
import { FolderSynthesis } from './session/folder-synthesis.js';
import { TemplateFolder } from './session/template-folder.js';

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
    'no-cache': Flags.boolean({ summary: 'compile also what did not change since the last time' }),
    'compact-ingress': Flags.boolean({ summary: 'free the listener-rule numbers in apps/ingress.lock that nothing uses' }),
  };

  async run(): Promise<number> {
    const { argv, flags } = await this.parse(Synth);
    const repository = chooseRepository(flags);
    const environment = chooseEnvironment(flags);
    const only = chooseApps(argv as string[], flags, repository);
    const synthesis = FolderSynthesis.of({ ...repository, environment, only }, flags['no-cache']);
    const parsed = synthesis.parse();
    const whole = only.kind === 'none';
    const allotted = whole ? allotParsed(parsed, flags['compact-ingress']) : { ledger: parsed.ledger, problems: [] };
    const single = only.kind === 'given' && only.value.length === 1 && flags.output === undefined;
    const folder = flags.output === undefined ? undefined : new TemplateFolder(flags.output, synthesis.memory);
    const apps: SynthesizedApp[] = [];
    let template = '';
    const found = synthesis.compile(parsed, allotted.ledger, (one) => {
      apps.push({ app: one.app, environment: one.environment, ...one.made });
      if (single) template = one.texts().template;
      folder?.write(one);
    });
    const problems = [...found, ...allotted.problems];
    const ledgerProblems =
      whole && !hasErrors(problems) ? keepLedger(repository, formatLedger(parsed.ledger), formatLedger(allotted.ledger)) : [];
    folder?.remember();
    synthesis.remember();
    return this.show(apps, [...problems, ...ledgerProblems], { json: flags.json, single, template });
  }

  private show(
    apps: readonly SynthesizedApp[],
    problems: readonly Problem[],
    how: { readonly json: boolean; readonly single: boolean; readonly template: string },
  ): number {
    const refused = hasErrors(problems);
    if (how.json && refused) this.printJson({ ...problemsAsError(problems), ...synthSummaryJson(apps) });
    else this.say(renderProblems(problems));
    if (how.single && apps.length > 0 && !refused) this.print(how.json ? how.template : renderTemplateYaml(how.template));
    else if (!how.single && !how.json) this.print(renderSynthSummary(apps));
    else if (!how.single && !refused) this.printJson(synthSummaryJson(apps));
    return refused ? 1 : 0;
  }
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
