import { Args } from '@oclif/core';
import type { Given } from '../model/given.js';
import { type InfoView, infoJson, renderInfo } from '../view/info.js';
import { OutsideCommand } from './session/outside-command.js';
import { inMaintenance, openServing, type ServingApp } from './session/serving-app.js';

/** `empire info`: an app and where it is. */
export default class Info extends OutsideCommand {
  static override summary = 'Show where an app is and what it has.';
  static override description =
    'Its stack, the release that serves, images, addresses, certificates, log group and security group, as they are now.';
  static override examples = ['<%= config.bin %> info hello --rehearse', '<%= config.bin %> info acme-inc --json --rehearse'];
  static override args = { app: Args.string({ description: 'the app' }) };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Info);
    const info = await readInfo(await openServing(this, args.app, flags, 'reads'));
    if (flags.json) this.printJson(infoJson(info));
    else this.print(renderInfo(info));
    return 0;
  }
}

async function readInfo(serving: ServingApp): Promise<InfoView> {
  const { session, stack, situation, template } = serving;
  const { readCertificates, readServices } = await import('../observe/index.js');
  const { resources, logGroup, securityGroup } = await readServices(session.windows, stack);
  const { account, region, app, environment } = session.place;
  const { name, id, status, updatedAt, createdAt } = stack;
  return {
    app,
    environment,
    account,
    region,
    stack: { name, id, status, changedAt: updatedAt.kind === 'given' ? updatedAt.value : createdAt },
    release: situation.current,
    url: output(serving, 'Url'),
    privateName: output(serving, 'PrivateName'),
    certificates: await readCertificates(session.windows, template, resources),
    logGroup,
    securityGroup,
    maintenance: inMaintenance(serving),
  };
}

function output({ stack }: ServingApp, name: string): Given<string> {
  const value = stack.outputs[name];
  return value === undefined || value === '' ? { kind: 'none' } : { kind: 'given', value };
}
