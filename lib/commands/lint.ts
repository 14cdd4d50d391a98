import { Args, Flags } from '@oclif/core';
import type { Problem } from '../model/problem.js';
import { allotParsed, compilePlatform, hasErrors } from '../pipeline.js';
import { renderNumber } from '../view/columns.js';
import { problemsAsError } from '../view/error-json.js';
import { renderProblems } from '../view/problem.js';
import { chooseApps, chooseEnvironment, chooseRepository } from './session/choose.js';
import { EmpireCommand } from './session/command.js';
import { FolderSynthesis } from './session/folder-synthesis.js';

/** `empire lint`: parse and compile, say what is wrong, write nothing. */
export default class Lint extends EmpireCommand {
  static override summary = 'Say what is wrong with apps, offline.';
  static override description =
    'Parses and compiles, and prints every error, warning and note. Exit code 1 when there is an error. Writes nothing.';
  static override examples = ['<%= config.bin %> lint', '<%= config.bin %> lint hello --json'];
  static override args = { app: Args.string({ description: 'the apps; all of them when none is named' }) };
  static override strict = false;
  static override flags = {
    'no-cache': Flags.boolean({ summary: 'compile also what did not change since the last time' }),
  };

  async run(): Promise<number> {
    const { argv, flags } = await this.parse(Lint);
    const repository = chooseRepository(flags);
    const only = chooseApps(argv as string[], flags, repository);
    const question = { ...repository, environment: chooseEnvironment(flags), only };
    const synthesis = FolderSynthesis.of(question, flags['no-cache']);
    const parsed = synthesis.parse();
    const allotted = only.kind === 'none' ? allotParsed(parsed, false) : { ledger: parsed.ledger, problems: [] };
    const compiled = synthesis.compile(parsed, allotted.ledger, () => {});
    synthesis.remember();
    const problems = [...compiled, ...compilePlatform(parsed).problems, ...allotted.problems];
    const names = parsed.apps.map((app) => app.name);
    if (flags.json) this.printJson({ ...problemsAsError(problems), apps: names });
    else this.print(renderProblems(problems));
    if (!flags.json) this.say(`${renderNumber(names.length, 'app')}: ${verdict(problems)}\n`);
    return hasErrors(problems) ? 1 : 0;
  }
}

/** `2 errors, 1 note`, or `nothing wrong`. */
function verdict(problems: readonly Problem[]): string {
  const severities = ['error', 'warning', 'note'] as const;
  const counts = severities.map(
    (severity) => [problems.filter((problem) => problem.severity === severity).length, severity] as const,
  );
  const said = counts.filter(([count]) => count > 0).map(([count, severity]) => renderNumber(count, severity));
  return said.length === 0 ? 'nothing wrong' : said.join(', ');
}
