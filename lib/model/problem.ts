import type { Given } from './given.js';

/** Where a problem or a value is: a point in a file, a whole file, or nowhere in particular. */
export type Place =
  | { readonly kind: 'point'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly kind: 'file'; readonly file: string };

/**
 * One thing that is wrong, or worth knowing. `error` stops the compilation; `warning` and `note` do not.
 * Texts are lower case at the beginning and have no final period.
 */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'note';
  /** Stable kebab-case name, e.g. `scale-unknown-process`. Every error code has a broken fixture. */
  readonly code: string;
  /** `file` is relative to the root of the user's repository, with forward slashes; line and column are 1-based, in code points. */
  readonly place: Place;
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What was written. */
  readonly given: Given<string>;
  /** What may be written instead. */
  readonly allowed: Given<string>;
  /** What to do. Required: a message without a way out is half a message. */
  readonly hint: string;
}

/** Where a value of the model came from. */
export type Origin =
  | { readonly kind: 'default' }
  | {
      readonly kind: 'written';
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly over: readonly Origin[];
    };

/**
 * JSON pointer into the App → where that value was written. Elements of lists with a `name` are addressed by it
 * (`/processes/web/command`, `/variables/RAILS_ENV`). A pointer that is missing takes its nearest ancestor's origin;
 * with no written ancestor it is a default.
 */
export type Origins = ReadonlyMap<string, Origin>;
