import { Args } from '@oclif/core';
import { Failure } from '../failure.js';
import type { App } from '../model/app.js';
import { didYouMean } from '../parse/nearest.js';
import { EmpireCommand } from './session/command.js';
import { soundApp } from './session/edit-and-release.js';
import { openLocal } from './session/local.js';

/** `empire get`: the value of one configuration variable. */
export default class Get extends EmpireCommand {
  static override summary = 'Show one configuration variable.';
  static override description = 'The value alone, as the files of the app say.';
  static override examples = ['<%= config.bin %> get RACK_ENV -a acme-inc'];
  static override args = { name: Args.string({ description: 'the name', required: true }) };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Get);
    const app = soundApp(openLocal('get', undefined, flags, 'needed'));
    const value = valueIn(args.name, app);
    if (flags.json) this.printJson({ app: app.name, name: args.name, value });
    else this.print(`${value}\n`);
    return 0;
  }
}

function valueIn(name: string, { name: app, variables, secrets }: App): string {
  const found = variables.find((one) => one.name === name);
  if (found !== undefined) return found.value;
  if (secrets.some((one) => one.name === name))
    throw new Failure(name, `\`${name}\` is a secret: its value stays in AWS`, 'see where with `empire secrets`', 'secret-value');
  const known = [...variables, ...secrets].map((one) => one.name);
  const hint = didYouMean(name, known, `see \`empire env -a ${app}\``);
  throw new Failure(name, `${app} has no variable \`${name}\``, hint, 'variable-unknown');
}
