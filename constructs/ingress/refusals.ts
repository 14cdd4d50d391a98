import type { App } from '../../lib/model/app.js';
import type { Given } from '../../lib/model/given.js';
import type { Place, Problem } from '../../lib/model/problem.js';
import { type ProblemDetail, problem } from '../../lib/problems.js';
import { processPointer } from '../resource.js';

/** Where something is refused: the file, and what in the App it is about, by which the compiler finds the line. */
export interface Subject {
  readonly place: Place;
  readonly pointer: Given<string>;
}

/** A problem whose line is known to who has the origins. */
export interface IngressProblem extends Problem {
  /** JSON pointer into the App. */
  readonly pointer: Given<string>;
}

const given = (value: string | undefined): Given<string> => (value === undefined ? { kind: 'none' } : { kind: 'given', value });

/** Collects what cannot be put behind a load balancer, so that all of it is shown together. */
export class Refusals {
  readonly all: IngressProblem[] = [];

  error(code: string, { place, pointer }: Subject, message: string, detail: ProblemDetail): void {
    this.all.push({ ...problem('error', code, place, message, detail), pointer });
  }
}

/** The committed file that gives every rule of a shared listener its number. */
export const LEDGER: Subject = { place: { kind: 'file', file: 'apps/ingress.lock' }, pointer: { kind: 'none' } };

const subject = (app: App, file: string, pointer: string | undefined): Subject => ({
  place: { kind: 'file', file: `apps/${app.name}/${file}` },
  pointer: given(pointer),
});

/** The ports of a process. */
export const inProcfile = (app: App, process: string): Subject =>
  subject(app, 'Procfile', processPointer(process, 'exposure', 'ports'));

/** One public name. */
export const inDomains = (app: App, process: string, name: string): Subject =>
  subject(app, 'domains', processPointer(process, 'exposure', 'domains', name));

/** All public names together. */
export const everyDomain = (app: App): Subject => subject(app, 'domains', undefined);
