import { renderColumns, renderNumber } from './columns.js';
import { isoTime, renderAge, renderMoment } from './time.js';

/** What is in a rehearsed account. */
export interface RehearsedAccount {
  readonly now: number;
  readonly stacks: readonly { readonly name: string; readonly status: string; readonly release: string }[];
  readonly services: readonly {
    readonly name: string;
    readonly definition: string;
    readonly wanted: number;
    readonly running: number;
  }[];
  readonly tasks: readonly {
    readonly id: string;
    readonly definition: string;
    readonly status: string;
    /** The image by its tag: `remind101/acme-inc:v2-crash`, or how it behaves. */
    readonly behaviour: string;
    readonly createdAt: number;
  }[];
  /** Steps of a script that wait, as JSON, with the time from which they are in force. */
  readonly script: readonly { readonly at: number; readonly step: string }[];
  /** What a script took away: `secret acme/db`. */
  readonly removed: readonly string[];
  readonly capacity: boolean;
}

/** A block per kind of thing; blocks without anything are left out. */
export function renderRehearsal(account: RehearsedAccount): string {
  const { now, stacks, services, tasks, script, removed, capacity } = account;
  const blocks = [
    `clock\n${renderColumns([['', renderMoment(now)]])}`,
    block(
      'stacks',
      stacks.map(({ name, status, release }) => [name, status, release]),
    ),
    block(
      'services',
      services.map(({ name, wanted, running, definition }) => [name, `${running} of ${wanted} running`, definition]),
    ),
    block(
      'tasks',
      tasks.map((task) => [task.id.slice(0, 8), task.definition, task.status, renderAge(now - task.createdAt), task.behaviour]),
    ),
    block(
      'script',
      script.map(({ at, step }) => [at <= now ? 'in force' : `in ${renderAge(at - now)}`, step]),
    ),
    block('taken away', [...removed.map((what) => [what]), ...(capacity ? [] : [['all capacity']])]),
  ].filter((text) => text !== '');
  return stacks.length === 0 ? `${blocks.join('\n')}\nnothing is deployed here yet\n` : blocks.join('\n');
}

const block = (title: string, rows: readonly (readonly string[])[]): string =>
  rows.length === 0 ? '' : `${title}\n${renderColumns(rows.map((row) => ['', ...row]))}`;

export function rehearsalJson({ now, tasks, script, ...rest }: RehearsedAccount): object {
  return {
    now: isoTime(now),
    ...rest,
    tasks: tasks.map(({ createdAt, ...task }) => ({ ...task, createdAt: isoTime(createdAt) })),
    script: script.map(({ at, step }) => ({ at: isoTime(at), step: JSON.parse(step) as object })),
  };
}

export const renderScripted = (steps: number): string => `${renderNumber(steps, 'step')} in force or waiting for its time\n`;
