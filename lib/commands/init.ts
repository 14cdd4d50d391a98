import { basename, dirname, join, resolve } from 'node:path';
import { Args, Flags } from '@oclif/core';
import { Failure } from '../failure.js';
import { hasErrors } from '../pipeline.js';
import { renderColumns } from '../view/columns.js';
import { renderProblems } from '../view/problem.js';
import { findRepository } from '../windows/working-directory.js';
import { addLines, createFile } from '../windows/written-files.js';
import { type Ask, interview, isAsked } from './session/ask.js';
import { EmpireCommand } from './session/command.js';
import type { SharedFlags } from './session/flags.js';
import { checkNewApp, IGNORED, type NewApp, newAppFiles, repositoryFiles } from './session/new-app.js';
import { workflowFiles } from './session/workflows.js';

/** `empire init`: the files of a new app, and the first time those of the repository. Never overwrites. */
export default class Init extends EmpireCommand {
  static override summary = 'Make an app directory, and the first time what the repository needs.';
  static override description =
    'Asks on a terminal; elsewhere, or with --yes, takes the flags. A file that exists is left as it is.';
  static override examples = [
    '<%= config.bin %> init hello --image nginx:1.27',
    '<%= config.bin %> init hello --image acme/hello:v1 --command "bin/server" --port 3000 --yes',
  ];
  static override args = { app: Args.string({ description: 'the name of the app' }) };
  static override flags = {
    image: Flags.string({ summary: 'the container image', helpValue: '<reference>' }),
    command: Flags.string({ summary: "the command of `web`; else the image's own", helpValue: '<command>' }),
    port: Flags.string({ summary: 'the port `web` listens on', helpValue: '<number>' }),
    ci: Flags.option({ options: ['empire', 'cdk', 'none'] as const })({
      summary: 'the GitHub Actions workflow: plans with `empire`, with `cdk`, or none',
      default: 'empire',
    }),
    yes: Flags.boolean({ summary: 'do not ask' }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Init);
    if (flags.environment !== undefined) throw onlyBase();
    const { root, appsPath } = whereTo(flags);
    const asks = isAsked() && !flags.yes && !flags.json;
    const app: NewApp = await fromPerson(asks, {
      name: args.app ?? flags.app,
      image: flags.image,
      command: flags.command,
      port: flags.port,
    });
    const problems = checkNewApp(app, appsPath);
    if (hasErrors(problems)) return this.refuse(problems, flags.json);
    if (!flags.json) this.say(renderProblems(problems));
    const done = [
      ...newAppFiles(app).map((file) => ({ path: `${appsPath}/${app.name}/${file.name}`, text: file.text })),
      ...repositoryFiles().map((file) => ({ path: file.name, text: file.text })),
      ...workflowFiles(flags.ci).map((file) => ({ path: file.name, text: file.text })),
    ].map(({ path, text }) => ({ path, outcome: createFile(join(root, path), text) as string }));
    done.push({ path: '.gitignore', outcome: addLines(join(root, '.gitignore'), IGNORED) });
    if (flags.json) this.printJson({ app: app.name, files: done });
    else this.print(renderColumns(done.map(({ path, outcome }) => [outcome, path])));
    if (!flags.json) this.say(`next: empire show ${app.name}\n`);
    return 0;
  }
}

/** The repository around the working directory, or the beginning of one here. */
function whereTo(flags: SharedFlags): { root: string; appsPath: string } {
  const repository = findRepository(
    process.cwd(),
    flags.apps === undefined ? { kind: 'none' } : { kind: 'given', value: flags.apps },
  );
  if (repository.kind === 'given') return repository.value;
  if (flags.apps === undefined) return { root: process.cwd(), appsPath: 'apps' };
  const apps = resolve(flags.apps);
  return { root: dirname(apps), appsPath: basename(apps) };
}

interface Answers {
  readonly name: string | undefined;
  readonly image: string | undefined;
  readonly command: string | undefined;
  readonly port: string | undefined;
}

async function fromPerson(asks: boolean, answers: Answers): Promise<NewApp> {
  if (asks) return interview((ask) => fromAnswers(ask, answers));
  const { name, image, command, port } = answers;
  if (!name) throw new Failure('init', 'which app?', 'name it: `empire init <app> --image <reference>`', 'usage-app-missing');
  if (!image)
    throw new Failure('init', 'which image?', `give it: \`empire init ${name} --image <reference>\``, 'usage-image-missing');
  return { name, image, command: command ?? '', port: port ?? '8080' };
}

/** Asks for what no flag has said. */
async function fromAnswers(ask: Ask, { name: named, image, command, port }: Answers): Promise<NewApp> {
  const name = named ?? (await ask('app name', ''));
  return {
    name,
    image: image ?? (await ask('image', `${name}:latest`)),
    command: command ?? (await ask("command of web (empty: the image's own)", '')),
    port: port ?? (await ask('port web listens on', '8080')),
  };
}

const onlyBase = (): Failure =>
  new Failure(
    'init',
    'it makes the files that all environments share',
    'leave out `-e`; beside them an `env.production` says what differs',
    'usage-no-environment',
  );
