/** What a value may be: in words, and as a question. */
export interface Limits {
  readonly limits: string;
  readonly accepts: (text: string) => boolean;
}

/** One of a few words. */
export const oneOf = (...words: readonly string[]): Limits => ({
  limits: words.join(', '),
  accepts: (text) => words.includes(text),
});

/** A text of a certain form. */
export const matching = (limits: string, pattern: RegExp): Limits => ({ limits, accepts: (text) => pattern.test(text) });

/** A whole number within bounds. */
export const between = (low: number, high: number): Limits => ({
  limits: `${low} to ${high}`,
  accepts: (text) => /^[0-9]{1,9}$/.test(text) && Number(text) >= low && Number(text) <= high,
});
