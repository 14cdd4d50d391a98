import { Failure } from '../failure.js';

export const unreadable = (path: string, why: string): Failure =>
  new Failure(path, `cannot be read: ${why}`, 'start with an empty account: empire rehearsal reset', 'rehearsal-unreadable');

export const unwritable = (path: string, error: unknown): Failure =>
  new Failure(
    path,
    `cannot be written: ${codeOf(error)}`,
    'a rehearsal keeps its account in `.empire/` beside the apps; make that folder writable',
    'rehearsal-unwritable',
  );

export const lockHeld = (path: string): Failure =>
  new Failure(path, 'another process holds the rehearsal', `end it, or remove ${path}`, 'rehearsal-locked');

export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
