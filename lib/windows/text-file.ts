import { readFileSync } from 'node:fs';
import { Failure } from '../failure.js';

/** A text file that a person names on the command line. */
export function readTextFile(path: string): string {
  return textFromBytes(path, readBytes(path));
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const missing = error.code === 'ENOENT';
    const what = missing ? 'there is no such file' : `cannot be read: ${error.code}`;
    throw new Failure(path, what, 'name a file that you may read', missing ? 'file-missing' : 'file-not-read');
  }
}

/** UTF-8 → text; anything else is refused. `where` is the file, or where else the bytes came from. */
export function textFromBytes(where: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Failure(where, 'this is not UTF-8 text', 'save it as UTF-8', 'file-not-utf8');
  }
}
