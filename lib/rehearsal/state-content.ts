import type { Given } from '../model/given.js';
import type { RehearsalState } from './state.js';
import { unreadable } from './state-failures.js';

/** Raised when older files can no longer be read. */
const FORMAT = 2;

interface Content {
  readonly format: typeof FORMAT;
  /** By account and region: what is done in one leaves the others alone. */
  readonly accounts: Readonly<Record<string, RehearsalState>>;
}

/** `others`: those accounts as `formatOthers` gives them. Begins with them, then comes this account, its time first. */
export const formatContent = (others: string, name: string, state: RehearsalState): string =>
  `{"format":${FORMAT},"accounts":{${others}${JSON.stringify(name)}:${JSON.stringify(state)}}}\n`;

/** All accounts but one as JSON, each with a comma behind it. */
export const formatOthers = ({ accounts }: Content, name: string): string =>
  Object.entries(accounts)
    .filter(([each]) => each !== name)
    .map(([each, state]) => `${JSON.stringify(each)}:${JSON.stringify(state)},`)
    .join('');

/** Where a text has the time of an account. */
export interface TimePlace {
  /** In bytes from the beginning. */
  readonly at: number;
  readonly digits: string;
}

/** None: the account is not there. */
export function findTime(text: string, name: string): Given<TimePlace> {
  const begin = `${JSON.stringify(name)}:{"now":`;
  const start = text.indexOf(begin);
  if (start === -1) return { kind: 'none' };
  const from = start + begin.length;
  const digits = text.slice(from, text.indexOf(',', from));
  return { kind: 'given', value: { at: Buffer.byteLength(text.slice(0, from)), digits } };
}

export function parseContent(text: string, path: string): Content {
  const content = readJson(text, path);
  if (content?.format === FORMAT) return content;
  throw unreadable(path, 'it was written by another version of empire');
}

function readJson(text: string, path: string): Content | null {
  try {
    return JSON.parse(text) as Content | null;
  } catch (error) {
    throw unreadable(path, (error as Error).message);
  }
}
