import { Failure } from '../../failure.js';
import type { Plan, PlanFinding } from '../../model/plan.js';
import { interview, isAsked } from './ask.js';
import type { Change } from './change.js';
import type { ReleaseFlags } from './flags.js';

/** What `--allow` calls a finding. */
export type Allowance = 'data-loss' | 'broader' | 'downtime';

const ALLOWANCES: Readonly<Record<PlanFinding['kind'], Allowance | undefined>> = {
  'data-loss': 'data-loss',
  'broader-permissions': 'broader',
  'broader-network': 'broader',
  downtime: 'downtime',
  note: undefined,
};

/** Findings that need somebody's word and have none yet. */
export function unapproved(plan: Plan, allow: readonly string[]): readonly PlanFinding[] {
  return plan.findings.filter(({ kind }) => {
    const allowance = ALLOWANCES[kind];
    return allowance !== undefined && !allow.includes(allowance);
  });
}

/** Whether somebody answers questions now. */
export function canAsk(flags: ReleaseFlags): boolean {
  return isAsked() && !flags.yes && !flags.json && !flags.events;
}

export interface Approval {
  readonly plan: Plan;
  readonly asks: Change['asks'];
  readonly flags: ReleaseFlags;
  /** Values that the running release has from an uncommitted tree, and that would be undone. */
  readonly undone: readonly string[];
  /** `Deploy acme-inc?` */
  readonly question: string;
}

/**
 * Asks a terminal when there is something to ask, and elsewhere refuses what needs a flag.
 *
 * @returns what is allowed, for the record
 * @throws Failure `not-allowed`: a finding needs `--allow`; `would-undo`: needs `--yes`; `interrupted`: the answer was no
 */
export async function approve({ plan, asks, flags, undone, question }: Approval): Promise<readonly string[]> {
  const allowed = [...flags.allow, ...(flags.force ? ['force'] : [])];
  const open = unapproved(plan, flags.allow);
  if (canAsk(flags)) {
    if (asks === 'destructive' && open.length === 0 && undone.length === 0) return allowed;
    await askForYes(question);
    return [...new Set([...allowed, ...open.map(({ kind }) => ALLOWANCES[kind] as Allowance)])];
  }
  if (open.length > 0) throw notAllowed(open);
  if (undone.length > 0 && !flags.yes) throw wouldUndo(undone);
  return allowed;
}

async function askForYes(question: string): Promise<void> {
  const answer = await interview((ask) => ask(`${question} (yes/no)`, 'no'));
  if (/^y(es)?$/i.test(answer)) return;
  throw new Failure('empire', 'nothing was changed', 'answer `yes` to go on', 'declined');
}

function notAllowed(open: readonly PlanFinding[]): Failure {
  const first = open[0] as PlanFinding;
  const more = open.length === 1 ? '' : ` (and ${open.length - 1} more above)`;
  const flags = [...new Set(open.map(({ kind }) => `--allow ${ALLOWANCES[kind]}`))].join(' ');
  return new Failure(first.resource, `${first.text}${more}`, `if that is meant, add \`${flags}\``, 'not-allowed');
}

function wouldUndo(undone: readonly string[]): Failure {
  return new Failure('deploy', undone.join('; '), 'commit what runs, or add `--yes` to undo it', 'would-undo');
}

/** What destroys asks for the name: typed on a terminal, elsewhere `--confirm`. */
export async function confirmName(name: string, what: string, confirmed: string | undefined): Promise<void> {
  if (confirmed === name) return;
  if (confirmed !== undefined)
    throw new Failure('--confirm', `\`${confirmed}\` is not \`${name}\``, `write \`--confirm ${name}\``, 'usage-confirm');
  if (!isAsked())
    throw new Failure(what, 'this cannot be undone', `to go on, add \`--confirm ${name}\``, 'usage-confirm-missing');
  const answer = await interview((ask) => ask(`${what} cannot be undone. Type \`${name}\` to go on`, ''));
  if (answer !== name) throw new Failure(what, 'nothing was changed', `type \`${name}\` to go on`, 'declined');
}
