/**
 * A command that cannot go on, in a person's words. The only error class; anything else that is thrown is a bug.
 *
 * `where` is a file, a resource or a command; `hint` says what to do and is required.
 */
export class Failure extends Error {
  constructor(
    readonly where: string,
    readonly what: string,
    readonly hint: string,
    /** Stable kebab-case name for programs (`--json`). */
    readonly code = 'failed',
  ) {
    super(`${where}: ${what}`);
    this.name = 'Failure';
  }
}

/** Whether a failed call to the outside may pass by itself. A call that changes something may have been carried out all the same. */
export function isTransient(error: unknown): boolean {
  return error instanceof Failure && TRANSIENT.has(error.code);
}

const TRANSIENT: ReadonlySet<string> = new Set(['throttled', 'outside-broken', 'network']);
