import { Failure } from '../failure.js';
import type { CheckResult } from '../model/check.js';
import { skip } from './answer.js';
import type { CheckInput } from './input.js';

/** One question about an app, or about a platform; it may have several subjects, as one secret each. Only reads. */
export interface Rule<Input = CheckInput> {
  /** Stable kebab-case name. */
  readonly name: string;
  readonly run: (input: Input) => Promise<readonly CheckResult[]>;
}

/** A permission that only this question needs must not stop a release that may well work: it is named, and the answer is SKIP. */
export async function runRule<Input>({ name, run }: Rule<Input>, input: Input): Promise<readonly CheckResult[]> {
  try {
    return await run(input);
  } catch (error) {
    if (error instanceof Failure && error.code === 'permission-denied') return [notAsked(name, '', error)];
    throw error;
  }
}

/** The same for one subject of several. */
export async function askedOr(name: string, subject: string, ask: () => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Failure && error.code === 'permission-denied') return notAsked(name, subject, error);
    throw error;
  }
}

const notAsked = (name: string, subject: string, { what }: Failure): CheckResult =>
  skip(name, subject, `could not be asked: ${what}`);
