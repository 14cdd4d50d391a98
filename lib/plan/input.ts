import type { Given } from '../model/given.js';
import type { PinnedReference } from '../model/release.js';
import type { SourceMap } from '../model/template.js';

/** What is compared. */
export interface PlanInput {
  /** The template body of the stack; none: there is no stack yet. */
  readonly before: Given<string>;
  readonly after: string;
  readonly sourceMap: SourceMap;
  readonly sourceMapBefore: Given<SourceMap>;
  /** By name. A parameter that `after` leaves out keeps its value. */
  readonly parameters: Values;
  /** Resolved values of the platform's SSM parameters, by template parameter. */
  readonly platform: Values;
}

export interface Values {
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
}

/** What a plan may say in words: this room knows no files. */
export interface PlanWords {
  /** Whether the value of a variable (for a word of a command the name is empty) must not be shown. */
  readonly hides: (name: string, value: string) => boolean;
  /** Images as they were written, so that `v1 → v2` can be said of digests. */
  readonly references: { readonly before: readonly PinnedReference[]; readonly after: readonly PinnedReference[] };
}

/** Without anybody's word for it every value of a variable is hidden. */
export const CAREFUL: PlanWords = { hides: (name) => name !== '', references: { before: [], after: [] } };
