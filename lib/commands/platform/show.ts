import { Flags } from '@oclif/core';
import { estimatePlatform } from '../../estimate/platform.js';
import { PLATFORM_KEYS } from '../../parse/platform-keys.js';
import { compilePlatform, hasErrors, readParsed } from '../../pipeline.js';
import { platformCostJson, renderPlatformCost } from '../../view/platform-cost.js';
import { platformReferenceJson, renderPlatformReference } from '../../view/platform-reference.js';
import { platformSettingsJson, renderPlatformSettings } from '../../view/platform-settings.js';
import { renderProblems } from '../../view/problem.js';
import { chooseEnvironment, chooseRepository } from '../session/choose.js';
import { EmpireCommand } from '../session/command.js';

/** `empire platform show`: the resolved settings of the shared ground, and what they cost. */
export default class PlatformShow extends EmpireCommand {
  static override summary = 'Show the settings of the platform, where each comes from, and what they cost.';
  static override description =
    'Every key of the platform file in one environment with the file and line that say it, and the monthly cost of the choice. With --reference every key there is, its type, default and limits. No network, no credentials.';
  static override examples = [
    '<%= config.bin %> platform show',
    '<%= config.bin %> platform show -e production --json',
    '<%= config.bin %> platform show --reference',
  ];
  static override flags = { reference: Flags.boolean({ summary: 'list every key, its type, default and limits' }) };

  async run(): Promise<number> {
    const { flags } = await this.parse(PlatformShow);
    if (flags.reference) return this.showReference(flags.json);
    const repository = chooseRepository(flags);
    const parsed = readParsed({ ...repository, environment: chooseEnvironment(flags), only: { kind: 'given', value: [] } });
    const { compiled, problems } = compilePlatform(parsed);
    const all = [...parsed.problems, ...problems];
    if (hasErrors(all) || compiled.kind === 'none') return this.refuse(all, flags.json);
    const { ground, origins, template } = compiled.value;
    const cost = estimatePlatform(ground);
    if (flags.json) {
      const { environment } = ground.platform;
      const settings = platformSettingsJson(ground, origins);
      this.printJson({ environment, stack: template.stackName, settings, cost: platformCostJson(cost) });
      return 0;
    }
    this.say(renderProblems(all));
    this.print(`${renderPlatformSettings(ground, origins)}\n${renderPlatformCost(cost)}`);
    return 0;
  }

  private showReference(json: boolean): number {
    if (json) this.printJson(platformReferenceJson(PLATFORM_KEYS));
    else this.print(renderPlatformReference(PLATFORM_KEYS));
    return 0;
  }
}
