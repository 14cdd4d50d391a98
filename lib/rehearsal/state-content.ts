import type { RehearsalState } from './state.js';
import { unreadable } from './state-failures.js';

/** Raised when older files can no longer be read. */
const FORMAT = 1;

interface Content {
  readonly format: typeof FORMAT;
  /** By account and region: what is done in one leaves the others alone. */
  readonly accounts: Readonly<Record<string, RehearsalState>>;
}

/** `others`: those accounts as `formatOthers` gives them. */
export const formatContent = (others: string, name: string, state: RehearsalState): string =>
  `{"format":${FORMAT},"accounts":{${others}${JSON.stringify(name)}:${JSON.stringify(state)}}}\n`;

/** All accounts but one as JSON, each with a comma behind it. */
export const formatOthers = ({ accounts }: Content, name: string): string =>
  Object.entries(accounts)
    .filter(([each]) => each !== name)
    .map(([each, state]) => `${JSON.stringify(each)}:${JSON.stringify(state)},`)
    .join('');

/** When the account was left, without reading all of it; 0 when it is not there. */
export function parseNow(text: string, name: string): number {
  const begin = `${JSON.stringify(name)}:{"now":`;
  const at = text.indexOf(begin);
  return at === -1 ? 0 : Number.parseInt(text.slice(at + begin.length), 10) || 0;
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
