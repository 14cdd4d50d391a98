/** One line of `apps/ingress.lock`: a listener-rule priority that belongs to one app, rule and listener for ever. */
export interface LedgerEntry {
  readonly environment: string;
  readonly app: string;
  /** The shared listener: `internal-80`, `public-80`, `public-443`. */
  readonly listener: string;
  /** The logical id of the rule in the app's template. */
  readonly rule: string;
  /** 1 to 50,000, unique per environment and listener. */
  readonly priority: number;
}

/** Sorted by environment, app, listener, rule. */
export type Ledger = readonly LedgerEntry[];
