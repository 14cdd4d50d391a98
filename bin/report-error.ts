import { Refusal } from '../lib/commands/session/refusal.js';
import { Failure } from '../lib/failure.js';
import { didYouMean } from '../lib/parse/nearest.js';
import { failureAsJson, problemsAsError } from '../lib/view/error-json.js';
import { renderFailure } from '../lib/view/failure.js';
import { renderProblems } from '../lib/view/problem.js';

/** What oclif's own errors have; its classes are not all exported. */
interface OclifError extends Error {
  readonly oclif?: { readonly exit?: number | false };
  readonly flags?: readonly string[];
  readonly parse?: { readonly input?: { readonly flags?: object } };
}

/** Prints what went wrong and gives the exit code: 1 refused or failed, 2 wrong usage, 130 stopped by the person. */
export function reportError(error: unknown, words: readonly string[]): number {
  const oclif = error as OclifError;
  if (oclif.name !== 'Failure' && oclif.oclif?.exit === 0) return 0;
  const failure = error instanceof Failure ? error : isUsage(oclif) ? usageFailure(oclif) : ofSystem(error);
  if (failure === undefined) return reportBug(error);
  if (has(words, '--events')) process.stdout.write(`${JSON.stringify(asJson(failure))}\n`);
  else if (has(words, '--json')) process.stdout.write(`${JSON.stringify(asJson(failure), null, 2)}\n`);
  else process.stderr.write(failure instanceof Refusal ? renderProblems(failure.problems) : renderFailure(failure));
  return failure.code === 'interrupted' ? 130 : failure.code.startsWith('usage-') ? 2 : 1;
}

const asJson = (failure: Failure): object =>
  failure instanceof Refusal ? problemsAsError(failure.problems) : failureAsJson(failure);

function isUsage(error: OclifError): boolean {
  return error instanceof Error && error.oclif !== undefined;
}

function usageFailure(error: OclifError): Failure {
  const message = plain(error.message).replace(/^The following error occurred:\s*/i, '');
  const [flag] = error.flags ?? [];
  if (!message.startsWith('Nonexistent flag') || flag === undefined) {
    const lower = inOurWords(message.charAt(0).toLowerCase() + message.slice(1));
    return new Failure('empire', lower, 'add `-h` to see how it is used', 'usage-wrong');
  }
  const known = Object.keys(error.parse?.input?.flags ?? {}).map((name) => `--${name}`);
  const hint = didYouMean(flag, known, 'add `-h` to see the flags');
  return new Failure('empire', `there is no flag \`${flag}\` here`, hint, 'usage-unknown-flag');
}

/** oclif counts and lists; the first name is enough. */
const inOurWords = (message: string): string =>
  message
    .replace(/^missing \d+ required args?: (\S+).*$/, 'the argument `$1` is missing')
    .replace(/^missing required flag (\S+).*$/, 'the flag `--$1` is missing')
    .replace(/^unexpected arguments?: (\S+).*$/, '`$1` is one argument too many');

/** One line, without colours and oclif's advice to see more help. */
function plain(message: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins a colour
  const text = message.replaceAll(/\u001b\[[0-9;]*m/g, '');
  return (text.split('\nSee more help')[0] as string).replaceAll(/\s*\n\s*/g, ' ').trim();
}

/** What the disk says about a path is the person's to repair. */
function ofSystem(error: unknown): Failure | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined || path === undefined) return undefined;
  return new Failure(path, `cannot be used (${code})`, 'check that the path exists and that you may read and write it', 'disk');
}

/** Anything else is a defect of ours, so here the stack is what helps. */
function reportBug(error: unknown): number {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `error: this is a defect of empire\n${text}\n  hint: please report it with the command and the lines above\n`,
  );
  return 1;
}

/** Whether a flag stands before `--`. */
function has(words: readonly string[], flag: string): boolean {
  const end = words.indexOf('--');
  return (end === -1 ? words : words.slice(0, end)).includes(flag);
}
