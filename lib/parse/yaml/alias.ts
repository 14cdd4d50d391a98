import type { Place } from '../../model/problem.js';
import type { Problems } from '../../problems.js';
import { excerpt } from '../excerpt.js';
import { nearest } from '../nearest.js';

/** An alias that stands for nothing. */
export interface LostAlias {
  readonly name: string;
  /** Whether it stands inside the value that its own anchor marks. */
  readonly inside: boolean;
  readonly known: readonly string[];
  readonly place: Place;
}

export function refuseAlias({ name, inside, known, place }: LostAlias, problems: Problems): void {
  const alias = `*${excerpt(name)}`;
  const near = inside || name.length > 60 ? undefined : nearest(name, known);
  problems.error(
    'yaml-unknown-alias',
    place,
    inside
      ? `the alias \`${alias}\` stands inside what it refers to`
      : `there is no anchor \`&${excerpt(name)}\` above this alias`,
    {
      given: alias,
      ...(known.length === 0
        ? {}
        : {
            allowed: known
              .slice(0, 10)
              .map((key) => `\`*${key}\``)
              .join(', '),
          }),
      hint:
        near === undefined
          ? 'mark the value with `&name` before it is used, or put the text in quotes if `*` belongs to it'
          : `did you mean \`*${near}\`?`,
    },
  );
}
