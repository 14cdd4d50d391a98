import type { TaskState } from '../model/windows.js';

/** What a one-off task is at before its program runs, and when it is stopped. Empty: nothing worth a line. */
export function renderRunState({ status }: Pick<TaskState, 'status'>): string {
  switch (status) {
    case 'PROVISIONING':
      return 'getting a place to run';
    case 'PENDING':
      return 'pulling the image';
    case 'RUNNING':
      return 'running';
    case 'DEACTIVATING':
    case 'STOPPING':
      return 'stopping';
    default:
      return '';
  }
}

/** How the program ended; empty when it succeeded. `reason`: why, when it did not say itself. */
export function renderRunEnd(
  program: string | undefined,
  { code, reason }: { readonly code: number; readonly reason: string },
): string {
  const name = program === undefined ? 'it' : `\`${program}\``;
  if (code === 127 && reason !== '') return `${name} was not found in the image`;
  if (code === 126 && reason !== '') return `${name} is in the image, and cannot be executed`;
  if (code === 125 && reason !== '') return `${name} could not be run: ${reason}`;
  if (reason !== '') return `${name} ended with ${code}: ${reason}`;
  return code === 0 ? '' : `${name} ended with ${code}`;
}

/** A one-off task for programs. */
export interface RunView {
  readonly app: string;
  readonly environment: string;
  /** Whose task definition it has. */
  readonly process: string;
  readonly task: string;
  readonly id: string;
  readonly command: readonly string[];
  readonly detached: boolean;
  /** Null: nobody waited for it. */
  readonly exitCode: number | null;
  /** Why, when the program itself did not say. */
  readonly reason: string | null;
}
