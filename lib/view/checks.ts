import type { CheckResult } from '../model/check.js';
import { type Look, paint } from './look.js';

/** The answers of one app. */
export interface CheckedApp {
  readonly name: string;
  readonly checks: readonly CheckResult[];
}

const COLOUR = { OK: 'green', SKIP: 'dim', NO: 'red' } as const;

/** A tree: the app, under it each check with its answer, under a NO what to do. */
export function renderChecks(apps: readonly CheckedApp[], look: Look): string {
  return apps.map((app) => renderApp(app, look)).join('\n');
}

function renderApp({ name, checks }: CheckedApp, look: Look): string {
  const width = Math.max(...checks.map((check) => check.name.length));
  const lines = checks.map((check, index) => renderCheck(check, index === checks.length - 1, width, look));
  return `${name}\n${lines.join('')}`;
}

function renderCheck({ name, answer, subject, text, hint }: CheckResult, last: boolean, width: number, look: Look): string {
  const about = subject === '' ? '' : `${subject}: `;
  const head = `${last ? '└─' : '├─'} ${paint(answer.padEnd(4), COLOUR[answer], look)}  ${name.padEnd(width)}  ${about}${text}\n`;
  const below = hint === '' ? '' : `${last ? ' ' : '│'}        ${' '.repeat(width)}  hint: ${hint}\n`;
  return head + below;
}

/** One line at the end: `12 OK, 1 SKIP, 1 NO`. */
export function renderCheckTotal(apps: readonly CheckedApp[]): string {
  const all = apps.flatMap(({ checks }) => checks);
  const count = (answer: CheckResult['answer']) => all.filter((check) => check.answer === answer).length;
  return `${count('OK')} OK, ${count('SKIP')} SKIP, ${count('NO')} NO\n`;
}

export function checksJson(apps: readonly CheckedApp[]): object {
  return { apps: apps.map(({ name, checks }) => ({ name, ok: isFine(checks), checks })) };
}

export const isFine = (checks: readonly CheckResult[]): boolean => checks.every(({ answer }) => answer !== 'NO');
