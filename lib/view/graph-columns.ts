import type { CronProcess, Process, ServiceProcess } from '../model/app.js';
import type { GraphApp, GraphBalancer, GraphMention } from '../model/graph.js';
import { type Block, block, line, title } from './graph-boxes.js';
import { balancerWords, mentionWords, processLines, scheduleWords, tasksWords } from './graph-words.js';

/** A box of a column, and the name by which lines find it. */
export interface Cell {
  readonly key: string;
  readonly block: Block;
}

export const processKey = (name: string): string => `process ${name}`;
export const scheduleKey = (name: string): string => `schedule ${name}`;
export const balancerKey = ({ scheme, kind }: GraphBalancer): string => `balancer ${scheme} ${kind}`;

export function balancerCell(balancer: GraphBalancer): Cell {
  const rows = balancer.addresses.map(({ url, container }) => line(url, `→ ${container}`));
  return { key: balancerKey(balancer), block: block(balancer.scheme, [title(balancerWords(balancer)), ...rows]) };
}

export function scheduleCell(process: CronProcess): Cell {
  const rows = process.schedules.map((schedule) => line(scheduleWords(schedule)));
  return { key: scheduleKey(process.name), block: block('schedule', [title('schedule'), ...rows]) };
}

export function processCell(process: Process, maintenance: boolean): Cell {
  const rows = processLines(process).map((words) => line(words));
  return {
    key: processKey(process.name),
    block: block(process.kind, [title(process.name, tasksWords(process, maintenance)), ...rows]),
  };
}

export const MENTIONS_KEY = 'mentions';

/** The variables that name an app, a line each. */
export function mentionsCell(mentions: readonly GraphMention[]): Cell {
  const rows = mentions.map((mention) => line(mentionWords(mention), mention.written));
  return { key: MENTIONS_KEY, block: block('mentions', [title('talks to'), ...rows]) };
}

/** Who answers first, in the order of the balancers; then who waits; then what the clock starts, and what people start. */
export function processesInOrder({ app, balancers }: GraphApp): Process[] {
  const answering = balancers.flatMap(({ addresses }) => addresses.map(({ process }) => process));
  const rank = (process: Process): number => {
    if (process.kind === 'service') return isExposed(process) ? answering.indexOf(process.name) : 1000;
    return 2000 + ['cron', 'run-only', 'release', 'off'].indexOf(process.kind);
  };
  return [...app.processes].sort((a, b) => rank(a) - rank(b));
}

const isExposed = ({ exposure }: ServiceProcess): boolean => exposure.kind !== 'none';
