import { hash } from 'node:crypto';
import type { Given } from '../model/given.js';

export const sha256 = (content: string | Uint8Array): string => hash('sha256', content);

/** A text behind its own hash and the hash of the code that wrote it. */
export function seal(compiler: string, text: string): string {
  const body = `${compiler}\n${text}`;
  return `${sha256(body)}\n${body}`;
}

/** The text; none when it is not exactly what this code sealed: then it is as if there had been none. */
export function openSealed(compiler: string, bytes: Uint8Array): Given<string> {
  const end = bytes.indexOf(10);
  const body = bytes.subarray(end + 1);
  if (end === -1 || sha256(body) !== textOf(bytes.subarray(0, end))) return { kind: 'none' };
  const text = textOf(body);
  return text.startsWith(`${compiler}\n`) ? { kind: 'given', value: text.slice(compiler.length + 1) } : { kind: 'none' };
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
