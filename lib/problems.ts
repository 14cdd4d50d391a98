import type { Given } from './model/given.js';
import type { Place, Problem } from './model/problem.js';

/** What a problem says beside its place, code and message. */
export interface ProblemDetail {
  readonly given?: string;
  readonly allowed?: string;
  readonly hint: string;
}

const given = (value: string | undefined): Given<string> => (value === undefined ? { kind: 'none' } : { kind: 'given', value });

/** Collects problems while a file is read, so that all of them are shown together. */
export class Problems {
  readonly all: Problem[] = [];

  error(code: string, place: Place, message: string, detail: ProblemDetail): void {
    this.add('error', code, place, message, detail);
  }

  warning(code: string, place: Place, message: string, detail: ProblemDetail): void {
    this.add('warning', code, place, message, detail);
  }

  note(code: string, place: Place, message: string, detail: ProblemDetail): void {
    this.add('note', code, place, message, detail);
  }

  get refused(): boolean {
    return this.all.some((problem) => problem.severity === 'error');
  }

  private add(severity: Problem['severity'], code: string, place: Place, message: string, detail: ProblemDetail): void {
    this.all.push(problem(severity, code, place, message, detail));
  }
}

/** A problem with what was left out of its detail named as not given. */
export function problem(
  severity: Problem['severity'],
  code: string,
  place: Place,
  message: string,
  detail: ProblemDetail,
): Problem {
  return { severity, code, place, message, given: given(detail.given), allowed: given(detail.allowed), hint: detail.hint };
}
