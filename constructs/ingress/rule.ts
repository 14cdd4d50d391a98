import type { Scheme } from './exposed.js';
import type { Rank } from './priorities.js';

/** What a request must look like. `hosts` none: any request. */
export interface Condition {
  readonly hosts: readonly string[];
  /** Only requests that carry the test header. */
  readonly test: boolean;
}

export type RuleAction =
  | { readonly kind: 'forward'; readonly group: string; readonly shifts: boolean }
  | { readonly kind: 'redirect' }
  | { readonly kind: 'maintenance' };

/** One rule of one listener of an app, as both the ledger and the template see it. */
export interface IngressRule {
  /** Logical id. */
  readonly id: string;
  /** `internal-80`, `public-443`, … */
  readonly listener: string;
  readonly scheme: Scheme;
  readonly port: number;
  readonly rank: Rank;
  /** The process, or none for a rule of the whole app. */
  readonly process: string | undefined;
  readonly condition: Condition;
  readonly action: RuleAction;
  readonly from: readonly string[];
  /** False: only its number is kept (the maintenance page of an app that is not in maintenance). */
  readonly active: boolean;
}

/** Where a rule is. */
export const at = (scheme: Scheme, port: number): Pick<IngressRule, 'scheme' | 'port' | 'listener'> => ({
  scheme,
  port,
  listener: `${scheme}-${port}`,
});

/** The rule by which a new revision is tried before it gets traffic: the production rule's requests, with the test header. */
export const testRule = (production: IngressRule): IngressRule => ({
  ...production,
  id: testRuleId(production.id),
  rank: 'test',
  condition: { ...production.condition, test: true },
});

/** `WebProductionRule80` → `WebTestRule80` */
export const testRuleId = (productionRuleId: string): string => productionRuleId.replace('ProductionRule', 'TestRule');
