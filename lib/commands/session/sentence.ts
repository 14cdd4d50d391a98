import type { OutsideFlags } from './flags.js';
import type { LocalApp } from './local.js';
import { isRehearsed } from './windows.js';

/** A command line to type next: `empire rollback v1 -a acme-inc -e production`. */
export function sentence(
  words: string,
  { name, environment }: Pick<LocalApp, 'name' | 'environment'>,
  flags: OutsideFlags,
): string {
  const where = environment === 'default' ? '' : ` -e ${environment}`;
  const rehearsed = flags.rehearse && !isRehearsed({ ...flags, rehearse: false }) ? ' --rehearse' : '';
  return `empire ${words} -a ${name}${where}${rehearsed}`;
}
