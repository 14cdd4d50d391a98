import { YAMLException } from 'js-yaml';
import type { Place } from '../../model/problem.js';
import type { Problems } from '../../problems.js';
import { excerpt } from '../excerpt.js';
import type { SourceText } from '../source-text.js';
import { Budget } from './budget.js';

/** Turns what js-yaml threw into one problem; what is not a YAML error is a bug and goes on. */
export function refuseSyntax(error: unknown, source: SourceText, problems: Problems): void {
  if (!(error instanceof YAMLException)) throw error;
  const offset = Math.min(error.mark?.position ?? 0, source.text.length);
  const place = source.place(offset);
  const cron = unquotedCron(source, offset);
  if (error.reason.startsWith('nesting exceeded')) new Budget(problems).refuseDepth(place);
  else if (cron !== undefined) refuseUnquotedCron(cron.text, source.place(cron.offset), problems);
  else refuseOther(error, place, lineAt(source.text, offset).text.trim(), problems);
}

function refuseOther(error: YAMLException, place: Place, line: string, problems: Problems): void {
  problems.error('yaml-syntax', place, `this is not YAML: ${reasonOf(error)}`, {
    ...(line === '' ? {} : { given: excerpt(line) }),
    hint: hintFor(error.reason),
  });
}

function refuseUnquotedCron(text: string, place: Place, problems: Problems): void {
  const given = excerpt(text);
  problems.error('yaml-unquoted-cron', place, `a schedule that begins with \`${given.charAt(0)}\` needs quotes in YAML`, {
    given,
    hint: `quote it: \`"${given}"\``,
  });
}

/** In YAML `*` begins an alias and `@` is reserved, so a bare schedule fails on its own line or at the start of the next. */
function unquotedCron(source: SourceText, offset: number): { text: string; offset: number } | undefined {
  const here = lineAt(source.text, offset);
  const before = lineAt(source.text, Math.max(here.offset - 1, 0));
  for (const line of [here, before]) {
    const match = SCHEDULE.exec(line.text);
    const text = match?.[2]?.trim();
    if (match !== null && text !== undefined) return { text, offset: line.offset + match.index + (match[1] as string).length };
  }
  return undefined;
}

const SCHEDULE = /((?:cron["']?[ \t]*:|^[ \t]*-|[[,])[ \t]*)(\*(?=[ \t/,\]}]|$)[0-9A-Za-z*/?#, \t-]*|@[a-z]+)/;

function lineAt(text: string, offset: number): { text: string; offset: number } {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', start);
  return { text: text.slice(start, end === -1 ? undefined : end).slice(0, 1000), offset: start };
}

function reasonOf(error: YAMLException): string {
  return error.reason.charAt(0).toLowerCase() + error.reason.slice(1).replace(/\.$/, '');
}

function hintFor(reason: string): string {
  if (reason.includes('tab character')) return 'indent with spaces; YAML does not allow tabs there';
  if (reason.includes('deficient indentation') || reason.includes('end of the stream')) {
    return 'look above for a quote or bracket that is not closed; if all are, indent this line';
  }
  if (reason.includes('indentation')) return 'give all keys of one mapping the same indentation, with a space after each `:`';
  if (reason.includes('non-printable')) return 'remove the control character, or write it as an escape in double quotes';
  return 'put text that holds `: `, ` #`, or begins with a special character, in quotes';
}
