import type { Problems } from '../../problems.js';
import { isTimezone, parseCron } from '../cron.js';
import type { YamlNode } from '../yaml/node.js';
import { asScalar, type Reader } from './reader.js';
import type { WrittenCron } from './written-process.js';

const WANTED = 'a quoted cron expression, or a list of them';

/** One expression, converted to the scheduler's dialect. */
export const cronExpression: Reader<WrittenCron> = {
  read(node, what, problems) {
    const scalar = asScalar(node, what, WANTED, problems);
    if (scalar === undefined) return undefined;
    const expression = parseCron(scalar.text, scalar.place, problems);
    return expression.kind === 'none' ? undefined : { written: scalar.text, expression: expression.value, place: scalar.place };
  },
  schema: { type: 'string' },
};

/** `cron`: a scheduled process. */
export const cron: Reader<readonly WrittenCron[]> = {
  read(node, what, problems) {
    const items: readonly YamlNode[] = node.kind === 'list' ? node.items : [node];
    const found = items.flatMap((item) => cronExpression.read(item, what, problems) ?? []);
    if (items.length === 0) {
      problems.error('cron-empty', node.place, `\`${what}\` has no expression`, {
        hint: 'add one such as `"0 4 * * *"`, or remove the key',
      });
    }
    refuseTwice(found, problems);
    return found.length === 0 ? undefined : found;
  },
  schema: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }] },
};

function refuseTwice(found: readonly WrittenCron[], problems: Problems): void {
  const seen = new Set<string>();
  for (const { expression, written, place } of found) {
    if (seen.has(expression)) {
      problems.error('cron-twice', place, `the schedule \`${written}\` is written twice`, {
        given: written,
        hint: 'remove one; for two tasks per tick write `name=2` in `scale`',
      });
    }
    seen.add(expression);
  }
}

/** `timezone`: an IANA name. */
export const timezone: Reader<string> = {
  read(node, what, problems) {
    const scalar = asScalar(node, what, 'an IANA time zone such as `Europe/Berlin`', problems);
    if (scalar === undefined || isTimezone(scalar.text)) return scalar?.text;
    problems.error('timezone-unknown', scalar.place, `\`${scalar.text}\` is not a time zone`, {
      given: scalar.text,
      allowed: 'an IANA name',
      hint: 'write it as in the IANA list, such as `Europe/Berlin` or `UTC`',
    });
    return undefined;
  },
  schema: { type: 'string' },
};
