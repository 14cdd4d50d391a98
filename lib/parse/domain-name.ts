import { domainToASCII } from 'node:url';
import type { Place } from '../model/problem.js';
import type { Problems } from '../problems.js';

/**
 * A public name as DNS has it: lower case, punycode, no trailing dot, possibly `*.` in front. Undefined when refused.
 */
export function parseDomainName(text: string, place: Place, problems: Problems): string | undefined {
  const bare = bareName(text);
  if (bare !== text) {
    problems.error('domains-not-bare', place, `\`${text}\` is more than a name`, {
      given: text,
      allowed: 'a name without scheme, path and port',
      hint: bare === '' ? 'write the name alone, for example `example.com`' : `did you mean \`${bare}\`?`,
    });
    return undefined;
  }
  const lower = text.toLowerCase();
  const wildcard = lower.startsWith('*.');
  const rest = (wildcard ? lower.slice(2) : lower).replace(/\.$/, '');
  const wrong = whyNot(rest, wildcard);
  const ascii = wrong === undefined ? domainToASCII(rest) : '';
  const why = wrong ?? whyNotAscii(ascii, wildcard);
  if (why === undefined) return wildcard ? `*.${ascii}` : ascii;
  problems.error('domains-name', place, `\`${text}\` is not a public name: ${why}`, {
    given: text,
    allowed: 'labels of letters, digits and `-` with dots between them, `*.` only in front',
    hint: 'write a name such as `www.example.com`',
  });
  return undefined;
}

/** Without scheme, user, path and port. */
function bareName(text: string): string {
  const scheme = text.indexOf('://');
  const rest = scheme === -1 ? text.replace(/^\/\//, '') : text.slice(scheme + 3);
  const authority = /^[^/?#\\]*/.exec(rest)?.[0] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1).replace(/:[0-9]*$/, '');
}

/** Only what DNS names hold goes to `domainToASCII`, which would otherwise decode `%` and read numbers as addresses. */
function whyNot(name: string, wildcard: boolean): string | undefined {
  if (name.includes('*')) return '`*` is only allowed as the whole first label';
  for (const character of name) {
    if (character.charCodeAt(0) < 0x80 && !/[a-z0-9.-]/.test(character)) return `\`${character}\` cannot be in it`;
  }
  if (name === '') return wildcard ? 'there is no name after `*.`' : 'it is empty';
  return undefined;
}

function whyNotAscii(ascii: string, wildcard: boolean): string | undefined {
  if (ascii === '') return 'it cannot be written in punycode';
  const labels = ascii.split('.');
  if (labels.some((label) => label === '')) return 'a label is empty';
  if (labels.length < 2) return wildcard ? 'a whole top-level domain' : 'it has one label only';
  if (/^[0-9]+$/.test(labels.at(-1) as string)) return 'it is an address or ends in a number';
  if (labels.some((label) => label.length > 63)) return 'a label is longer than 63 characters';
  if (ascii.length + (wildcard ? 2 : 0) > 253) return 'it is longer than 253 characters';
  if (labels.some((label) => !/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(label))) return 'a label begins or ends with `-`';
  return undefined;
}
