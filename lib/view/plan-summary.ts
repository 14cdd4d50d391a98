import type { Plan, ProcessPlan } from '../model/plan.js';
import { renderNumber } from './columns.js';
import { renderAbout, renderChange } from './plan-words.js';

/** What a plan is about. */
export interface PlanSubject {
  /** The plan in one line. */
  readonly summary: string;
  /** What is no process's. */
  readonly whole: string;
}

export const subjectOf = (plan: Plan): PlanSubject => ({ summary: summarizePlan(plan), whole: 'the app' });

/** The same for the plan of a platform, which has no processes. */
export function platformSubject(plan: Plan): PlanSubject {
  const made = `a new platform of ${renderNumber(plan.resources.length, 'resource')}; ${renderAbout(plan.predictedSeconds)}`;
  return { summary: plan.kind === 'create' ? made : summarizePlan(plan), whole: 'the platform' };
}

/** A plan in one line: `web restarts (image v1 → v2), worker is scaled 1 → 2; about 90 s`. */
export function summarizePlan(plan: Plan): string {
  if (plan.kind === 'none') return 'nothing to change';
  return `${plan.kind === 'create' ? created(plan) : updated(plan)}; ${renderAbout(plan.predictedSeconds)}${leftOut(plan)}`;
}

const leftOut = ({ unpredicted }: Plan): string => (unpredicted.length === 0 ? '' : ` without ${listed(unpredicted)}`);

function created({ processes }: Plan): string {
  const names = processes.flatMap(({ name }) => (name === '' ? [] : [name]));
  return names.length === 0 ? 'a new app without processes' : `a new app with ${listed(names)}`;
}

function updated(plan: Plan): string {
  const groups = new Map<string, string[]>();
  for (const process of plan.processes.filter(({ name }) => name !== '')) {
    const said = sayings(process);
    groups.set(said, [...(groups.get(said) ?? []), process.name]);
  }
  const parts = [...groups].map(([said, names]) => `${listed(names)} ${names.length === 1 ? said : plural(said)}`);
  if (parts.length > 0) return parts.join(', ');
  return plan.resources.length === 0
    ? 'nothing that runs changes'
    : `${listed(plan.resources.map(({ id }) => id).slice(0, 3))}${more(plan)}`;
}

function more({ resources }: Plan): string {
  const rest = resources.length - 3;
  return `${rest > 0 ? ` and ${rest} more` : ''} ${resources.length === 1 ? 'changes' : 'change'}`;
}

/** `restarts (image v1 → v2)`, `is scaled 1 → 2`, `is new`. */
function sayings({ change, restarts, changes }: ProcessPlan): string {
  if (change !== 'changed') return change === 'added' ? 'is new' : 'is removed';
  const count = changes.find(({ kind }) => kind === 'count');
  const scaled = count === undefined ? '' : `is scaled ${renderChange(count).how}`;
  const details = changes.flatMap((one) => {
    if (one.kind === 'count' || one.kind === 'restart' || one.kind === 'other') return [];
    const { what, how } = renderChange(one);
    return [`${what} ${how}`];
  });
  const said = details.length > 0 || scaled !== '' ? details : otherDetails(changes);
  const why = said.length === 0 ? '' : ` (${said.join(', ')})`;
  if (restarts) return [`restarts${why}`, scaled].filter((part) => part !== '').join(' and ');
  return scaled === '' || details.length > 0 ? [`changes${why}`, scaled].filter((part) => part !== '').join(' and ') : scaled;
}

/** Why a process changes when no word of a manifest says it: properties, else what is new or gone; three at most. */
function otherDetails(changes: ProcessPlan['changes']): string[] {
  const others = changes.flatMap((one) => (one.kind === 'other' ? [one] : []));
  const properties = others.flatMap(({ property }) => (/^[A-Z]/.test(property) ? [property] : []));
  const things = others.map(({ resource, property }) => `${property === 'new' ? '+' : '-'} ${resource}`);
  return [...new Set(properties.length > 0 ? properties : things)].slice(0, 3);
}

const plural = (said: string): string =>
  said
    .replace(/^restarts/, 'restart')
    .replace(/^changes/, 'change')
    .replace(/^is /, 'are ')
    .replace(/ and is /, ' and are ');

/** `web`, `web and worker`, `a, b and c`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
