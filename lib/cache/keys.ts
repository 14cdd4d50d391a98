import type { AppDirectory } from '../model/folder.js';
import type { LedgerEntry } from '../model/ledger.js';
import { sha256 } from './sealed.js';

/** The hash of one app's files with everything else that parsing looks at, which `surroundings` is the hash of. Each part says its length. */
export function parseKey(surroundings: string, { name, path, entries }: AppDirectory): string {
  const contents: Uint8Array[] = [];
  const parts = [surroundings, name, path];
  for (const { name, path, content } of entries) {
    parts.push(name, path, content.kind);
    if (content.kind === 'bytes') contents.push(content.bytes);
    parts.push(content.kind === 'bytes' ? `${content.bytes.length}` : JSON.stringify(content));
  }
  const head = parts.map((part) => `${part.length}:${part}`).join('');
  return sha256(Buffer.concat([Buffer.from(`${head.length}:${head}`), ...contents]));
}

/** What a compilation looks at beside that: the numbers of the app's own listener rules. */
export const compileKey = (parsed: string, own: readonly LedgerEntry[]): string =>
  own.length === 0 ? parsed : sha256(`${parsed} ${JSON.stringify(own)}`);
