import type { Place } from '../model/problem.js';
import type { Template } from '../model/template.js';
import type { Problems } from '../problems.js';

/** Parameters and resources share one set of logical ids; two makers of one id would silently be one thing. */
export function checkIds({ parameters, resources }: Template, place: Place, problems: Problems): void {
  const makers = new Map<string, string>();
  const all = [
    ...parameters.map(({ id }): [string, string] => [id, 'a stack parameter']),
    ...resources.map(({ id, type, from }): [string, string] => [id, `${type} (${from[0] ?? 'the app'})`]),
  ];
  for (const [id, maker] of all) {
    const other = makers.get(id);
    makers.set(id, maker);
    if (other === undefined) continue;
    problems.error('resource-id-twice', place, `two things would be named \`${id}\` in the template`, {
      given: `${other} and ${maker}`,
      hint: 'rename one of the processes or ports that make them',
    });
  }
}
