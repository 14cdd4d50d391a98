import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file unless it already has exactly this text: comparing is far cheaper than rewriting hundreds of files. */
export function writeWhenChanged(path: string, text: string): 'written' | 'unchanged' {
  if (textOf(path) === text) return 'unchanged';
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return 'written';
}

/** Makes a file that is not there yet; never touches one that is. */
export function createFile(path: string, text: string): 'created' | 'kept' {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return 'created';
  } catch (error) {
    if (isCode(error, 'EEXIST')) return 'kept';
    throw error;
  }
}

/** Adds the lines that a file does not have yet, at its end; makes the file when it is missing. */
export function addLines(path: string, lines: readonly string[]): 'created' | 'extended' | 'kept' {
  const before = textOf(path);
  const present = new Set((before ?? '').split('\n').map((line) => line.trim()));
  const missing = lines.filter((line) => !present.has(line));
  if (missing.length === 0) return 'kept';
  const gap = before === undefined || before === '' || before.endsWith('\n') ? '' : '\n';
  writeFileSync(path, `${before ?? ''}${gap}${missing.join('\n')}\n`);
  return before === undefined ? 'created' : 'extended';
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
