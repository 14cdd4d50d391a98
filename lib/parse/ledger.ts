import type { Ledger, LedgerEntry } from '../model/ledger.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import type { SourceText } from './source-text.js';

const FORM = '<environment> <app> <listener> <rule> <priority>';
const REWRITE = 'restore the file from git; `empire synth` of the whole folder adds what is missing';
/** What each field may be, in order; the last is the priority, which has a range of its own. */
const FIELDS = [
  { name: 'environment', pattern: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/ },
  { name: 'app', pattern: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/ },
  { name: 'listener', pattern: /^[a-z]+-[0-9]+$/ },
  { name: 'rule', pattern: /^[A-Za-z][A-Za-z0-9]*$/ },
  { name: 'priority', pattern: /^[1-9][0-9]{0,4}$/ },
] as const;
const LARGEST_PRIORITY = 50_000;

/** Reads `apps/ingress.lock`: one line per listener rule. Lines may come in any order (a merge leaves them so). */
export function parseLedger(source: SourceText, problems: Problems): Ledger {
  const entries: LedgerEntry[] = [];
  const rules = new Map<string, Place>();
  const priorities = new Map<string, Place>();
  for (const { text, offset } of source.lines()) {
    if (text.trim() === '' || text.startsWith('#')) continue;
    const place = source.place(offset);
    const entry = parseLine(text, place, problems);
    if (entry === undefined) continue;
    const { environment, app, listener, rule, priority } = entry;
    const sameRule = firstOf(rules, `${environment} ${app} ${listener} ${rule}`, place);
    const samePriority = firstOf(priorities, `${environment} ${listener} ${priority}`, place);
    if (sameRule !== undefined) refuseRule(entry, place, sameRule, problems);
    else if (samePriority !== undefined) refusePriority(entry, place, samePriority, problems);
    else entries.push(entry);
  }
  return entries.sort(byRule);
}

/** The file's text: sorted, one line per rule. What it writes, `parseLedger` reads back exactly. */
export function formatLedger(ledger: Ledger): string {
  const lines = [...ledger].sort(byRule).map((each) => `${keyOf(each).join(' ')} ${each.priority}\n`);
  return lines.join('');
}

function parseLine(text: string, place: Place, problems: Problems): LedgerEntry | undefined {
  const words = text.trim().split(/[ \t]+/);
  if (words.length !== FIELDS.length) {
    const conflict = /^(<{7}|={7}|>{7}|\|{7})/.test(text);
    problems.error(
      'ledger-line',
      place,
      conflict ? 'a merge conflict that was not resolved' : 'this is not a line of the ledger',
      {
        given: text,
        allowed: FORM,
        hint: conflict ? 'keep the lines of both sides and remove the markers; two rules may not have one priority' : REWRITE,
      },
    );
    return undefined;
  }
  const wrong = FIELDS.findIndex(({ pattern }, index) => !pattern.test(words[index] as string));
  const priority = Number(words[4]);
  const at = wrong === -1 && priority > LARGEST_PRIORITY ? 4 : wrong;
  const [environment, app, listener, rule] = words as [string, string, string, string];
  if (at === -1) return { environment, app, listener, rule, priority };
  problems.error('ledger-field', place, `\`${words[at]}\` cannot be the ${FIELDS[at]?.name} of a line of the ledger`, {
    given: words[at] as string,
    allowed: at === 4 ? `1 to ${LARGEST_PRIORITY}` : FORM,
    hint: REWRITE,
  });
  return undefined;
}

function refuseRule({ rule, app }: LedgerEntry, place: Place, first: Place, problems: Problems): void {
  problems.error('ledger-duplicate-rule', place, `the rule \`${rule}\` of \`${app}\` has a line already, at ${shown(first)}`, {
    hint: 'keep the line that was deployed first and remove the other',
  });
}

function refusePriority({ priority, listener }: LedgerEntry, place: Place, first: Place, problems: Problems): void {
  problems.error(
    'ledger-duplicate-priority',
    place,
    `the priority ${priority} of \`${listener}\` is taken already, at ${shown(first)}`,
    {
      given: String(priority),
      allowed: 'one rule for each priority of a listener',
      hint: 'remove the line that was not deployed yet, and run `empire synth` to have a free number allotted',
    },
  );
}

function firstOf(seen: Map<string, Place>, key: string, place: Place): Place | undefined {
  const first = seen.get(key);
  if (first === undefined) seen.set(key, place);
  return first;
}

const shown = (place: Place): string => (place.kind === 'point' ? `${place.file}:${place.line}` : place.file);

const keyOf = (each: LedgerEntry): readonly [string, string, string, string] => [
  each.environment,
  each.app,
  each.listener,
  each.rule,
];

/** By environment, app, listener and rule, field by field and by code unit. */
function byRule(a: LedgerEntry, b: LedgerEntry): number {
  const left = keyOf(a);
  const right = keyOf(b);
  const at = left.findIndex((word, index) => word !== right[index]);
  if (at === -1) return a.priority - b.priority;
  return (left[at] as string) < (right[at] as string) ? -1 : 1;
}
