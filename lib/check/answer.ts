import type { CheckResult } from '../model/check.js';

export const ok = (name: string, subject: string, text: string): CheckResult => ({
  name,
  answer: 'OK',
  subject,
  text,
  hint: '',
  code: '',
});

/** It does not apply, or could not be asked; `text` says why. */
export const skip = (name: string, subject: string, text: string): CheckResult => ({
  name,
  answer: 'SKIP',
  subject,
  text,
  hint: '',
  code: '',
});

/** `code` is the failure's when a release stops for it. */
export const no = (name: string, subject: string, found: { text: string; hint: string; code: string }): CheckResult => ({
  name,
  answer: 'NO',
  subject,
  ...found,
});
