import { Failure } from '../../failure.js';
import type { RunningTask } from '../../model/running.js';
import { didYouMean } from '../../parse/nearest.js';
import { shortName } from '../../view/ps.js';

/** What a word of the command line names. */
export type Target = { readonly kind: 'process'; readonly name: string } | { readonly kind: 'task'; readonly task: RunningTask };

/** Fewer characters of an id are more likely a typing error than a task. */
const SHORTEST = 4;

interface Known {
  readonly app: string;
  /** Names of processes. */
  readonly processes: readonly string[];
  readonly tasks: readonly RunningTask[];
}

/**
 * A process, or a task by the beginning of its id, as `ps` shows it or longer (`217e2ddd`, `web.217e2ddd`, `v2.web.217e2ddd`). Names of
 * processes win over ids.
 *
 * @throws Failure `process-unknown`, `task-gone`, `task-stopped`, `task-ambiguous`
 */
export function targetOf(command: string, word: string, known: Known): Target {
  if (known.processes.includes(word)) return { kind: 'process', name: word };
  const dotted = /^(?:(?:v[0-9]+|-)\.)?([a-z][a-z0-9_-]*)\.([0-9a-f-]+)$/.exec(word);
  const prefix = dotted?.[2] ?? word;
  if (prefix.length < SHORTEST || !/^[0-9a-f-]+$/.test(prefix)) throw unknown(command, word, known);
  const found = known.tasks.filter(({ id, process }) => id.startsWith(prefix) && (dotted === null || process === dotted[1]));
  const alive = found.filter(({ status }) => status !== 'STOPPED');
  const [task, ...more] = alive;
  if (task === undefined) throw gone(command, word, found, known);
  if (more.length > 0) throw ambiguous(command, word, alive);
  return { kind: 'task', task };
}

function unknown(command: string, word: string, { app, processes }: Known): Failure {
  const hint = didYouMean(word, processes, `the processes are: ${processes.join(', ')}; tasks are in \`empire ps -a ${app}\``);
  return new Failure(command, `there is no process and no task \`${word}\` in ${app}`, hint, 'process-unknown');
}

function gone(command: string, word: string, [stopped]: readonly RunningTask[], { app }: Known): Failure {
  if (stopped === undefined)
    return new Failure(command, `there is no task \`${word}\` of ${app} (any more)`, `see \`empire ps -a ${app}\``, 'task-gone');
  const name = shortName(stopped.process, stopped.id);
  const why = stopped.why === '' ? '' : `: ${stopped.why}`;
  return new Failure(command, `${name} of ${app} has stopped already${why}`, `see \`empire ps -a ${app} --all\``, 'task-stopped');
}

function ambiguous(command: string, word: string, tasks: readonly RunningTask[]): Failure {
  const names = tasks.map(({ process, id }) => `${process}.${id}`).join(', ');
  return new Failure(
    command,
    `\`${word}\` is the beginning of several tasks: ${names}`,
    'write more of the id',
    'task-ambiguous',
  );
}
