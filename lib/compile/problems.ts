import type { Given } from '../model/given.js';
import type { Place, Problem } from '../model/problem.js';

interface Detail {
  readonly given?: string;
  readonly allowed?: string;
  readonly hint: string;
}

const given = (value: string | undefined): Given<string> => (value === undefined ? { kind: 'none' } : { kind: 'given', value });

/** Collects what the compiler has to say about one app. */
export class CompileProblems {
  readonly all: Problem[] = [];

  error(code: string, place: Place, message: string, detail: Detail): void {
    this.add('error', code, place, message, detail);
  }

  note(code: string, place: Place, message: string, detail: Detail): void {
    this.add('note', code, place, message, detail);
  }

  get refused(): boolean {
    return this.all.some(({ severity }) => severity === 'error');
  }

  private add(severity: Problem['severity'], code: string, place: Place, message: string, detail: Detail): void {
    this.all.push({
      severity,
      code,
      place,
      message,
      given: given(detail.given),
      allowed: given(detail.allowed),
      hint: detail.hint,
    });
  }
}
