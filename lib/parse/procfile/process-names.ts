import type { Place } from '../../model/problem.js';
import type { Problems } from '../../problems.js';

export const PROCESS_NAME = /^[a-z]([a-z0-9_-]{0,28}[a-z0-9])?$/;
export const PROCESS_NAME_RULE =
  '1-30 lower-case letters, digits, `_` and `-`, beginning with a letter, ending with a letter or digit';

const RESERVED = new Map([
  ['run', '`empire run` has a task definition of its own with this name'],
  ['app', 'resources of the whole app begin with it'],
]);

/** Logical ids drop `_` and `-`, so names that differ only there would meet. */
export const comparableName = (name: string): string => name.replaceAll(/[_-]/g, '');

/** Refuses names that are malformed, reserved or too like an earlier one. One instance sees one Procfile. */
export class ProcessNames {
  private readonly taken = new Map<string, string>();

  constructor(private readonly problems: Problems) {}

  accepts(name: string, place: Place): boolean {
    return this.wellFormed(name, place) && this.notReserved(name, place) && this.unique(name, place);
  }

  private wellFormed(name: string, place: Place): boolean {
    if (PROCESS_NAME.test(name)) return true;
    const lower = name.toLowerCase();
    this.problems.error('process-name', place, `\`${name}\` is not a name of a process`, {
      given: name,
      allowed: PROCESS_NAME_RULE,
      hint: PROCESS_NAME.test(lower) ? `did you mean \`${lower}\`?` : 'rename the process',
    });
    return false;
  }

  private notReserved(name: string, place: Place): boolean {
    const reason = RESERVED.get(name);
    if (reason === undefined) return true;
    this.problems.error('process-name-reserved', place, `\`${name}\` cannot be the name of a process: ${reason}`, {
      given: name,
      hint: 'rename the process',
    });
    return false;
  }

  private unique(name: string, place: Place): boolean {
    const short = comparableName(name);
    const earlier = this.taken.get(short);
    if (earlier === undefined) {
      this.taken.set(short, name);
      return true;
    }
    this.problems.error('process-name-clash', place, `\`${name}\` is too like \`${earlier}\``, {
      given: name,
      allowed: 'names that differ in more than `_` and `-`',
      hint: earlier === name ? 'remove one of the two' : 'rename one of the two',
    });
    return false;
  }
}
