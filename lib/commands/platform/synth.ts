import { join } from 'node:path';
import { Flags } from '@oclif/core';
import { formatSourceMap, formatTemplate } from '../../compile/format-template.js';
import { type CompiledPlatform, compilePlatform, hasErrors, readParsed } from '../../pipeline.js';
import { renderProblems } from '../../view/problem.js';
import { renderTemplateYaml } from '../../view/template-yaml.js';
import { writeWhenChanged } from '../../windows/written-files.js';
import { chooseEnvironment, chooseRepository } from '../session/choose.js';
import { EmpireCommand } from '../session/command.js';

/** `empire platform synth`: the platform file → the template of the shared ground. No network, no credentials. */
export default class PlatformSynth extends EmpireCommand {
  static override summary = 'Compile the platform to its CloudFormation template.';
  static override description =
    'The template of the shared ground on stdout, as YAML, or with --json exactly the bytes that are deployed. Without a platform file, with the defaults. No network, no credentials.';
  static override examples = [
    '<%= config.bin %> platform synth',
    '<%= config.bin %> platform synth -e production --json',
    '<%= config.bin %> platform synth -o templates',
  ];
  static override flags = {
    output: Flags.string({ char: 'o', summary: 'write <stack>.template.json and <stack>.map.json there', helpValue: '<dir>' }),
  };

  async run(): Promise<number> {
    const { flags } = await this.parse(PlatformSynth);
    const repository = chooseRepository(flags);
    const parsed = readParsed({ ...repository, environment: chooseEnvironment(flags), only: { kind: 'given', value: [] } });
    const { compiled, problems } = compilePlatform(parsed);
    const all = [...parsed.problems, ...problems];
    if (hasErrors(all) || compiled.kind === 'none') return this.refuse(all, flags.json);
    this.say(renderProblems(all));
    const json = formatTemplate(compiled.value.template);
    if (flags.output !== undefined) writePlatform(flags.output, compiled.value, json);
    else this.print(flags.json ? json : renderTemplateYaml(json));
    return 0;
  }
}

function writePlatform(directory: string, { template, sourceMap }: CompiledPlatform, json: string): void {
  writeWhenChanged(join(directory, `${template.stackName}.template.json`), json);
  writeWhenChanged(join(directory, `${template.stackName}.map.json`), formatSourceMap(sourceMap));
}
