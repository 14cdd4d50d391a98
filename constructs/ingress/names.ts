import { createHash } from 'node:crypto';

/** Most characters AWS takes in one regular expression or host value of a condition. */
export const LONGEST_VALUE = 128;

/** Most values AWS compares in one condition. */
export const VALUES_PER_CONDITION = 3;

/** The first eight hexadecimal digits of the text's SHA-256: a short id that depends on nothing else. */
export const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** A whole number in [0, size) that the text alone decides. */
export const hashWithin = (text: string, size: number): number =>
  createHash('sha256').update(text).digest().readUIntBE(0, 6) % size;

/** A process name as a DNS label. */
export const dnsLabel = (process: string): string => process.replaceAll('_', '-');

/** `worker.acme-inc.empire` */
export const privateName = (process: string, app: string, zone: string): string => `${dnsLabel(process)}.${app}.${zone}`;

/** The names inside the VPC that a process answers to; `web` also answers for the app itself. */
export const privateNames = (process: string, app: string, zone: string): string[] => {
  const own = privateName(process, app, zone);
  return process === 'web' ? [app, `${app}.${zone}`, own] : [own];
};

/** A host name as part of a regular expression; `*.` matches exactly one label. */
const pattern = (name: string): string => {
  const escaped = name.replaceAll('.', '\\.');
  return escaped.startsWith('*\\.') ? `[^.:]+${escaped.slice(1)}` : escaped;
};

const whole = (patterns: readonly string[]): string => `^(${patterns.join('|')})(:[0-9]+)?$`;

/**
 * Regular expressions that together match the host names, with or without a port. Regular expressions, since plain host values must
 * contain a dot and do not match a port. Each is filled up to what AWS takes; a name that alone is longer stays alone.
 */
export function hostPatterns(names: readonly string[]): string[] {
  const chunks: string[][] = [];
  for (const name of names) {
    const last = chunks.at(-1);
    const next = pattern(name);
    if (last !== undefined && whole([...last, next]).length <= LONGEST_VALUE) last.push(next);
    else chunks.push([next]);
  }
  return chunks.map(whole);
}

/** The names cut into groups that each fit into one condition. */
export function conditionGroups(names: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const name of names) {
    const last = groups.at(-1);
    if (last !== undefined && hostPatterns([...last, name]).length <= VALUES_PER_CONDITION) last.push(name);
    else groups.push([name]);
  }
  return groups;
}
