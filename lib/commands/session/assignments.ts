import { Failure } from '../../failure.js';
import { parseEnv } from '../../parse/env.js';
import { SourceText } from '../../parse/source-text.js';
import { hasErrors } from '../../pipeline.js';
import { Problems } from '../../problems.js';
import { Refusal } from './refusal.js';

/** `A=1 B=2` → values by name. */
export function parseAssignments(words: readonly string[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals <= 0) {
      const name = word.replace(/=.*/, '') || 'NAME';
      const hint = `write \`empire set ${name}=value\`, or pipe the value in with \`empire set --stdin ${name}\``;
      throw new Failure('set', `\`${word}\` has no value`, hint, 'usage-set-value');
    }
    const name = word.slice(0, equals);
    if (values.has(name)) throw new Failure('set', `\`${name}\` is given twice`, 'keep one of the two', 'usage-set-twice');
    values.set(name, word.slice(equals + 1));
  }
  return values;
}

/** The values in the text of a file in the dialect of `env`; comments, secrets among them, say nothing. */
export function parseLoaded(file: string, text: string): Map<string, string> {
  const problems = new Problems();
  const source = new SourceText(file, text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
  const { entries } = parseEnv(source, false, problems);
  if (hasErrors(problems.all)) throw new Refusal(problems.all);
  return new Map(entries.map(({ name, value }) => [name, value]));
}
