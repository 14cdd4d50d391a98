/** One answer of `check`. SKIP: it does not apply, or could not be asked for a reason that is said. */
export interface CheckResult {
  /** Stable kebab-case name, e.g. `image-exists`. */
  readonly name: string;
  readonly answer: 'OK' | 'SKIP' | 'NO';
  /** What was looked at: `remind101/acme-inc:v2`. Empty when the name says it. */
  readonly subject: string;
  /** What was found, a sentence without final period; for NO, what is wrong. */
  readonly text: string;
  /** For NO: what to do. Otherwise empty. */
  readonly hint: string;
  /** For NO: the code of the failure when a deploy stops for it. */
  readonly code: string;
}
