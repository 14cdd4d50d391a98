import { Args } from '@oclif/core';
import { hasErrors, readParsed } from '../pipeline.js';
import { renderProblems } from '../view/problem.js';
import { renderResolvedApp, resolvedAppJson } from '../view/resolved-app.js';
import { chooseApp, chooseEnvironment, chooseRepository } from './session/choose.js';
import { EmpireCommand } from './session/command.js';

/** `empire show`: the resolved app, each value with where it came from. */
export default class Show extends EmpireCommand {
  static override summary = 'Show an app as it was understood: each value, and where it came from.';
  static override description =
    'Every value of the app in one environment, defaults included, with the file and line that say it.';
  static override examples = ['<%= config.bin %> show hello', '<%= config.bin %> show hello -e production --json'];
  static override args = { app: Args.string({ description: 'the app' }) };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Show);
    const repository = chooseRepository(flags);
    const name = chooseApp(args.app, flags, repository, 'show');
    const environment = chooseEnvironment(flags);
    const parsed = readParsed({ ...repository, environment, only: { kind: 'given', value: [name] } });
    if (hasErrors(parsed.problems)) return this.refuse(parsed.problems, flags.json);
    for (const { app, origins } of parsed.apps) {
      if (app.kind === 'none') continue;
      const problems = parsed.problems;
      if (flags.json) this.printJson(resolvedAppJson(app.value, origins, problems));
      else this.say(renderProblems(problems));
      if (!flags.json) this.print(renderResolvedApp(app.value, origins));
    }
    return 0;
  }
}
