import type { Size } from '../model/app.js';
import type { Given } from '../model/given.js';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';
import { formatScaleCount, parseScaleCount, type ScaleCount } from './scale-count.js';
import { readScaleParts, refuseOffSize, type ScaleParts, splitScale } from './scale-line.js';

/** What one argument of `empire scale` asks for, relative counts already added up. */
export interface ScaleChange {
  readonly process: string;
  readonly count: Given<ScaleCount>;
  readonly size: Given<Size>;
}

/** The count that a process has now. */
export type CurrentCount = (process: string) => Given<ScaleCount>;

const NONE = { kind: 'none' } as const;
const PLACE: Place = { kind: 'file', file: 'empire scale' };

/** All arguments of `empire scale`; the same process twice is refused. */
export function parseScaleArguments(texts: readonly string[], current: CurrentCount, problems: Problems): ScaleChange[] {
  const changes = new Map<string, ScaleChange>();
  for (const text of texts) {
    const change = parseScaleArgument(text, current, problems);
    if (change.kind === 'none') continue;
    const { process } = change.value;
    if (changes.has(process)) {
      problems.error('scale-argument-duplicate', PLACE, `\`${process}\` is given twice`, {
        given: texts.join(' '),
        allowed: 'each process once',
        hint: 'keep one of the two',
      });
    }
    changes.set(process, change.value);
  }
  return [...changes.values()];
}

/** One argument of `empire scale`: as in the file, and also `=+n` and `=-n`, relative to the file's value. */
export function parseScaleArgument(text: string, current: CurrentCount, problems: Problems): Given<ScaleChange> {
  const before = problems.all.length;
  const at = () => PLACE;
  const parts = splitScale(text, at, problems);
  if (parts === undefined) return NONE;
  const step = parts.count.kind === 'given' ? /^[+-][0-9]{1,9}$/.exec(parts.count.value.text)?.[0] : undefined;
  const change = step === undefined ? absolute(parts, problems) : relative(parts, step, current(parts.process), problems);
  return problems.all.slice(before).some((problem) => problem.severity === 'error') ? NONE : { kind: 'given', value: change };
}

function absolute(parts: ScaleParts, problems: Problems): ScaleChange {
  const { count, size } = readScaleParts(parts, () => PLACE, problems);
  return { process: parts.process, count: withoutPlace(count), size: withoutPlace(size) };
}

function relative(parts: ScaleParts, step: string, current: Given<ScaleCount>, problems: Problems): ScaleChange {
  const { process } = parts;
  const { size } = readScaleParts({ process, count: NONE, size: parts.size }, () => PLACE, problems);
  const count = added(process, step, current, problems);
  if (count.kind === 'given' && count.value.kind === 'off' && parts.size.kind === 'given')
    refuseOffSize(process, PLACE, problems);
  return { process, count, size: withoutPlace(size) };
}

function added(process: string, step: string, current: Given<ScaleCount>, problems: Problems): Given<ScaleCount> {
  if (current.kind === 'none' || current.value.kind !== 'fixed') {
    const now = current.kind === 'none' ? 'not set' : `\`${formatScaleCount(current.value)}\``;
    problems.error(
      'scale-relative-to-what',
      PLACE,
      `\`${process}=${step}\` is relative, and the count of \`${process}\` is ${now}`,
      {
        given: `${process}=${step}`,
        allowed: 'relative changes of a fixed count',
        hint:
          step === '-1'
            ? `say how many: \`${process}=1\`, or \`${process}=off\``
            : `say how many: \`${process}=${step.slice(1)}\``,
      },
    );
    return NONE;
  }
  const tasks = current.value.tasks + Number(step);
  if (tasks >= 0) return parseScaleCount(`${tasks}`, process, PLACE, problems);
  problems.error('scale-below-zero', PLACE, `\`${process}=${step}\` is fewer than none: it has ${current.value.tasks}`, {
    given: `${process}=${step}`,
    allowed: `\`-${current.value.tasks}\` at most`,
    hint: `say how many: \`${process}=0\``,
  });
  return NONE;
}

function withoutPlace<T>(given: Given<{ readonly value: T }>): Given<T> {
  return given.kind === 'none' ? NONE : { kind: 'given', value: given.value.value };
}
