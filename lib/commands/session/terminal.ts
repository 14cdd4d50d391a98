import { randomBytes } from 'node:crypto';
import { Failure } from '../../failure.js';
import type { ExecSession, Windows } from '../../model/windows.js';
import { formatWords } from '../../parse/words-format.js';
import type { PluginEnd } from '../../windows/session-plugin.js';

/** Milliseconds between two attempts to enter a container, and how long to try: the agent starts a little after the container. */
const TRY_AGAIN = 2_000;
const STARTING = 60_000;

/** A container that runs. */
export interface ContainerPlace {
  readonly cluster: string;
  readonly task: string;
  readonly container: string;
  /** `web.217e2ddd`, for people. */
  readonly name: string;
}

/**
 * What a terminal into a container needs on this computer; gives the path of the plugin.
 *
 * @throws Failure `terminal-missing`, `session-plugin-missing`; `rehearsal-no-container`: nothing is real
 */
export async function needTerminal(windows: Pick<Windows, 'kind'>, command: 'run -t' | 'exec'): Promise<string> {
  if (windows.kind === 'rehearsal') throw nothingReal(command);
  const { findSessionPlugin } = await import('../../windows/session-plugin.js');
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) throw noTerminal(command);
  return findSessionPlugin();
}

const nothingReal = (command: string): Failure =>
  new Failure(
    command,
    'in a rehearsal there is no container to enter: nothing is real',
    'leave out --rehearse to enter a real one; `empire run` without -t can be rehearsed',
    'rehearsal-no-container',
  );

const noTerminal = (command: string): Failure =>
  new Failure(
    command,
    'it needs a terminal, and its input or its output is none',
    'run it where you type, without a pipe; `empire run` without -t needs no terminal',
    'terminal-missing',
  );

/** `file`: where the exit code of the command is written, since ECS Exec does not tell it. */
export const leavingCode = (command: readonly string[], file: string): string =>
  formatWords(['sh', '-c', `"$@"; code=$?; echo $code > ${file}; exit $code`, 'sh', ...command]);

/** Nobody else's. */
export const codeFile = (): string => `/tmp/.empire-${randomBytes(6).toString('hex')}`;

/** Enters a container and shows what is there, until its command ends. */
export async function enter(windows: Windows, plugin: string, place: ContainerPlace, command: string): Promise<PluginEnd> {
  const { runSessionPlugin } = await import('../../windows/session-plugin.js');
  return runSessionPlugin(plugin, await begin(windows, place, command), 'shown');
}

/** The exit code that a command left, and its file is removed. Undefined: it left none. */
export async function readCode(
  windows: Windows,
  plugin: string,
  place: ContainerPlace,
  file: string,
): Promise<number | undefined> {
  const { runSessionPlugin } = await import('../../windows/session-plugin.js');
  const command = formatWords(['sh', '-c', `echo "exit-code=$(cat ${file})="; rm -f ${file}`]);
  const { output } = await runSessionPlugin(plugin, await begin(windows, place, command), 'caught');
  const code = /exit-code=([0-9]{1,3})=/.exec(output)?.[1];
  return code === undefined ? undefined : Number(code);
}

async function begin({ services, clock }: Windows, { name, ...place }: ContainerPlace, command: string): Promise<ExecSession> {
  const begun = clock.now();
  for (;;) {
    const answer = await services.execute({ ...place, command });
    if (answer.kind === 'session') return answer.session;
    if (answer.kind !== 'not-ready' || clock.now() - begun > STARTING) throw refused(name, answer);
    await clock.sleep(TRY_AGAIN);
  }
}

function refused(
  name: string,
  { kind, reason }: { readonly kind: 'off' | 'not-ready' | 'gone'; readonly reason: string },
): Failure {
  if (kind === 'gone') return new Failure(name, 'it has stopped by now', 'see what runs: `empire ps`', 'task-gone');
  const [process] = name.split('.');
  if (kind === 'off' && process === 'run')
    return new Failure(
      name,
      'nobody may enter it: it began without a terminal',
      'begin another with `empire run -t`',
      'exec-off',
    );
  return kind === 'off'
    ? new Failure(
        name,
        'nobody may enter it: `exec` was off when it started',
        `say \`exec: yes\` for ${process} in the Procfile (and not \`read_only\`), then deploy: tasks that start then can be entered`,
        'exec-off',
      )
    : new Failure(
        name,
        `its agent for ECS Exec does not answer: ${reason}`,
        'try another task, or `empire run -t`',
        'exec-not-ready',
      );
}
