import type { Process } from '../model/app.js';
import type { Graph, GraphApp, GraphBalancer, GraphMention, GraphOther } from '../model/graph.js';
import { plainText } from './graph-text.js';
import { appWords, balancerWords, processLines, scheduleWords, tasksWords } from './graph-words.js';

/** The picture as Mermaid text, which GitHub and GitLab draw in a block of Markdown. */
export function renderGraphMermaid(graph: Graph): string {
  const drawn = new Set(graph.apps.map(({ app }) => app.name));
  const isPublic = graph.apps.some(({ balancers }) => balancers.some(({ scheme }) => scheme === 'public'));
  const all = [...graph.apps.map(({ app, mentions }) => ({ name: app.name, mentions })), ...graph.others];
  const lines = [
    'flowchart LR',
    ...(isPublic ? ['  internet((internet))'] : []),
    ...graph.apps.flatMap(appLines),
    ...graph.others.map(otherLine),
    ...all.flatMap(({ name, mentions }) => mentionLines(name, mentions, drawn, graph)),
  ];
  return `${lines.join('\n')}\n`;
}

function appLines({ app, balancers }: GraphApp): string[] {
  const maintenance = app.maintenance.kind === 'given';
  const heading = [maintenance ? `${app.name} (in maintenance)` : app.name, appWords(app)];
  return [
    `  subgraph ${appId(app.name)}[${label(heading)}]`,
    ...balancers.flatMap((balancer) => balancerLines(app.name, balancer)),
    ...app.processes.flatMap((process) => processLinesOf(app.name, process, maintenance)),
    '  end',
    ...balancers
      .filter(({ scheme }) => scheme === 'public')
      .map((balancer) => `  internet --> ${balancerId(app.name, balancer)}`),
  ];
}

function balancerLines(app: string, balancer: GraphBalancer): string[] {
  const id = balancerId(app, balancer);
  const processes = [...new Set(balancer.addresses.map(({ process }) => process))];
  const arrow = (process: string): string => {
    const ports = balancer.addresses
      .filter((one) => one.process === process)
      .map(({ port, container }) => `${port} → ${container}`);
    return `    ${id} -->|${label([[...new Set(ports)].join(', ')])}| ${processId(app, process)}`;
  };
  return [
    `    ${id}{{${label([balancerWords(balancer), ...balancer.addresses.map(({ url }) => url)])}}}`,
    ...processes.map(arrow),
  ];
}

function processLinesOf(app: string, process: Process, maintenance: boolean): string[] {
  const id = processId(app, process.name);
  const box = `    ${id}[${label([`${process.name} ${tasksWords(process, maintenance)}`, ...processLines(process)])}]`;
  if (process.kind !== 'cron') return [box];
  const schedule = scheduleId(app, process.name);
  return [box, `    ${schedule}([${label(process.schedules.map(scheduleWords))}])`, `    ${schedule} --> ${id}`];
}

function otherLine({ name, kind }: GraphOther): string {
  return kind === 'app'
    ? `  ${appId(name)}[${label([name, 'another app'])}]`
    : `  ${hostId(name)}[${label([name, 'nothing answers to this name'])}]`;
}

/** From the process that has the variable, or from the whole app, to the app that it names. */
function mentionLines(
  app: string,
  mentions: readonly GraphMention[],
  drawn: ReadonlySet<string>,
  { apps, others }: Graph,
): string[] {
  return mentions.map(({ process, variable, target, address }) => {
    const own = process.kind === 'given' ? (process.value.split('/')[0] as string) : undefined;
    const from = own === undefined || !drawn.has(app) ? appId(app) : processId(app, own);
    const balancer = apps
      .find((one) => one.app.name === target)
      ?.balancers.find(({ addresses }) => address.kind === 'given' && addresses.some(({ url }) => url === address.value));
    const isHost = others.some(({ name, kind }) => name === target && kind === 'absent');
    const to = balancer === undefined ? (isHost ? hostId(target) : appId(target)) : balancerId(target, balancer);
    return `  ${from} -.->|${label([variable])}| ${to}`;
  });
}

/** Ids are words that no keyword can be. In apps and processes no two names differ in `-` and `_` alone; a host may. */
const appId = (name: string): string => `app_${word(name)}`;
const hostId = (host: string): string => `host_${host.replaceAll(/[^a-z0-9]/g, (mark) => `_${mark.codePointAt(0)}_`)}`;
const processId = (app: string, process: string): string => `process_${word(app)}__${word(process)}`;
const scheduleId = (app: string, process: string): string => `schedule_${word(app)}__${word(process)}`;
const balancerId = (app: string, { scheme, kind }: GraphBalancer): string => `balancer_${word(app)}__${scheme}_${kind}`;

const word = (name: string): string => name.replaceAll(/[^a-z0-9]/g, '_');

/** Lines of a label in quotes. What is neither a letter nor harmless is written by its number. */
function label(lines: readonly string[]): string {
  return `"${lines.map(escapeMermaid).join('<br>')}"`;
}

/** A text that stays a text in a label of Mermaid. */
export function escapeMermaid(text: string): string {
  return plainText(text).replaceAll(/[^\p{L}\p{N} .,:/_=+·→×–…()%*@'!?\ufffd-]/gu, (mark) => `#${mark.codePointAt(0)};`);
}
