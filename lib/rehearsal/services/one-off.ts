import type { SimulatedTask } from './state.js';

/**
 * What the command of a one-off task does, as far as a rehearsal pretends it: `echo` says its words, `false` and `exit 3` end so, and a
 * program whose name ends in `-missing` is not in the image. Everything else says that it runs, and succeeds.
 */
export function exitCodeOf(command: string): number {
  if (/^(\S*\/)?false$/.test(command)) return 1;
  const said = /(?:^|[\s;&])exit ([0-9]{1,3})$/.exec(command)?.[1];
  return said === undefined ? 0 : Number(said) & 255;
}

/** What `echo` says; undefined for another command. */
export const echoOf = (command: string): string | undefined => /^echo (.*)$/s.exec(command)?.[1];

/**
 * In runc's words, as ECS hands them on.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export function commandFailure({ service, command }: SimulatedTask): string | undefined {
  const [program = ''] = command.split(' ');
  if (service !== null || !program.endsWith('-missing')) return undefined;
  return `CannotStartContainerError: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "${program}": executable file not found in $PATH: unknown`;
}
