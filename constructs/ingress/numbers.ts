import type { App } from '../../lib/model/app.js';
import type { Ledger } from '../../lib/model/ledger.js';
import type { Platform } from '../../lib/model/platform.js';
import { BANDS, inBand, probe } from './priorities.js';
import { LEDGER, type Refusals } from './refusals.js';
import type { IngressRule } from './rule.js';

/** Key of a rule on its listener. */
export const ruleKey = (rule: { readonly listener: string; readonly id: string }): string => `${rule.listener} ${rule.id}`;

/** The priority of each rule by `ruleKey`: from the ledger on shared listeners, from a hash on the app's own. */
export function numbersOf(
  app: App,
  platform: Platform,
  rules: readonly IngressRule[],
  ledger: Ledger,
  refusals: Refusals,
): ReadonlyMap<string, number> {
  return platform.loadBalancers === 'shared' ? ledgerNumbers(app, rules, ledger, refusals) : ownNumbers(rules);
}

/** Nobody else is on the app's own listeners, so a hash of the rule's id and a walk to the next free number decide. */
function ownNumbers(rules: readonly IngressRule[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  const taken = new Map<string, Set<number>>();
  for (const rule of rules) {
    const used = taken.get(rule.listener) ?? new Set<number>();
    taken.set(rule.listener, used);
    const number = probe(rule.rank, rule.id, used);
    if (number === undefined) continue;
    used.add(number);
    numbers.set(ruleKey(rule), number);
  }
  return numbers;
}

function ledgerNumbers(app: App, rules: readonly IngressRule[], ledger: Ledger, refusals: Refusals): ReadonlyMap<string, number> {
  const mine = numbersByApp(ledger).get(`${app.environment} ${app.name}`) ?? new Map<string, number>();
  const missing = rules.filter((rule) => !mine.has(ruleKey(rule)));
  if (missing.length > 0) {
    refusals.error(
      'ingress-lock-missing',
      LEDGER,
      `${missing.length} of the rules of \`${app.name}\` on shared listeners have no number`,
      {
        given: missing.map(ruleKey).join(', '),
        hint: 'run `empire synth` in the whole folder and commit `apps/ingress.lock`',
      },
    );
  }
  for (const rule of rules) refuseRank(app, rule, mine.get(ruleKey(rule)), refusals);
  return mine;
}

const read = new WeakMap<Ledger, ReadonlyMap<string, ReadonlyMap<string, number>>>();

/** Environment and app → rule key → number. Sorted out once per ledger: a thousand apps share it. */
function numbersByApp(ledger: Ledger): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const before = read.get(ledger);
  if (before !== undefined) return before;
  const apps = new Map<string, Map<string, number>>();
  for (const { environment, app, listener, rule, priority } of ledger) {
    const key = `${environment} ${app}`;
    const mine = apps.get(key) ?? new Map<string, number>();
    apps.set(key, mine.set(`${listener} ${rule}`, priority));
  }
  read.set(ledger, apps);
  return apps;
}

/** A number outside its rule's band would let a wildcard answer before an exact name, or traffic pass the maintenance page. */
function refuseRank(app: App, rule: IngressRule, number: number | undefined, refusals: Refusals): void {
  if (number === undefined || inBand(rule.rank, number)) return;
  refusals.error(
    'ingress-lock-band',
    LEDGER,
    `the number of \`${app.name} ${ruleKey(rule)}\` is outside the range of its kind of rule`,
    {
      given: String(number),
      allowed: `${BANDS[rule.rank].first} to ${BANDS[rule.rank].last} (${rule.rank})`,
      hint: 'remove the line and run `empire synth` in the whole folder',
    },
  );
}
