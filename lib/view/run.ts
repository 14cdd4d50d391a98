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
