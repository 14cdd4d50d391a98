import { groupsOf } from '../../constructs/ingress/groups.js';
import { BALANCER_LIMITS, type Load, loadOf, WORDS } from '../../constructs/ingress/limits.js';
import { probe } from '../../constructs/ingress/priorities.js';
import { everyDomain, LEDGER, Refusals } from '../../constructs/ingress/refusals.js';
import type { IngressRule } from '../../constructs/ingress/rule.js';
import { rulesOf } from '../../constructs/ingress/rules.js';
import type { App } from '../model/app.js';
import type { Ledger, LedgerEntry } from '../model/ledger.js';
import type { Platform } from '../model/platform.js';
import type { Problem } from '../model/problem.js';
import { placed } from './ingress-places.js';

interface PlacedApp {
  readonly app: App;
  readonly platform: Platform;
}

/**
 * Gives every rule on a shared listener its number for ever. Old numbers are kept, also of rules that are gone; a new one is looked
 * for from the hash of the rule's full name, so that two branches rarely meet and the order of apps hardly matters.
 */
export function allotLedger(input: { readonly ledger: Ledger; readonly apps: readonly PlacedApp[] }): {
  readonly ledger: Ledger;
  readonly problems: readonly Problem[];
} {
  const refusals = new Refusals();
  const shared = input.apps
    .filter(({ platform }) => platform.loadBalancers === 'shared')
    .map(({ app, platform }) => ({ app, rules: rulesOf(app, platform) }))
    .sort((a, b) => order(a.app.environment, b.app.environment) || order(a.app.name, b.app.name));
  const book = new Book(input.ledger, refusals);
  for (const { app, rules } of shared) for (const rule of rules) book.allot(app, rule, refusals);
  refuseOverfull(shared, refusals);
  return { ledger: book.entries.sort(byRule), problems: placed(refusals.all, new Map()) };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const nameOf = ({ environment, app, listener, rule }: Omit<LedgerEntry, 'priority'>): string =>
  `${environment} ${app} ${listener} ${rule}`;

const byRule = (a: LedgerEntry, b: LedgerEntry): number =>
  order(a.environment, b.environment) || order(a.app, b.app) || order(a.listener, b.listener) || order(a.rule, b.rule);

/** The ledger while it is written: which rules have a number, and which numbers are taken on which listener. */
class Book {
  readonly entries: LedgerEntry[];
  private readonly known = new Set<string>();
  private readonly taken = new Map<string, Map<number, LedgerEntry>>();

  constructor(ledger: Ledger, refusals: Refusals) {
    this.entries = [...ledger];
    for (const entry of ledger) this.enter(entry, refusals);
  }

  allot(app: App, rule: IngressRule, refusals: Refusals): void {
    const entry = { environment: app.environment, app: app.name, listener: rule.listener, rule: rule.id };
    const name = nameOf(entry);
    if (this.known.has(name)) return;
    const priority = probe(rule.rank, name, this.on(entry));
    if (priority === undefined) {
      refusals.error('ingress-band-full', LEDGER, `no number is free for \`${name}\` among those of ${rule.rank} rules`, {
        hint: 'free the numbers of rules that are gone with `empire synth --compact-ingress`',
      });
      return;
    }
    this.entries.push({ ...entry, priority });
    this.enter({ ...entry, priority }, refusals);
  }

  private enter(entry: LedgerEntry, refusals: Refusals): void {
    const there = this.on(entry);
    const other = there.get(entry.priority);
    if (other !== undefined && nameOf(other) !== nameOf(entry)) {
      refusals.error('ingress-lock-clash', LEDGER, `two rules have the number ${entry.priority} on \`${entry.listener}\``, {
        given: `${nameOf(other)}, ${nameOf(entry)}`,
        allowed: 'one rule per number, environment and listener',
        hint: 'remove the line that was never deployed and run `empire synth` in the whole folder',
      });
    }
    there.set(entry.priority, entry);
    this.known.add(nameOf(entry));
  }

  private on({ environment, listener }: { readonly environment: string; readonly listener: string }): Map<number, LedgerEntry> {
    const key = `${environment} ${listener}`;
    const there = this.taken.get(key) ?? new Map<number, LedgerEntry>();
    this.taken.set(key, there);
    return there;
  }
}

/** What all apps of an environment together put on a shared balancer, against what AWS gives. */
function refuseOverfull(
  shared: readonly { readonly app: App; readonly rules: readonly IngressRule[] }[],
  refusals: Refusals,
): void {
  const sums = new Map<string, { load: Load; last: App }>();
  for (const { app, rules } of shared) {
    const groups = groupsOf(app, rules);
    for (const scheme of ['internal', 'public'] as const) {
      const key = `${app.environment} ${scheme}`;
      const load = loadOf(app, scheme, rules, groups);
      const sum = sums.get(key)?.load ?? { rules: 0, groups: 0, certificates: 0 };
      sums.set(key, { load: add(sum, load), last: app });
    }
  }
  for (const [key, { load, last }] of sums) {
    const scheme = key.endsWith(' public') ? 'public' : 'internal';
    for (const what of ['rules', 'groups', 'certificates'] as const) {
      if (load[what] <= BALANCER_LIMITS[what]) continue;
      refusals.error(
        'ingress-shared-overfull',
        everyDomain(last),
        `too many ${WORDS[what]} for the shared ${scheme} load balancer`,
        {
          given: `${load[what]} of all apps together`,
          allowed: `${BALANCER_LIMITS[what]}`,
          hint: 'take away public names or apps, or set `LOAD_BALANCERS=per-app` in the platform file',
        },
      );
    }
  }
}

const add = (a: Load, b: Load): Load => ({
  rules: a.rules + b.rules,
  groups: a.groups + b.groups,
  certificates: a.certificates + b.certificates,
});
