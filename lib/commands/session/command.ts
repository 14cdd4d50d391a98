import { Command } from '@oclif/core';
import type { Problem } from '../../model/problem.js';
import { problemsAsError } from '../../view/error-json.js';
import { renderProblems } from '../../view/problem.js';
import { sharedFlags } from './flags.js';

/** What every command is: shared flags, data on stdout, talk on stderr, and an exit code as its result. */
export abstract class EmpireCommand extends Command {
  static override baseFlags = sharedFlags;

  abstract override run(): Promise<number>;

  /** Standard input is data for a command that asks for it: it never stands in for an argument that was left out. */
  protected override async init(): Promise<void> {
    await super.init();
    for (const arg of Object.values(this.ctor.args)) arg.ignoreStdin = true;
  }

  /** Data: exactly this text on stdout. */
  protected print(text: string): void {
    process.stdout.write(text);
  }

  protected printJson(value: unknown): void {
    this.print(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** The last object for programs: a line of its own among `--events`. */
  protected printEnd(value: unknown, events: boolean): void {
    if (events) this.print(`${JSON.stringify(value)}\n`);
    else this.printJson(value);
  }

  /** Talk: exactly this text on stderr. */
  protected say(text: string): void {
    process.stderr.write(text);
  }

  /** Shows why nothing was done, and gives the exit code of a refusal. */
  protected refuse(problems: readonly Problem[], json: boolean): number {
    if (json) this.printJson(problemsAsError(problems));
    else this.say(renderProblems(problems));
    return 1;
  }
}
