import type { Given } from '../model/given.js';

let known: Given<string> = { kind: 'none' };

/** Says which code this is, by a hash of all of it. */
export function nameCompiler(hash: string): void {
  known = { kind: 'given', value: hash };
}

/** None: the code has no hash (it runs as many files), so nothing can be remembered under it. */
export const compilerHash = (): Given<string> => known;
