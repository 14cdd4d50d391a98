import { Args, Flags } from '@oclif/core';
import type { App } from '../model/app.js';
import type { Given } from '../model/given.js';
import { hasErrors } from '../pipeline.js';
import { graphOf } from '../relate/index.js';
import { graphJson } from '../view/graph-json.js';
import { renderGraphMermaid } from '../view/graph-mermaid.js';
import { renderGraphSvg } from '../view/graph-svg.js';
import { renderProblems } from '../view/problem.js';
import { writeWhenChanged } from '../windows/written-files.js';
import { chooseApps } from './session/choose.js';
import { EmpireCommand } from './session/command.js';
import { readNeighbours } from './session/neighbours.js';

/** `empire graph`: an app, or the whole folder, as a picture. No network, no credentials. */
export default class Graph extends EmpireCommand {
  static override summary = 'Draw an app, or all of them, as a picture: Mermaid, or SVG.';
  static override description =
    'Processes with their counts and sizes, load balancers, public and private names, schedules, and which app names which in its variables. One app with those it talks to, or the whole folder. Mermaid text for a README, or with --svg a picture that is readable on light and dark. No network, no credentials.';
  static override examples = [
    '<%= config.bin %> graph acme-inc',
    '<%= config.bin %> graph --svg -o apps.svg',
    '<%= config.bin %> graph -e production --json',
  ];
  static override args = { app: Args.string({ description: 'the app; the whole folder when none is named' }) };
  static override flags = {
    svg: Flags.boolean({ summary: 'draw an SVG picture instead of Mermaid text', exclusive: ['json'] }),
    output: Flags.string({ char: 'o', summary: 'write the picture into this file', helpValue: '<file>' }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Graph);
    const { parsed, only } = readNeighbours(flags, (found) => chooseApps(args.app === undefined ? [] : [args.app], flags, found));
    if (hasErrors(parsed.problems) || parsed.platform.kind === 'none') return this.refuse(parsed.problems, flags.json);
    const apps = parsed.apps.flatMap(({ app }): App[] => (app.kind === 'given' ? [app.value] : []));
    const graph = graphOf(apps, parsed.platform.value, first(only));
    this.say(renderProblems(parsed.problems));
    const text = flags.json
      ? `${JSON.stringify(graphJson(graph), null, 2)}\n`
      : flags.svg
        ? renderGraphSvg(graph)
        : renderGraphMermaid(graph);
    if (flags.output === undefined) this.print(text);
    else this.say(`${flags.output}: ${writeWhenChanged(flags.output, text)}\n`);
    return 0;
  }
}

const first = (names: Given<readonly string[]>): Given<string> =>
  names.kind === 'given' ? { kind: 'given', value: names.value[0] as string } : names;
