import type { Given } from '../model/given.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';

/** How many tasks of a process are asked for. */
export type ScaleCount =
  | { readonly kind: 'fixed'; readonly tasks: number }
  | { readonly kind: 'range'; readonly min: number; readonly max: number }
  | { readonly kind: 'off' };

/** What ECS runs at most in one service. */
const MAX_TASKS = 5000;
const NONE = { kind: 'none' } as const;

/** `2`, `2-10`, `off`, or `-1` for `off`. */
export function parseScaleCount(text: string, process: string, place: Place, problems: Problems): Given<ScaleCount> {
  if (/^off$/i.test(text)) return { kind: 'given', value: { kind: 'off' } };
  if (text === '-1') {
    problems.note('scale-minus-one', place, `\`${process}=-1\` is read as \`${process}=off\``, {
      hint: `write \`${process}=off\``,
    });
    return { kind: 'given', value: { kind: 'off' } };
  }
  const [, first, second] = /^([0-9]{1,9})(?:-([0-9]{1,9}))?$/.exec(text) ?? [];
  if (first === undefined) return refuseCount(text, process, place, problems);
  const min = Number(first);
  const max = second === undefined ? min : Number(second);
  if (max > MAX_TASKS || min > MAX_TASKS) return refuseCount(text, process, place, problems);
  if (second === undefined) return { kind: 'given', value: { kind: 'fixed', tasks: min } };
  if (min < max) return { kind: 'given', value: { kind: 'range', min, max } };
  problems.error('scale-range', place, `the range \`${text}\` does not grow`, {
    given: text,
    allowed: 'a range whose first number is the smaller one',
    hint: min === max ? `write \`${process}=${min}\` for a fixed count` : `did you mean \`${process}=${max}-${min}\`?`,
  });
  return NONE;
}

/** The text that `parseScaleCount` reads back. */
export function formatScaleCount(count: ScaleCount): string {
  switch (count.kind) {
    case 'fixed':
      return `${count.tasks}`;
    case 'range':
      return `${count.min}-${count.max}`;
    case 'off':
      return 'off';
  }
}

function refuseCount(text: string, process: string, place: Place, problems: Problems): Given<never> {
  problems.error('scale-count', place, `\`${text}\` is not a count`, {
    given: text,
    allowed: `0 to ${MAX_TASKS}, a range such as \`2-10\`, or \`off\``,
    hint: `write for example \`${process}=2\``,
  });
  return NONE;
}
