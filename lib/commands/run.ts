import { randomUUID } from 'node:crypto';
import { Flags } from '@oclif/core';
import { Failure } from '../failure.js';
import type { TaskState } from '../model/windows.js';
import { formatWords } from '../parse/words-format.js';
import type { RunView } from '../view/run.js';
import { carriedBy } from './session/carried.js';
import { needDeployed } from './session/deployed.js';
import type { OutsideFlags } from './session/flags.js';
import { type AppSession, openApp } from './session/open.js';
import { OutsideCommand } from './session/outside-command.js';
import { type AttachedRun, runAttached } from './session/run-attached.js';
import { chooseRun, type RunChoice } from './session/run-choice.js';
import { overridesOf, parseWishes } from './session/run-overrides.js';
import { waitingContainer } from './session/run-terminal.js';
import { sentence } from './session/sentence.js';
import { StopSignals } from './session/stop-signals.js';
import { needTerminal } from './session/terminal.js';

interface RunFlags extends OutsideFlags {
  readonly detached: boolean;
  readonly tty: boolean;
}

/** `empire run`: a one-off task. */
export default class Run extends OutsideCommand {
  static override summary = 'Run a command once, in a task of its own.';
  static override description =
    "The task has the app's image, variables and secrets: the task definition of `web`, or of the app's first process. When the first word names a process, it is that process, its command with the other words behind it; `run -- web` is always a command. Our flags stand before the command; what follows reaches the container word for word. The log comes on stdout, and the exit code is the program's own (128+n by a signal, 127 not found, 125 could not be run). Ctrl-C stops the task. -t connects the terminal by ECS Exec, for which the image needs `sh`.";
  static override usage = 'run [flags] <command…>';
  static override examples = [
    '<%= config.bin %> run -a acme-inc --rehearse rake db:migrate',
    '<%= config.bin %> run -a acme-inc -d -s 2X --env BATCH=100 --rehearse web --once',
    '<%= config.bin %> run -a acme-inc --rehearse -- sh -c "echo $HOME"',
  ];
  static override flags = {
    detached: Flags.boolean({ char: 'd', summary: 'do not wait for it', exclusive: ['tty'] }),
    tty: Flags.boolean({ char: 't', summary: 'in this terminal, by ECS Exec' }),
    size: Flags.string({ char: 's', summary: 'its size: 2X, 512:1gb', helpValue: '<size>' }),
    env: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      default: [],
      defaultHelp: async () => undefined,
      summary: 'a variable for this task only; may be given again',
      helpValue: '<NAME=value>',
    }),
  };

  async run(): Promise<number> {
    const { ours, words, verbatim } = carriedBy(this.argv);
    const { flags } = await this.parse(Run, ours);
    if (words.length === 0) throw nothingToRun();
    const wishes = parseWishes(flags.size, flags.env);
    const session = await openApp(this, undefined, flags, { directory: 'optional', intent: 'writes' });
    const plugin = flags.tty ? await needTerminal(session.windows, 'run -t') : '';
    const deployed = await needDeployed(session);
    const choice = await chooseRun(session.windows, session.name, deployed.services, { words, verbatim });
    if (flags.tty && choice.command.length === 0) throw unknownCommand(choice.process);
    const waiting = waitingContainer();
    const { startOneOff } = await import('../release/one-off.js');
    const ec2 = session.platform.capacity === 'ec2';
    const signals = new StopSignals();
    return signals.during(async () => {
      const started = await startOneOff(
        { ...session.engine, signal: signals.signal },
        {
          ...deployed,
          template: deployed.template,
          taskDefinition: choice.taskDefinition,
          overrides: overridesOf(choice, flags.tty ? waiting.command : choice.override, wishes, ec2),
          exec: flags.tty,
          nonce: randomUUID(),
          tags: tagsOf(session, choice),
        },
      );
      const run: AttachedRun = { started, choice, signals, json: flags.json, plugin, file: waiting.file };
      if (!flags.detached) return this.attached(session, run);
      return this.detached(session, flags, choice, started.task);
    });
  }

  private async attached(session: AppSession, run: AttachedRun): Promise<number> {
    const { code, reason } = await runAttached(session, run);
    const facts = { detached: false, exitCode: code, reason: reason === '' ? null : reason };
    if (run.json && process.stdout.writable) this.printJson(viewOf(session, run.choice, run.started.task, facts));
    return run.signals.code ?? code;
  }

  private detached(session: AppSession, flags: RunFlags, choice: RunChoice, task: TaskState): number {
    const facts = { detached: true, exitCode: null, reason: null };
    if (flags.json) this.printJson(viewOf(session, choice, task, facts));
    else {
      const what = choice.command.length === 0 ? "the image's own command" : `\`${formatWords(choice.command)}\``;
      this.print(`Ran ${what} on ${session.name} as run.${task.id.slice(0, 8)}, detached.\n`);
      this.say(`next: ${sentence(`logs -f -p ${choice.process}`, session, flags)}\n`);
      this.say(`undo: ${sentence(`stop ${task.id.slice(0, 8)}`, session, flags)}\n`);
    }
    return 0;
  }
}

function viewOf(
  { name: app, environment }: AppSession,
  { process, command }: RunChoice,
  { arn: task, id }: TaskState,
  facts: Pick<RunView, 'detached' | 'exitCode' | 'reason'>,
): RunView {
  return { app, environment, process, task, id, command, ...facts };
}

const tagsOf = ({ name, environment }: AppSession, { process }: RunChoice): Readonly<Record<string, string>> => ({
  'empire:app': name,
  'empire:environment': environment,
  'empire:process': process,
});

const nothingToRun = (): Failure =>
  new Failure('run', 'what is to be run?', 'write the command last: `empire run -a <app> rake db:migrate`', 'usage-run-command');

const unknownCommand = (process: string): Failure =>
  new Failure(
    'run -t',
    `${process} runs the image's own command, which is not known here`,
    'write the whole command: `empire run -t -- <command…>`',
    'run-image-command',
  );
