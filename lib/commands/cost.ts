import { Args, Flags } from '@oclif/core';
import { estimate, PRICES } from '../estimate/index.js';
import { Failure } from '../failure.js';
import type { App } from '../model/app.js';
import { hasErrors, readParsed } from '../pipeline.js';
import { estimateJson, renderEstimate } from '../view/cost.js';
import { renderProblems } from '../view/problem.js';
import { chooseApps, chooseEnvironment, chooseRepository } from './session/choose.js';
import { EmpireCommand } from './session/command.js';

/** `empire cost`: what apps cost in a month, from their directories. No network, no credentials. */
export default class Cost extends EmpireCommand {
  static override summary = 'Estimate what apps cost in a month.';
  static override description =
    'Processes, load balancers, public addresses and logs of one app, several, or all of them, in US dollars at the list prices of us-east-1. What scales has a range, min..max. The assumptions and the date of the prices stand below the table. No network, no credentials.';
  static override examples = [
    '<%= config.bin %> cost acme-inc',
    '<%= config.bin %> cost -e production --cron-minutes 30',
    '<%= config.bin %> cost hello --json',
  ];
  static override args = { app: Args.string({ description: 'the apps; all of them when none is named' }) };
  static override strict = false;
  static override flags = {
    'cron-minutes': Flags.string({ summary: 'how long a run of a schedule lasts', helpValue: '<minutes>', default: '10' }),
    'log-gb': Flags.string({ summary: 'what a task logs in a month', helpValue: '<gigabytes>', default: '1' }),
    'capacity-units': Flags.string({ summary: 'what each load balancer uses on average', helpValue: '<units>', default: '1' }),
  };

  async run(): Promise<number> {
    const { argv, flags } = await this.parse(Cost);
    const assumptions = {
      cronMinutes: amount('--cron-minutes', flags['cron-minutes']),
      logGigabytes: amount('--log-gb', flags['log-gb']),
      capacityUnits: amount('--capacity-units', flags['capacity-units']),
    };
    const repository = chooseRepository(flags);
    const only = chooseApps(argv as string[], flags, repository);
    const parsed = readParsed({ ...repository, environment: chooseEnvironment(flags), only });
    if (hasErrors(parsed.problems) || parsed.ground.kind === 'none') return this.refuse(parsed.problems, flags.json);
    const apps = parsed.apps.flatMap(({ app }): App[] => (app.kind === 'given' ? [app.value] : []));
    const found = estimate(apps, parsed.ground.value, PRICES, assumptions);
    if (flags.json) this.printJson(estimateJson(found));
    else this.print(renderEstimate(found));
    this.say(renderProblems(parsed.problems));
    return 0;
  }
}

function amount(flag: string, text: string): number {
  if (/^\d{1,6}(\.\d{1,3})?$/.test(text)) return Number(text);
  throw new Failure(flag, `\`${text}\` is not an amount`, 'write a number such as 1 or 0.5', 'usage-amount');
}
