import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';

const PATTERN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const ALLOWED = '3 to 30 lower-case letters, digits and single dashes, starting with a letter, ending in a letter or digit';

/** Whether this can be the name of an app: it becomes a DNS label and a part of stack names. */
export function isAppName(name: string): boolean {
  return name.length >= 3 && name.length <= 30 && PATTERN.test(name) && name !== 'platform';
}

/** Refuses a directory name that cannot be an app's. */
export function checkAppName(name: string, place: Place, problems: Problems): void {
  if (isAppName(name)) return;
  if (name === 'platform') {
    problems.error('app-name-reserved', place, '`platform` is reserved: it names the shared ground', {
      given: name,
      hint: 'give the app another name',
    });
    return;
  }
  const proposal = proposeName(name);
  problems.error('app-name', place, `\`${name}\` is not a name for an app`, {
    given: name,
    allowed: ALLOWED,
    hint: isAppName(proposal) ? `rename the directory to \`${proposal}\`` : 'rename the directory',
  });
}

/** The nearest name that keeps the rules, if there is one. */
function proposeName(name: string): string {
  const dashed = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 30);
  const from = dashed.search(/[a-z]/);
  return from === -1 ? '' : dashed.slice(from).replace(/-$/, '');
}
