import { Failure } from '../../failure.js';

/** The value of a flag that counts something. */
export function wholeNumber(flag: string, text: string, least: number): number {
  const value = Number(text);
  if (/^[0-9]{1,6}$/.test(text) && value >= least) return value;
  throw new Failure(
    flag,
    `\`${text}\` is not a whole number of at least ${least}`,
    `write for example \`${flag} 20\``,
    'usage-number',
  );
}
