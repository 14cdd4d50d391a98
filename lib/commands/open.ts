import { Args } from '@oclif/core';
import { Failure } from '../failure.js';
import { openBrowser } from '../windows/browser.js';
import { OutsideCommand } from './session/outside-command.js';
import { openServing, type ServingApp } from './session/serving-app.js';

/** `empire open`: the app in a browser. */
export default class Open extends OutsideCommand {
  static override summary = 'Open an app in the browser.';
  static override description =
    'Prints where `web` answers, and opens it when this computer has a display. In a rehearsal it is only printed.';
  static override examples = ['<%= config.bin %> open hello --rehearse'];
  static override args = { app: Args.string({ description: 'the app' }) };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Open);
    const serving = await openServing(this, args.app, flags, 'reads');
    const { url, reach } = addressOf(serving);
    const opened = flags.json || serving.session.windows.kind === 'rehearsal' ? 'not-tried' : await openBrowser(url);
    if (flags.json) this.printJson({ app: serving.session.name, url, reach });
    else this.print(`${url}\n`);
    if (flags.json) return 0;
    if (reach === 'inside') this.say(`only from inside the VPC: it has no public name yet\nnext: ${add(serving)}\n`);
    if (opened === 'failed') this.say('no browser could be started here: open it by hand\n');
    return 0;
  }
}

/** `--json` says `app`, `url`, and `reach`: `outside`, or `inside` when only the VPC reaches it. */
function addressOf({ session, stack }: ServingApp): { readonly url: string; readonly reach: 'outside' | 'inside' } {
  const url = stack.outputs['Url'];
  if (!url) throw noAddress(session.name);
  return { url, reach: new URL(url).hostname === stack.outputs['PrivateName'] ? 'inside' : 'outside' };
}

const add = ({ session }: ServingApp): string => `empire domains add www.example.com -a ${session.name}`;

const noAddress = (app: string): Failure =>
  new Failure(app, 'nothing of it answers requests: it has no `web`', 'see what it has with `empire show`', 'no-address');
